// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

/// A text without case and accents, and where each of its signs came from.
struct Folded {
    std::u32string text;
    std::vector<std::size_t> origin; ///< index in the original of each sign, and its length at the end
};
[[nodiscard]] Folded fold(std::u32string_view text);
[[nodiscard]] std::u32string folded(std::u32string_view text);

/// Runs of letters (marks included), of any script.
[[nodiscard]] std::vector<records::Span> wordsOf(std::u32string_view text);

/// A script whose words are not parted by blanks, or whose particles stick to names: Han, Kana, Hangul, Thai.
[[nodiscard]] bool isDense(char32_t c);

} // namespace amana::deid
