// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/train/lists.h"
#include "core/deid/train/sample.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace amana::deid::train {

/// Sentence patterns (phrases/*.txt): `[a|b]` chooses, `{FULL}` and the like are filled from the lists and
/// marked.
class Phrases {
public:
    Phrases(const QString &folder, const Lists &lists);

    /// Appends one pattern of the file ("en.sentences", "ko", …) to the sample, filled and marked.
    void append(Sample &sample, const std::string &file, Random &random) const;
    /// Appends one filled value: "NAME", "DATE", …
    void fill(Sample &sample, const std::string &slot, Random &random) const;
    /// A date as people write it in this language.
    [[nodiscard]] std::u32string date(const std::string &lang, Random &random) const;
    [[nodiscard]] std::u32string phone(const std::string &lang, Random &random) const;
    [[nodiscard]] const std::vector<std::string> &languages() const { return m_languages; }

private:
    void expand(Sample &sample, std::u32string_view pattern, Random &random) const;
    void name(Sample &sample, const std::string &slot, Random &random) const;

    const Lists &m_lists;
    std::map<std::string, Words> m_patterns;
    std::vector<std::string> m_languages{"ko", "ja", "zh", "de", "it", "pt", "fr", "es", "ru", "ar", "hi"};
};

/// `#` digit, `@` capital letter, `&` digit or letter.
[[nodiscard]] std::u32string fromMask(std::u32string_view mask, Random &random);

} // namespace amana::deid::train
