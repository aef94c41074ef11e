// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/train/sample.h"
#include "core/deid/train/vocabulary.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace amana::deid::train {

struct NamePool {
    Words first;
    Words last;
};

/// The surrogate lists of the data folder (lists/*.json, *.csv) and of the phrases, by language, and names invented from
/// them. No source is the only one of anything, so that shape and context decide and not a list.
class Lists {
public:
    /// Ends the program with a message when a file is missing: this is a training tool, not a part of the
    /// product.
    Lists(const QString &folder, const Vocabulary &vocabulary);

    std::u32string first(const std::string &lang, Random &random) const;
    std::u32string last(const std::string &lang, Random &random) const;
    std::u32string city(const std::string &lang, Random &random) const;
    std::u32string hospital(const std::string &lang, Random &random) const;
    std::u32string job(const std::string &lang, Random &random) const;
    std::u32string street(const std::string &lang, Random &random) const;
    std::u32string organisation(const std::string &lang, Random &random) const;
    std::u32string state(Random &random) const { return random.pick(m_states); }

private:
    void loadNames(const QString &folder);
    void loadPlaces(const QString &folder);
    void loadCsv(const QString &folder);
    std::u32string invented(Random &random) const;
    std::u32string composed(const std::string &lang, Random &random) const;
    std::u32string roadOf(const std::string &lang, Random &random) const;
    /// `~` of a pattern becomes a town or a surname.
    std::u32string named(const std::u32string &pattern, const std::string &lang, Random &random) const;

    const Vocabulary &m_vocabulary;

    std::vector<NamePool> m_latin;            ///< one pool a locale: every origin is as likely
    std::map<std::string, NamePool> m_native; ///< by language; native script where it is not Latin
    std::map<std::string, Words> m_cities, m_hospitals, m_jobs, m_streets;
    Words m_states;
    std::map<std::u32string, std::u32string> m_chain; ///< two letters → letters seen next
};

} // namespace amana::deid::train
