// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace amana::deid::model {

/// A word, a number, one sign, or one syllable or character of a script that writes no blanks.
struct Token {
    std::uint32_t begin = 0; ///< code points
    std::uint32_t end = 0;
    std::uint8_t gap =
        0; ///< what stands before it: 0 nothing, 1 blank, 2 several blanks or tab, 3 new line, 4 empty line
};

[[nodiscard]] std::vector<Token> tokenize(std::u32string_view text);

inline constexpr int kBagSize = 7; ///< hashed forms of a token
inline constexpr int kCharCount = 16;
inline constexpr int kCharVocabulary = 256;
inline constexpr int kShapeVocabulary = 64;

/// What the net sees of one token. Fixed by the model format: a change needs a new architecture name.
struct Features {
    std::array<std::int32_t, kBagSize> bag{};     ///< 1…buckets-1: word, shape, affixes; 0: none
    std::array<std::uint8_t, kCharCount> chars{}; ///< 0: none; long tokens keep head and tail
    std::uint8_t shape = 0;                       ///< gap, casing and kind of token
};

[[nodiscard]] Features featuresOf(std::u32string_view text, const Token &token, std::int32_t buckets);

} // namespace amana::deid::model
