// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/train/lists.h"

#include "core/base/files.h"
#include "core/base/utf8.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>

namespace amana::deid::train {
namespace {

using nlohmann::json;

std::string slurp(const QString &path)
{
    const auto bytes = readFile(path);
    if (!bytes) {
        std::fprintf(stderr, "cannot read %s\n", qPrintable(path));
        std::exit(1);
    }
    return bytes->toStdString();
}

Words words(const json &list)
{
    Words out;
    for (const auto &item : list)
        if (item.is_string() && !item.get<std::string>().empty())
            out.push_back(decodeUtf8(item.get<std::string>()));
    return out;
}

void append(Words &to, const Words &from) { to.insert(to.end(), from.begin(), from.end()); }

bool latin(const Words &list)
{
    std::size_t good = 0;
    for (const auto &w : list)
        good += w.front() < 0x250 || (w.front() >= 0x1E00 && w.front() < 0x1F00);
    return good * 10 > list.size() * 9;
}

std::vector<std::string> csvRow(const std::string &line)
{
    std::vector<std::string> out{""};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else if (c != '\r')
            out.back() += c;
    }
    return out;
}

const std::set<std::string> kLanguages{"ko", "ja", "zh", "ru", "ar", "hi", "de", "es", "fr", "it", "pt"};

const std::map<std::string, std::string> kHospitalLanguage{
    {"GB", "en"}, {"IE", "en"}, {"US", "en"}, {"DE", "de"}, {"AT", "de"},
    {"FR", "fr"}, {"BE", "fr"}, {"IT", "it"}, {"ES", "es"}, {"PT", "pt"}};

Words fallback(const std::string &lang) // composed hospitals: <town><word>
{
    static const std::map<std::string, Words> kWords{
        {"ko",
         {U"병원", U"대학교병원", U"의료원", U"내과의원", U"의원", U"요양병원", U"성모병원", U"한방병원"}},
        {"ja", {U"病院", U"市立病院", U"総合病院", U"中央病院", U"クリニック", U"医院", U"大学病院"}},
        {"zh", {U"医院", U"人民医院", U"中医院", U"第一医院", U"中心医院", U"医科大学附属医院"}},
        {"ru", {U"ская больница", U" ГКБ", U" клиника"}},
        {"ar", {U" مستشفى"}},
        {"hi", {U" अस्पताल", U" चिकित्सालय"}}};
    const auto at = kWords.find(lang);
    return at == kWords.end() ? Words{U" Hospital", U" Medical Center", U" Clinic", U" Health", U" Infirmary"}
                              : at->second;
}

} // namespace

Lists::Lists(const QString &folder)
{
    loadNames(folder);
    loadPlaces(folder);
    loadCsv(folder);
}

void Lists::loadNames(const QString &folder)
{
    const json names = json::parse(slurp(folder + QStringLiteral("/person_names.json")));
    for (const auto &[key, value] : names.items()) {
        NamePool pool{words(value.at("first")), words(value.at("last"))};
        if (pool.first.empty() || pool.last.empty())
            continue;
        const std::string lang = key.substr(0, 2);
        if (kLanguages.contains(lang) && key.find("Latn") == std::string::npos && key[0] != 'c') {
            append(m_native[lang].first, pool.first);
            append(m_native[lang].last, pool.last);
        }
        if (!latin(pool.first) || !latin(pool.last))
            continue;
        for (const Words *list : {&pool.first, &pool.last})
            for (const auto &name : *list) {
                const std::u32string padded = U"^^" + name + U"$";
                for (std::size_t i = 2; i < padded.size(); ++i)
                    m_chain[padded.substr(i - 2, 2)].push_back(padded[i]);
            }
        m_latin.push_back(std::move(pool));
    }
}

void Lists::loadPlaces(const QString &folder)
{
    const json places = json::parse(slurp(folder + QStringLiteral("/addresses.json")));
    for (const auto &[key, value] : places.items()) {
        const std::string lang = key.substr(0, 2);
        for (const char *list : {"cities", "city_names"})
            if (value.contains(list))
                append(m_cities[lang], words(value.at(list)));
        for (const char *list : {"street_suffixes_long", "street_suffixes", "street_prefixes",
                                 "street_suffix", "road_suffixes", "street_titles_noflex", "towns"})
            if (value.contains(list))
                append(m_streets[lang], words(value.at(list)));
        if (key == "en_US")
            m_states = words(value.at("states_abbr"));
    }
    const json jobs = json::parse(slurp(folder + QStringLiteral("/jobs.json")));
    for (const auto &[key, value] : jobs.items())
        append(m_jobs[key.substr(0, 2)], words(value));
}

void Lists::loadCsv(const QString &folder)
{
    std::istringstream cities(slurp(folder + QStringLiteral("/cities.csv")));
    std::string line;
    for (std::getline(cities, line); std::getline(cities, line);)
        m_cities["en"].push_back(decodeUtf8(csvRow(line).at(0)));
    std::istringstream hospitals(slurp(folder + QStringLiteral("/hospitals.csv")));
    for (std::getline(hospitals, line); std::getline(hospitals, line);) {
        const auto row = csvRow(line);
        if (row.size() < 2 || row[1].empty())
            continue;
        const auto at = kHospitalLanguage.find(row[0]);
        m_hospitals[at == kHospitalLanguage.end() ? "other" : at->second].push_back(decodeUtf8(row[1]));
    }
}

std::u32string Lists::invented(Random &random) const
{
    for (;;) {
        std::u32string name = U"^^";
        while (name.back() != U'$' && name.size() < 14)
            name.push_back(random.pick(m_chain.at(name.substr(name.size() - 2))));
        if (name.back() == U'$' && name.size() >= 6)
            return name.substr(2, name.size() - 3);
    }
}

std::u32string Lists::first(const std::string &lang, Random &random) const
{
    const auto native = m_native.find(lang);
    const bool spaced = lang != "ko" && lang != "zh" && lang != "ja";
    if (native != m_native.end() && (lang != "es" || random.chance(0.7)) && random.chance(spaced ? 0.8 : 0.6))
        return random.pick(native->second.first);
    if (!spaced) { // two syllables of two different names make a third
        const auto &pool = native->second.first;
        return random.pick(pool).substr(0, 1)
               + random.pick(pool).substr(random.pick(pool).size() > 1 ? 1 : 0, 1);
    }
    return random.chance(0.3) ? invented(random) : random.pick(random.pick(m_latin).first);
}

std::u32string Lists::last(const std::string &lang, Random &random) const
{
    const auto native = m_native.find(lang);
    if (native != m_native.end() && (lang == "ko" || lang == "zh" || lang == "ja" || random.chance(0.8)))
        return random.pick(native->second.last);
    return random.chance(0.3) ? invented(random) : random.pick(random.pick(m_latin).last);
}

std::u32string Lists::city(const std::string &lang, Random &random) const
{
    const auto at = m_cities.find(lang);
    return random.pick(at == m_cities.end() || at->second.empty() ? m_cities.at("en") : at->second);
}

std::u32string Lists::hospital(const std::string &lang, Random &random) const
{
    const auto at = m_hospitals.find(lang);
    const bool native =
        lang == "ko" || lang == "ja" || lang == "zh" || lang == "ru" || lang == "ar" || lang == "hi";
    if (!native && random.chance(0.7))
        return random.pick(at == m_hospitals.end() || random.chance(0.2) ? m_hospitals.at("other")
                                                                         : at->second);
    if (lang == "ar")
        return U"مستشفى " + (random.chance(0.5) ? city(lang, random) : last(lang, random));
    if (!native && random.chance(0.5)) {
        static const Words kKind{U"St. ", U"Saint ", U"Mount ", U"Our Lady of ", U"Good "};
        return random.pick(kKind) + first("en", random) + random.pick(fallback("en"));
    }
    return (random.chance(0.8) ? city(lang, random) : last(lang, random)) + random.pick(fallback(lang));
}

std::u32string Lists::job(const std::string &lang, Random &random) const
{
    const auto at = m_jobs.find(lang);
    auto text = random.pick(at == m_jobs.end() ? m_jobs.at("en") : at->second);
    if (lang == "en")
        for (char32_t &c : text)
            c = c < 128 && random.chance(0.97) ? static_cast<char32_t>(std::tolower(static_cast<int>(c))) : c;
    return lang == "en" ? text.substr(0, text.find(U',')) : text;
}

std::u32string Lists::street(const std::string &lang, Random &random) const
{
    const auto number = decodeUtf8(std::to_string(random.range(1, random.chance(0.6) ? 150 : 9999)));
    const auto kind = m_streets.find(lang);
    const auto word = kind == m_streets.end() || kind->second.empty() ? U"Street" : random.pick(kind->second);
    const auto code = decodeUtf8(std::to_string(random.range(10000, 99999)));
    if (lang == "ko")
        return city(lang, random) + U" " + first(lang, random) + (random.chance(0.5) ? U"로 " : U"길 ")
               + number;
    if (lang == "ja")
        return city(lang, random) + word + number.substr(0, 1) + U"丁目" + code.substr(0, 1) + U"番"
               + code.substr(1, 1) + U"号";
    if (lang == "zh")
        return city(lang, random) + U"市" + first(lang, random) + U"路" + number + U"号";
    if (lang == "de")
        return last(lang, random) + (random.chance(0.5) ? U"straße " : U"weg ") + number + U", " + code + U" "
               + city("en", random);
    if (lang == "ru")
        return U"ул. " + word + U", д. " + number;
    if (lang == "es" || lang == "it" || lang == "pt" || lang == "fr") {
        static const std::map<std::string, Words> kRoad{{"es", {U"Calle ", U"Avda. ", U"C/ ", U"Plaza "}},
                                                        {"it", {U"Via ", U"Viale ", U"Corso "}},
                                                        {"pt", {U"Rua ", U"Av. ", U"Travessa "}},
                                                        {"fr", {U"rue ", U"avenue ", U"bd "}}};
        const auto name = random.pick(kRoad.at(lang)) + first(lang, random) + U" " + last(lang, random);
        return lang == "fr" ? number + U" " + name + U" " + code + U" " + city("en", random)
                            : name + U", " + number;
    }
    auto line = number + U" " + (random.chance(0.7) ? last("en", random) : city("en", random)) + U" " + word;
    if (random.chance(0.3)) { // a street of another country
        static const std::vector<std::string> kOthers{"de", "es", "it", "pt", "fr"};
        line = street(random.pick(kOthers), random);
    }
    const std::u32string gap = random.chance(0.2) ? U"\n" : random.chance(0.2) ? U" " : U", ";
    if (random.chance(0.25))
        line += (random.chance(0.5) ? gap : U" ")
                + (random.chance(0.5)   ? U"Apt. "
                   : random.chance(0.5) ? U"Suite "
                                        : U"#")
                + decodeUtf8(std::to_string(random.range(1, 999)));
    if (random.chance(0.6))
        line +=
            gap + city("en", random)
            + (random.chance(0.7) ? (random.chance(0.2) ? U" " : U", ") + state(random) + U" " + code : U"");
    return line;
}

} // namespace amana::deid::train
