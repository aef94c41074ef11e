// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/detector.h"
#include "core/records/document.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

/// From this score on a find counts: everyday words that are also the patient's name are left to the review.
inline constexpr double kKnownCounts = 0.75;

/// What a record itself says of its patient, searched in all its text: names in any order, case and accent,
/// with initials and commas between; numbers with or without separators; e-mail addresses and addresses as
/// written.
class KnownValues {
public:
    explicit KnownValues(const records::Subject &subject);

    /// Ids "known.name" "known.identifier" "known.contact" "known.birthDate". Score 1 but for a short or
    /// everyday word standing alone.
    [[nodiscard]] Detections find(std::u32string_view text) const;

    /// Words of the names, folded: what a surrogate must not contain.
    [[nodiscard]] const std::set<std::u32string> &nameWords() const { return m_words; }
    [[nodiscard]] bool empty() const
    {
        return m_words.empty() && m_dense.empty() && m_numbers.empty() && m_phrases.empty()
               && m_birth.empty();
    }

private:
    struct Value {
        std::u32string text; ///< folded; numbers: letters and digits only
        const char *type;
        const char *by;
    };
    void addName(const std::string &name);
    void addValue(const std::string &value, const char *by);
    void findNames(std::u32string_view text, const struct Folded &plain, Detections &out) const;
    void findDense(const struct Folded &plain, Detections &out) const;
    void findNumbers(const struct Folded &plain, Detections &out) const;
    void findPhrases(const struct Folded &plain, Detections &out) const;

    std::set<std::u32string> m_words;
    std::vector<std::u32string> m_dense; ///< names in scripts without blanks, longest first
    std::vector<Value> m_numbers;
    std::vector<Value> m_phrases;
    std::string m_birth;
};

} // namespace amana::deid
