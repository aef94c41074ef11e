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

const std::set<std::string> kLanguages{"ko", "ja", "zh", "ru", "ar", "hi", "de", "es", "fr", "it", "pt", "el", "nl"};

const std::map<std::string, std::string> kHospitalLanguage{
    {"GB", "en"}, {"IE", "en"}, {"US", "en"}, {"DE", "de"}, {"AT", "de"},
    {"FR", "fr"}, {"BE", "fr"}, {"IT", "it"}, {"ES", "es"}, {"PT", "pt"}};

bool writesBlanks(const std::string &lang) { return lang != "ko" && lang != "ja" && lang != "zh"; }

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

/// `~` a town, `^` a road, `#` a digit, `@` a capital letter.
const std::map<std::string, Words> &streetForms()
{
    static const std::map<std::string, Words> kForms{
        {"ko",
         {U"~ ^ ##", U"~ ~ ^ ###", U"~ ^ ##, ###동 ###호", U"~ ^ ##-#", U"~ ^ ##번길 ##", U"(#####) ~ ^ ###", U"~ ~ ##-#",
          U"~ ~ ^ ## ##층"}},
        {"ja", {U"~#丁目#番#号", U"~#-##-#", U"~##番地", U"~^#-#", U"~^##番地#", U"~#丁目#-#", U"~^#-#-### ###号室"}},
        {"zh", {U"~^##号", U"~^###号#栋###室", U"~^#号院"}},
        {"de", {U"^ ##, ##### ~", U"^ #\n##### ~", U"^ ##", U"^ ##a in ##### ~", U"D-##### ~, ^ #"}},
        {"fr", {U"##, ^, ##### ~", U"# ^\n##### ~", U"## ^ ##### ~", U"## bis ^", U"###, ^ – ##### ~ Cedex"}},
        {"es", {U"^, ##, ##### ~", U"^ nº ##, #º @, ~", U"^ ##\n##### ~", U"^, ##"}},
        {"el", {U"^ ##, ~", U"^ ##, ~ ### ##", U"^ ##, Τ.Κ. ##### ~", U"^ # & ^, ~"}},
        {"it", {U"^, ##, ##### ~", U"^ ## - ##### ~ (@@)", U"^ #"}},
        {"pt", {U"^, ##, ####-### ~", U"^, n.º ##, ~", U"^ ###, apto ##, ~ - @@"}},
        {"nl", {U"^ ##, #### @@ ~", U"^ #\n#### @@ ~", U"^ ## te ~"}}};
    return kForms;
}

} // namespace

Lists::Lists(const QString &folder, const Vocabulary &vocabulary) : m_vocabulary(vocabulary)
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

std::u32string Lists::composed(const std::string &lang, Random &random) const
{
    const Words *head = m_vocabulary.find(lang, "GIVEN_HEAD"), *tail = m_vocabulary.find(lang, "GIVEN_TAIL");
    if (head != nullptr && tail != nullptr)
        return random.pick(*head) + random.pick(*tail);
    const auto &pool = m_native.at(lang).first; // two signs of two different names make a third
    return random.pick(pool).substr(0, 1) + random.pick(pool).substr(0, 1);
}

std::u32string Lists::first(const std::string &lang, Random &random) const
{
    if (!writesBlanks(lang) && random.chance(0.35))
        return composed(lang, random);
    const Words *own = m_vocabulary.find(lang, "FIRST");
    if (own != nullptr && random.chance(0.5))
        return random.pick(*own);
    const auto native = m_native.find(lang);
    if (native != m_native.end() && (!writesBlanks(lang) || random.chance(0.5)))
        return random.pick(native->second.first);
    return random.chance(0.3) ? invented(random) : random.pick(random.pick(m_latin).first);
}

std::u32string Lists::last(const std::string &lang, Random &random) const
{
    const Words *own = m_vocabulary.find(lang, "LAST");
    if (own != nullptr && random.chance(0.55))
        return random.pick(*own);
    const auto native = m_native.find(lang);
    if (native != m_native.end() && (!writesBlanks(lang) || random.chance(0.5)))
        return random.pick(native->second.last);
    return random.chance(0.3) ? invented(random) : random.pick(random.pick(m_latin).last);
}

std::u32string Lists::named(const std::u32string &pattern, const std::string &lang, Random &random) const
{
    const auto at = pattern.find(U'~');
    if (at == std::u32string::npos)
        return pattern;
    return pattern.substr(0, at) + (random.chance(0.7) ? city(lang, random) : last(lang, random))
           + pattern.substr(at + 1);
}

std::u32string Lists::organisation(const std::string &lang, Random &random) const
{
    const Words *kinds = m_vocabulary.find(lang, "ORG_KIND");
    return kinds == nullptr ? organisation("en", random) : named(random.pick(*kinds), lang, random);
}

std::u32string Lists::roadOf(const std::string &lang, Random &random) const
{
    const Words *roads = m_vocabulary.find(lang, "ROAD");
    return roads == nullptr ? last(lang, random) : random.pick(*roads);
}

std::u32string Lists::city(const std::string &lang, Random &random) const
{
    if (const Words *towns = m_vocabulary.find(lang, "TOWN"); towns != nullptr && random.chance(0.5))
        return random.pick(*towns);
    const auto at = m_cities.find(lang);
    return random.pick(at == m_cities.end() || at->second.empty() ? m_cities.at("en") : at->second);
}

std::u32string Lists::hospital(const std::string &lang, Random &random) const
{
    if (const Words *kinds = m_vocabulary.find(lang, "HOSPITAL_KIND"); kinds != nullptr && random.chance(0.5))
        return named(random.pick(*kinds), lang, random);
    const auto at = m_hospitals.find(lang);
    const bool native = !writesBlanks(lang) || lang == "ru" || lang == "ar" || lang == "hi" || lang == "el";
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
    if (const Words *jobs = m_vocabulary.find(lang, "JOB"); jobs != nullptr && random.chance(0.5))
        return random.pick(*jobs);
    const auto at = m_jobs.find(lang);
    auto text = random.pick(at == m_jobs.end() ? m_jobs.at("en") : at->second);
    if (lang == "en")
        for (char32_t &c : text)
            c = c < 128 && random.chance(0.97) ? static_cast<char32_t>(std::tolower(static_cast<int>(c))) : c;
    return lang == "en" ? text.substr(0, text.find(U',')) : text;
}

std::u32string Lists::street(const std::string &lang, Random &random) const
{
    if (const auto forms = streetForms().find(lang); forms != streetForms().end()) {
        std::u32string out;
        for (const char32_t c : fromMask(random.pick(forms->second), random))
            out += c == U'~' ? city(lang, random) : c == U'^' ? roadOf(lang, random) : std::u32string(1, c);
        return out;
    }
    const auto number = decodeUtf8(std::to_string(random.range(1, random.chance(0.6) ? 150 : 9999)));
    const auto kind = m_streets.find(lang);
    const auto word = kind == m_streets.end() || kind->second.empty() ? U"Street" : random.pick(kind->second);
    const auto code = decodeUtf8(std::to_string(random.range(10000, 99999)));
    if (lang == "ru")
        return U"ул. " + word + U", д. " + number;
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
