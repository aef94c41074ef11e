// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/dataset_registry.h"

#include <string>
#include <string_view>

namespace amana::chain {

inline constexpr std::string_view kCreditSymbol = "AMC";
/// Of the credit (ConsortiumCredit, ERC-20) and of native currency: one is 10^18 of the smallest unit.
inline constexpr unsigned kMoneyDecimals = 18;

/// An amount of money on a network.
struct Amount {
    Currency currency = Currency::Credit;
    Uint256 value; ///< in the smallest unit

    bool operator==(const Amount &) const = default;
};

/// Three to eight capital letters or digits, a letter first; not that of the credit.
[[nodiscard]] bool isCurrencySymbol(std::string_view text);

/// "5 AMC", "0.01 ETH", "5AMC": digits without a sign, an exponent, separators or needless zeros in front, at most 18 of them
/// after a point, and the symbol of the credit or of the network's native currency. Below 2^96, as prices are.
/// MoneyBadAmount{amount, reason: malformed | digits | tooLarge | currency}.
[[nodiscard]] Result<Amount> amountFromText(std::string_view text, std::string_view nativeSymbol);

/// "5", "0.01": all digits that count, and no others.
[[nodiscard]] std::string decimalText(const Uint256 &value);
/// "5 AMC".
[[nodiscard]] std::string amountText(const Amount &amount, std::string_view nativeSymbol);
[[nodiscard]] std::string symbolOf(Currency currency, std::string_view nativeSymbol);

} // namespace amana::chain
