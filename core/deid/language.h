// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

/// A stretch of text in one language.
struct Passage {
    records::Span span;   ///< code points
    std::string language; ///< ISO 639-1, "zh-Hant" for traditional Chinese; empty: not told
};

/// The passages of a text, in order, without gaps: what is too short or unlike any language has none told.
/// By CLD2, from words and script alone; the same text gives the same answer everywhere.
[[nodiscard]] std::vector<Passage> passagesOf(std::u32string_view text);

/// The language of the passage that has the code point in it; where none is told, that of the largest one.
[[nodiscard]] std::string languageAt(const std::vector<Passage> &passages, std::size_t at);

/// The language that most of the text is in; empty when none is told.
[[nodiscard]] std::string mainLanguage(const std::vector<std::u32string_view> &texts);

} // namespace amana::deid
