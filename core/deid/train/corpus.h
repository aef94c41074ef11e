// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/train/lists.h"
#include "core/deid/train/phrases.h"
#include "core/deid/train/sample.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace amana::deid::train {

/// Labelled JSON lines (see the data folder's README): adjacent EDS names merged, optional marks kept as
/// Optional.
[[nodiscard]] std::vector<Sample> readLabelled(const QString &path);

/// Makes training text, different every time: labelled texts with new surrogates, carriers with phrases and
/// names put in, phrases alone; each with noise.
class Corpus {
public:
    /// `proseFolder`: <language>.txt, one paragraph without identifiers a line (prose.py); may be empty.
    Corpus(const QString &dataFolder, const QString &proseFolder, const Lists &lists, const Phrases &phrases);

    [[nodiscard]] Sample draw(Random &random) const;

private:
    [[nodiscard]] Sample fromLabelled(const Sample &sample, Random &random) const;
    [[nodiscard]] Sample fromCarrier(Random &random) const;
    [[nodiscard]] Sample fromShort(const std::string &set, Random &random) const;
    [[nodiscard]] Sample fromPhrases(const std::string &lang, Random &random) const;
    /// A paragraph, or a few words of one as a terse note has them; nothing when there is no prose in the language.
    [[nodiscard]] std::u32string prose(const std::string &lang, Random &random) const;
    [[nodiscard]] std::u32string replacement(const std::u32string &old, const Mark &mark,
                                             const std::string &lang, Random &random) const;

    const Lists &m_lists;
    const Phrases &m_phrases;
    std::map<std::string, std::vector<Sample>>
        m_labelled; ///< notes_en, meddocan_es, eds_pseudo_fr, presidio_en
    std::vector<std::u32string> m_carriers;
    std::map<std::string, std::vector<std::u32string>> m_prose;
};

/// Casing, spacing, scanner and accent noise; marks follow the text.
void addNoise(Sample &sample, Random &random);

} // namespace amana::deid::train
