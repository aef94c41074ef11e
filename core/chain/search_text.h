// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <string_view>

/// Text as the search tables hold it, and questions in the language of FTS5. Internal to core/chain.
///
/// FTS5's own tokenizers do not fit: `trigram` finds nothing shorter than three characters, and most Korean terms
/// have two; `unicode61` cuts at spaces, so 당뇨 would not be found in 소아당뇨 or 당뇨병을. So words are cut here:
/// scripts that write without spaces (Hangul, Han, kana) into pairs of neighbours, one that starts at each
/// character, and everything else into words. Any part of a Korean word is then a phrase of pairs, one syllable the
/// beginning of one; other words are found by their beginning. Case, width (NFKC) and diacritics do not count.
namespace amana::chain {

/// The words of a text, separated by spaces; only letters and digits are left.
[[nodiscard]] QString searchWords(std::string_view text);

/// What finds all words of `text`, each whole or as a beginning: an FTS5 expression without a column filter. Nothing
/// in the text is taken for syntax. Empty when there is no letter and no digit in it. Words after the 16th are
/// passed over.
[[nodiscard]] std::string searchExpression(std::string_view text);

} // namespace amana::chain
