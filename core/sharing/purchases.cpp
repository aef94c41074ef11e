// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/purchases.h"

#include "core/chain/contracts.h"
#include "core/crypto/hash.h"
#include "core/sharing/own_keys.h"

namespace amana::sharing {

namespace {

std::string keyOf(const char *what, std::uint64_t request)
{
    return std::string(what) + "/" + std::to_string(request);
}

bool isHeld(chain::PurchaseState state)
{
    return state == chain::PurchaseState::Paid || state == chain::PurchaseState::Delivered
        || state == chain::PurchaseState::Disputed;
}

} // namespace

std::optional<std::uint64_t> deadlineOf(const chain::Purchase &purchase)
{
    switch (purchase.state) {
    case chain::PurchaseState::Paid:
        return purchase.since + kDeliveryTerm;
    case chain::PurchaseState::Delivered:
        return purchase.since + kDisputeTerm;
    case chain::PurchaseState::Disputed:
        return purchase.since + kArbiterTerm;
    default:
        return std::nullopt;
    }
}

Result<chain::Receipt> Purchases::send(chain::Call call, std::string dedupeKey)
{
    call.dedupeKey = std::move(dedupeKey);
    return m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call);
}

/// The market takes credit by transferFrom. Allowed is exactly the price, and only when nothing else speaks against paying.
Status Purchases::allowCredit(const chain::Call &payment, const chain::Uint256 &price)
{
    const auto answer = m_actor.chain.view(payment, m_actor.address());
    if (answer)
        return {};
    if (answer.error().code != ErrorCode::ContractNotEnoughCredit)
        return fail(answer.error());
    const chain::ConsortiumCredit credit(m_actor.chain);
    AMANA_TRY(const chain::Uint256 balance, credit.balanceOf(m_actor.address()));
    if (balance < price)
        return fail(answer.error());
    return send(credit.approve(m_actor.chain.contracts().market, price), {}).transform([](const chain::Receipt &) {});
}

Result<chain::Receipt> Purchases::pay(std::uint64_t id)
{
    const std::string key = keyOf("pay", id);
    AMANA_TRY(const auto earlier, m_actor.outbox.receiptOf(m_actor.chain, key));
    if (earlier)
        return *earlier;
    AMANA_TRY(const chain::AccessRequest request, chain::AccessGrants(m_actor.chain).requestOf(id));
    AMANA_TRY(const chain::DatasetEntry dataset, chain::DatasetRegistry(m_actor.chain).entry(request.dataset));
    const bool credit = dataset.currency == chain::Currency::Credit;
    const chain::Call call = chain::Market(m_actor.chain).pay(id, credit ? chain::Uint256() : dataset.price);
    if (credit)
        AMANA_CHECK(allowCredit(call, dataset.price));
    return send(call, key);
}

Result<chain::Receipt> Purchases::release(std::uint64_t request)
{
    return send(chain::Market(m_actor.chain).release(request), keyOf("release", request));
}

Result<chain::Receipt> Purchases::refund(std::uint64_t request)
{
    return send(chain::Market(m_actor.chain).refund(request), keyOf("refund", request));
}

Result<chain::Receipt> Purchases::dispute(std::uint64_t id, const std::string &reason)
{
    const chain::Market market(m_actor.chain);
    AMANA_CHECK(m_actor.chain.view(market.dispute(id, Digest{}), m_actor.address()));
    AMANA_TRY(const chain::Purchase purchase, market.purchaseOf(id));
    AMANA_TRY(const chain::Terms terms, market.termsOf(purchase.terms));
    AMANA_TRY(const chain::AccessRequest request, chain::AccessGrants(m_actor.chain).requestOf(id));
    AMANA_TRY(const chain::DatasetEntry dataset, chain::DatasetRegistry(m_actor.chain).entry(request.dataset));
    std::vector<crypto::AgeRecipient> readers{
        ownRecipient(m_actor)};
    for (const Address &who : {terms.arbiter, dataset.owner}) {
        AMANA_TRY(const crypto::AgeRecipient reader, newestRecipient(m_actor.chain, who));
        readers.push_back(reader);
    }
    AMANA_TRY(const QByteArray sealed, crypto::ageSeal(bytesOf(reason), readers));
    chain::Call call = market.dispute(id, crypto::sha256(bytesOf(sealed)));
    call.dedupeKey = keyOf("dispute", id);
    return sendWithObject(m_actor, call, sealed);
}

Result<chain::Receipt> Purchases::decide(std::uint64_t request, std::uint16_t buyerBps)
{
    return send(chain::Market(m_actor.chain).resolve(request, buyerBps), keyOf("resolve", request));
}

Result<chain::Receipt> Purchases::settle(std::uint64_t request)
{
    return send(chain::Market(m_actor.chain).settle(request), keyOf("settle", request));
}

Result<std::vector<Collected>> Purchases::collect()
{
    const chain::Market market(m_actor.chain);
    std::vector<Collected> all;
    for (const chain::Currency currency : {chain::Currency::Credit, chain::Currency::Native}) {
        AMANA_TRY(const chain::Uint256 owed, market.owed(currency, m_actor.address()));
        if (owed.isZero())
            continue;
        AMANA_TRY(chain::Receipt receipt, send(market.withdraw(currency), {}));
        all.push_back({{currency, owed}, std::move(receipt)});
    }
    if (all.empty())
        return fail(ErrorCode::ContractNothingOwed, {{"who", crypto::checksumAddress(m_actor.address())}});
    return all;
}

Result<chain::Receipt> Purchases::mint(const Address &to, const chain::Uint256 &amount)
{
    return send(chain::ConsortiumCredit(m_actor.chain).mint(to, amount), {});
}

Result<Holdings> Purchases::holdings(chain::Currency currency) const
{
    const Address &who = m_actor.address();
    Holdings holdings;
    AMANA_TRY(holdings.held, currency == chain::Currency::Credit
                                 ? chain::ConsortiumCredit(m_actor.chain).balanceOf(who)
                                 : m_actor.chain.balance(who));
    AMANA_TRY(holdings.owed, chain::Market(m_actor.chain).owed(currency, who));
    AMANA_CHECK(m_actor.index.sync(m_actor.chain));
    AMANA_TRY(const auto purchases, m_actor.index.purchases());
    for (const chain::IndexedPurchase &row : purchases)
        if (row.purchase.buyer == who && row.purchase.currency == currency && isHeld(row.purchase.state))
            holdings.locked = holdings.locked.plus(row.purchase.amount);
    return holdings;
}

} // namespace amana::sharing
