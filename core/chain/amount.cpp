// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/amount.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr unsigned kPriceBits = 96; // uint96 in the contracts

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(' ');
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Takes the leading digits off `rest`.
std::string_view takeDigits(std::string_view &rest)
{
    const auto end = std::find_if_not(rest.begin(), rest.end(), isDigit);
    const std::string_view digits = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(digits.size());
    return digits;
}

} // namespace

bool isCurrencySymbol(std::string_view text)
{
    return text.size() >= 3 && text.size() <= 8 && isCapital(text.front()) && text != kCreditSymbol
        && std::all_of(text.begin(), text.end(), [](char c) { return isCapital(c) || isDigit(c); });
}

Result<Amount> amountFromText(std::string_view text, std::string_view nativeSymbol)
{
    const auto bad = [&](const char *reason) {
        return fail(ErrorCode::MoneyBadAmount, {{"amount", std::string(text)},
                                                {"reason", reason},
                                                {"digits", std::to_string(kMoneyDecimals)},
                                                {"native", std::string(nativeSymbol)}});
    };
    std::string_view rest = trimmed(text);
    const std::string_view whole = takeDigits(rest);
    std::string_view fraction;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        fraction = takeDigits(rest);
        if (fraction.empty())
            return bad("malformed");
    }
    if (whole.empty() || (whole.size() > 1 && whole.front() == '0'))
        return bad("malformed");
    const std::string_view symbol = trimmed(rest);
    const bool credit = symbol == kCreditSymbol;
    if (!credit && symbol != nativeSymbol)
        return bad(isCurrencySymbol(symbol) || symbol.empty() ? "currency" : "malformed");
    if (fraction.size() > kMoneyDecimals)
        return bad("digits");
    const auto value = Uint256::fromDecimal(std::string(whole) + std::string(fraction)
                                            + std::string(kMoneyDecimals - fraction.size(), '0'));
    if (!value || value->bitLength() > kPriceBits)
        return bad("tooLarge");
    return Amount{credit ? Currency::Credit : Currency::Native, *value};
}

std::string decimalText(const Uint256 &value)
{
    std::string digits = value.toDecimal();
    if (digits.size() <= kMoneyDecimals)
        digits.insert(0, kMoneyDecimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - kMoneyDecimals, 1, '.');
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.'))
        digits.pop_back();
    return digits;
}

std::string symbolOf(Currency currency, std::string_view nativeSymbol)
{
    return std::string(currency == Currency::Credit ? kCreditSymbol : nativeSymbol);
}

std::string amountText(const Amount &amount, std::string_view nativeSymbol)
{
    return decimalText(amount.value) + " " + symbolOf(amount.currency, nativeSymbol);
}

} // namespace amana::chain
