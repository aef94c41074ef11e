// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

/// A number below `limit`, evenly spread.
using Draw = std::function<std::uint32_t(std::uint32_t limit)>;

/// "latin" "hangul" "han" "kana" "cyrillic" "arabic" "devanagari": the script of most letters.
[[nodiscard]] std::string scriptOf(std::u32string_view text);

/// A word of a list of resources/deid/surrogates.json; lists that a script lacks come from Latin.
[[nodiscard]] std::u32string drawWord(const std::string &script, const std::string &list, const Draw &draw);
/// Places, hospitals, organisations.
[[nodiscard]] std::u32string drawPlace(const std::string &group, const std::string &script, const Draw &draw);

/// Digits become digits, ASCII letters become letters of the same case, other signs stay. Never equal to the
/// original unless it has neither.
[[nodiscard]] std::u32string drawShape(std::u32string_view original, const Draw &draw);

/// Casing of `original` put on `text`: all capitals, all small, or as it is.
[[nodiscard]] std::u32string casedLike(std::u32string text, std::u32string_view original);

[[nodiscard]] std::string drawUuid(const Draw &draw);      ///< RFC 4122 version 4
[[nodiscard]] std::string drawPseudonym(const Draw &draw); ///< "P-" and 10 characters, Crockford base 32

} // namespace amana::deid
