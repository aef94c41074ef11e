// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace amana::deid::train {

using Words = std::vector<std::u32string>;

/// The word lists that phrases draw from (phrases/<language>/words.txt): lines `KEY: word | word`. Some keys make
/// identifiers (LAST FIRST GIVEN_HEAD GIVEN_TAIL TOWN ROAD HOSPITAL_KIND ORG_KIND JOB), all others stand for
/// themselves where a phrase names them.
class Vocabulary {
public:
    explicit Vocabulary(const QString &phraseFolder);

    /// None: the language has no such key.
    [[nodiscard]] const Words *find(const std::string &lang, const std::string &key) const;

private:
    std::map<std::string, std::map<std::string, Words>> m_words;
};

enum class EmptyLines { Drop, Keep };
/// The lines of a text file; ends the program when it cannot be read.
[[nodiscard]] Words linesOf(const QString &path, EmptyLines empty);

} // namespace amana::deid::train
