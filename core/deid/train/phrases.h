// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/train/lists.h"
#include "core/deid/train/sample.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace amana::deid::train {

/// Patterns of text, a folder a language (phrases/<language>/): sentences.txt and lines.txt with identifiers,
/// negatives.txt without, one a line; notes.txt, whole documents with a line `---` between them. `[a|b]` chooses,
/// `{FULL}` and the like are filled and marked, `{DX}` and other keys of words.txt are filled and not marked.
class Phrases {
public:
    enum class Kind { Sentence, Line, Negative, Note };

    Phrases(const QString &folder, const Lists &lists, const Vocabulary &vocabulary);

    /// Appends one pattern of the language, filled and marked in the sample's own language.
    void append(Sample &sample, const std::string &lang, Kind kind, Random &random) const;
    /// Appends one filled value: "NAME", "DATE", …
    void fill(Sample &sample, const std::string &slot, Random &random) const;

private:
    /// Ends the program, with a message, for a slot that nothing fills.
    void check(const std::string &lang, std::u32string_view pattern) const;

    struct Patterns {
        Words sentences, lines, negatives, notes;
    };

    void expand(Sample &sample, std::u32string_view pattern, Random &random) const;
    [[nodiscard]] bool fillIdentifier(Sample &sample, const std::string &slot, Random &random) const;
    [[nodiscard]] std::u32string name(const std::string &lang, const std::string &slot, Random &random) const;
    [[nodiscard]] std::u32string email(Random &random) const;
    [[nodiscard]] std::u32string url(Random &random) const;

    const Lists &m_lists;
    const Vocabulary &m_vocabulary;
    std::map<std::string, Patterns> m_patterns;
};

} // namespace amana::deid::train
