// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/dataset_registry.h"

/// Escrow for what has a price, and the credit of the consortium (contracts/src/interfaces/IMarket.sol, ERC-20). Calls
/// and views as in identity_registry.h.
namespace amana::chain {

enum class PurchaseState : std::uint8_t { None, Paid, Delivered, Disputed, Released, Refunded };
[[nodiscard]] std::string_view purchaseStateName(PurchaseState state); ///< "paid" …

/// The money for one request; it has the request's number.
struct Purchase {
    Address buyer{};
    Uint256 amount;          ///< in the smallest unit
    std::uint64_t terms = 0; ///< under which it was bought
    std::uint64_t since = 0; ///< of the present state, seconds since 1970
    PurchaseState state = PurchaseState::None;
    Currency currency = Currency::Credit;
};

struct Payee {
    Address who{};
    std::uint16_t shareBps = 0; ///< of 10,000
};

struct Terms {
    Address arbiter{};
    std::vector<Payee> payees;
};

class Market {
public:
    explicit Market(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call list(std::uint64_t dataset, const Terms &terms) const;
    /// Credit must have been allowed to the market before (ConsortiumCredit::approve); native currency goes along.
    [[nodiscard]] Call pay(std::uint64_t request, const Uint256 &native = {}) const;
    [[nodiscard]] Call release(std::uint64_t request) const;
    [[nodiscard]] Call refund(std::uint64_t request) const;
    [[nodiscard]] Call dispute(std::uint64_t request, const Digest &reasonDigest) const;
    [[nodiscard]] Call resolve(std::uint64_t request, std::uint16_t buyerBps) const;
    [[nodiscard]] Call settle(std::uint64_t request) const;
    [[nodiscard]] Call withdraw(Currency currency) const;

    [[nodiscard]] Result<Purchase> purchaseOf(std::uint64_t request) const;
    /// The number of the terms under which a dataset is sold; 0 when it is not listed.
    [[nodiscard]] Result<std::uint64_t> listingOf(std::uint64_t dataset) const;
    [[nodiscard]] Result<Terms> termsOf(std::uint64_t terms) const;
    /// What `who` may take out.
    [[nodiscard]] Result<Uint256> owed(Currency currency, const Address &who) const;

private:
    [[nodiscard]] Address tokenOf(Currency currency) const;
    const Chain &m_chain;
};

/// ConsortiumCredit, "AMC": 18 decimals.
class ConsortiumCredit {
public:
    explicit ConsortiumCredit(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call mint(const Address &to, const Uint256 &amount) const;
    [[nodiscard]] Call approve(const Address &spender, const Uint256 &amount) const;
    [[nodiscard]] Result<Uint256> balanceOf(const Address &who) const;
    [[nodiscard]] Result<Uint256> allowance(const Address &owner, const Address &spender) const;

private:
    const Chain &m_chain;
};

} // namespace amana::chain
