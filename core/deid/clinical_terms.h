// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace amana::deid {

/// Words that look like names and are none: eponyms before "disease" or "catheter", drugs, tests; and names
/// that are also plain words. Small on purpose: it only ever stops a guess, never a known value.
class ClinicalTerms {
public:
    [[nodiscard]] static const ClinicalTerms &instance();

    [[nodiscard]] bool isEponym(std::u32string_view word) const { return has(m_eponyms, word); }
    [[nodiscard]] bool isTerm(std::u32string_view word) const { return has(m_terms, word); }
    [[nodiscard]] bool isFollower(std::u32string_view word) const { return has(m_followers, word); }
    [[nodiscard]] bool isCommonWord(std::u32string_view word) const { return has(m_common, word); }

private:
    using Set = std::unordered_set<std::u32string>;
    ClinicalTerms();
    static bool has(const Set &set, std::u32string_view word); ///< folded before the look-up

    Set m_eponyms, m_terms, m_followers, m_common;
};

} // namespace amana::deid
