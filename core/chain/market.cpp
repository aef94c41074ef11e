// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/market.h"

#include "core/chain/contract_call.h"

#include <algorithm>
#include <array>

namespace amana::chain {

namespace bound = binding::market;

namespace {

constexpr std::array<std::string_view, 6> kStateNames{"none",     "paid",     "delivered",
                                                      "disputed", "released", "refunded"};

Result<Uint256> amount(const Chain &chain, const binding::Function &function, const Address &to,
                       const AbiList &arguments)
{
    AMANA_TRY(const AbiList reply, contractView(chain, function, to, arguments));
    return std::get<Uint256>(reply[0]);
}

} // namespace

std::string_view purchaseStateName(PurchaseState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

Address Market::tokenOf(Currency currency) const
{
    return currency == Currency::Credit ? m_chain.contracts().credit : Address{};
}

Call Market::list(std::uint64_t dataset, const Terms &terms) const
{
    AbiList payees;
    AbiList shares;
    for (const Payee &payee : terms.payees) {
        payees.emplace_back(payee.who);
        shares.emplace_back(std::uint64_t(payee.shareBps));
    }
    return contractCall(bound::kList, m_chain.contracts().market,
                        {dataset, terms.arbiter, AbiValue(payees), AbiValue(shares)});
}

Call Market::pay(std::uint64_t request, const Uint256 &native) const
{
    Call call = contractCall(bound::kPay, m_chain.contracts().market, {request});
    call.value = native;
    return call;
}

Call Market::release(std::uint64_t request) const
{
    return contractCall(bound::kRelease, m_chain.contracts().market, {request});
}

Call Market::refund(std::uint64_t request) const
{
    return contractCall(bound::kRefund, m_chain.contracts().market, {request});
}

Call Market::dispute(std::uint64_t request, const Digest &reasonDigest) const
{
    return contractCall(bound::kDispute, m_chain.contracts().market, {request, reasonDigest});
}

Call Market::resolve(std::uint64_t request, std::uint16_t buyerBps) const
{
    return contractCall(bound::kResolve, m_chain.contracts().market, {request, std::uint64_t(buyerBps)});
}

Call Market::settle(std::uint64_t request) const
{
    return contractCall(bound::kSettle, m_chain.contracts().market, {request});
}

Call Market::withdraw(Currency currency) const
{
    return contractCall(bound::kWithdraw, m_chain.contracts().market, {tokenOf(currency)});
}

Result<Purchase> Market::purchaseOf(std::uint64_t request) const
{
    AMANA_TRY(const AbiList reply,
              contractView(m_chain, bound::kPurchaseOf, m_chain.contracts().market, {request}));
    const auto &f = std::get<AbiList>(reply[0]);
    const std::uint64_t state = abiNumber(f[4]);
    if (state >= kStateNames.size())
        return fail(ErrorCode::ChainAbiMalformed, {{"what", "state"}});
    return Purchase{std::get<Address>(f[0]),          std::get<Uint256>(f[1]), abiNumber(f[2]), abiNumber(f[3]),
                    static_cast<PurchaseState>(state), static_cast<Currency>(abiNumber(f[5]))};
}

Result<std::uint64_t> Market::listingOf(std::uint64_t dataset) const
{
    AMANA_TRY(const AbiList reply,
              contractView(m_chain, bound::kListingOf, m_chain.contracts().market, {dataset}));
    return abiNumber(reply[0]);
}

Result<Terms> Market::termsOf(std::uint64_t number) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kTermsOf, m_chain.contracts().market, {number}));
    const auto &f = std::get<AbiList>(reply[0]);
    const auto &who = std::get<AbiList>(f[1]);
    const auto &shares = std::get<AbiList>(f[2]);
    if (who.size() != shares.size())
        return fail(ErrorCode::ChainAbiMalformed, {{"what", "terms"}});
    Terms terms{std::get<Address>(f[0]), {}};
    for (std::size_t i = 0; i < who.size(); ++i)
        terms.payees.push_back({std::get<Address>(who[i]), abiSmall<std::uint16_t>(shares[i])});
    return terms;
}

Result<Uint256> Market::owed(Currency currency, const Address &who) const
{
    return amount(m_chain, bound::kOwed, m_chain.contracts().market, {tokenOf(currency), who});
}

Call ConsortiumCredit::mint(const Address &to, const Uint256 &value) const
{
    return contractCall(binding::credit::kMint, m_chain.contracts().credit, {to, value});
}

Call ConsortiumCredit::approve(const Address &spender, const Uint256 &value) const
{
    return contractCall(binding::credit::kApprove, m_chain.contracts().credit, {spender, value});
}

Result<Uint256> ConsortiumCredit::balanceOf(const Address &who) const
{
    return amount(m_chain, binding::credit::kBalanceOf, m_chain.contracts().credit, {who});
}

Result<Uint256> ConsortiumCredit::allowance(const Address &owner, const Address &spender) const
{
    return amount(m_chain, binding::credit::kAllowance, m_chain.contracts().credit, {owner, spender});
}

} // namespace amana::chain
