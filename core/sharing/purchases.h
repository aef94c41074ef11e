// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/amount.h"
#include "core/chain/event_index.h"
#include "core/sharing/actor.h"

#include <optional>
#include <string>
#include <vector>

/// The price of a request: paid, held, released or given back (contracts/src/interfaces/IMarket.sol). The contract holds
/// the money; whoever is owed takes it out.
namespace amana::sharing {

// Terms of the contract, in seconds (contracts/src/market/Escrow.sol).
inline constexpr std::uint64_t kDeliveryTerm = 7 * 86'400; ///< paid and not delivered: then it can be taken back
inline constexpr std::uint64_t kDisputeTerm = 3 * 86'400;  ///< delivered and not disputed: then the seller can be paid
inline constexpr std::uint64_t kArbiterTerm = 30 * 86'400; ///< disputed and not decided: then it goes back

/// When the present state can be ended without the one who has to act: the terms above. Nothing for a state that ends there.
[[nodiscard]] std::optional<std::uint64_t> deadlineOf(const chain::Purchase &purchase);

/// What an account has in one currency.
struct Holdings {
    chain::Uint256 held;   ///< in the account itself
    chain::Uint256 owed;   ///< may be collected from the market
    chain::Uint256 locked; ///< paid by this account and still held for it or for sellers
};

struct Collected {
    chain::Amount amount;
    chain::Receipt receipt;
};

/// Every call waits until its transaction is final and is done once, however often it is repeated. contract.* for what the
/// contract refuses.
class Purchases {
public:
    explicit Purchases(Actor &actor) : m_actor(actor) {}

    /// Pays the price of this account's own request, exactly. ContractNotForSale, ContractNotRequested, ContractNotEnoughCredit,
    /// ChainUnderfunded …
    [[nodiscard]] Result<chain::Receipt> pay(std::uint64_t request);
    /// Pays the payees: by the buyer at once after delivery, by anybody kDisputeTerm later. ContractTooEarly.
    [[nodiscard]] Result<chain::Receipt> release(std::uint64_t request);
    /// Gives it back: kDeliveryTerm after payment, or at once when the request ended otherwise. ContractTooEarly.
    [[nodiscard]] Result<chain::Receipt> refund(std::uint64_t request);
    /// By the buyer within kDisputeTerm; the reason is sealed to arbiter, seller and buyer.
    [[nodiscard]] Result<chain::Receipt> dispute(std::uint64_t request, const std::string &reason);
    /// By the arbiter: `buyerBps` of 10,000 go back, the rest to the payees.
    [[nodiscard]] Result<chain::Receipt> decide(std::uint64_t request, std::uint16_t buyerBps);
    /// Gives it back kArbiterTerm after a dispute that nobody decided.
    [[nodiscard]] Result<chain::Receipt> settle(std::uint64_t request);

    /// Takes out all that this account is owed. ContractNothingOwed when that is nothing in either currency.
    [[nodiscard]] Result<std::vector<Collected>> collect();
    /// Gives out credit: ContractNotMinter.
    [[nodiscard]] Result<chain::Receipt> mint(const Address &to, const chain::Uint256 &amount);

    [[nodiscard]] Result<Holdings> holdings(chain::Currency currency) const;

private:
    [[nodiscard]] Result<chain::Receipt> send(chain::Call call, std::string dedupeKey);
    [[nodiscard]] Status allowCredit(const chain::Call &payment, const chain::Uint256 &price);
    Actor &m_actor;
};

} // namespace amana::sharing
