// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/amount.h"
#include "core/chain/market.h"
#include "core/sharing/actor.h"

namespace amana::sharing {

/// What a dataset costs, who is paid and who decides when buyer and seller disagree.
struct Sale {
    chain::Amount price{};              ///< for one request; zero: free
    Address arbiter{};
    std::vector<chain::Payee> payees{}; ///< of 10,000 together; none: all to the publisher

    [[nodiscard]] bool isFree() const { return price.value.isZero(); }
};

/// What Market.list would refuse, asked before anything is registered, and that a reason could be sealed for the arbiter:
/// MoneyNoArbiter, ContractBadShares. Free is always good.
[[nodiscard]] Status checkSale(const Actor &seller, const Sale &sale);

/// The terms that are listed.
[[nodiscard]] chain::Terms termsOf(const Sale &sale, const Address &seller);

/// 12.5 % → 1,250. "12.5" or "12.5%": at most two decimals, above 0, at most 100; MoneyBadShare{share}.
[[nodiscard]] Result<std::uint16_t> shareFromText(std::string_view percent);

} // namespace amana::sharing
