// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/train/corpus.h"

#include "core/base/files.h"
#include "core/base/utf8.h"
#include "core/deid/train/written_values.h"

#include <QDir>
#include <QFileInfo>
#include <QList>

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
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

bool upper(char32_t c) { return QChar::isUpper(c); }
bool letter(char32_t c) { return QChar::isLetter(c) || QChar::isMark(c); }
bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }

int typeOf(const std::string &name)
{
    const auto at = std::find(kTypes.begin(), kTypes.end(), name);
    return at == kTypes.end() ? Other : static_cast<int>(at - kTypes.begin());
}

bool onlyBlank(std::u32string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char32_t c) { return c == U' ' || c == U'\t'; });
}

void mergeNames(Sample &s)
{
    std::vector<Mark> out;
    for (const Mark &m : s.marks) {
        if (!out.empty() && m.type == Name && out.back().type == Name
            && onlyBlank(std::u32string_view(s.text).substr(out.back().end, m.begin - out.back().end)))
            out.back().end = m.end;
        else
            out.push_back(m);
    }
    s.marks = std::move(out);
}

std::vector<std::pair<std::size_t, std::size_t>> wordsOf(std::u32string_view text)
{
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && letter(text[end]))
            ++end;
        if (end > i)
            out.emplace_back(i, end - i);
        i = end + 1;
    }
    return out;
}

std::u32string casedLike(std::u32string text, std::u32string_view old)
{
    bool anyUpper = false, anyLower = false;
    for (const char32_t c : old) {
        anyUpper = anyUpper || QChar::isUpper(c);
        anyLower = anyLower || QChar::isLower(c);
    }
    for (char32_t &c : text)
        if (anyUpper && !anyLower && old.size() > 2)
            c = static_cast<char32_t>(QChar::toUpper(static_cast<uint>(c)));
        else if (anyLower && !anyUpper)
            c = static_cast<char32_t>(QChar::toLower(static_cast<uint>(c)));
    return text;
}

std::u32string newDigits(std::u32string text, Random &r)
{
    for (std::size_t i = 0; i < text.size(); ++i)
        if (digit(text[i])) {
            const bool last = i + 1 >= text.size() || !digit(text[i + 1]);
            if (last || r.chance(0.5))
                text[i] = U'0' + static_cast<char32_t>(r.below(10));
        }
    return text;
}

} // namespace

std::vector<Sample> readLabelled(const QString &path)
{
    std::vector<Sample> out;
    std::istringstream in(slurp(path));
    for (std::string line; std::getline(in, line);) {
        const json row = json::parse(line);
        Sample s;
        s.text = decodeUtf8(row.at("text").get<std::string>());
        s.lang = row.value("lang", "en");
        s.labelled = 0;
        for (const auto &type : row.at("labelled_types"))
            if (const int t = typeOf(type.get<std::string>()); t != Other)
                s.labelled |= 1U << t;
        const auto add = [&](const json &span, bool optional) {
            const int type = optional ? Optional : typeOf(span.at("type").get<std::string>());
            s.marks.push_back({span.at("start").get<std::size_t>(), span.at("end").get<std::size_t>(),
                               type == Other ? Optional : type});
        };
        for (const auto &span : row.at("spans"))
            add(span, false);
        for (const auto &span : row.value("optional", json::array()))
            add(span, true);
        std::sort(s.marks.begin(), s.marks.end(),
                  [](const Mark &a, const Mark &b) { return a.begin < b.begin; });
        std::vector<Mark> clean;
        for (const Mark &m : s.marks)
            if (clean.empty() || m.begin >= clean.back().end)
                clean.push_back(m);
        s.marks = std::move(clean);
        if (row.value("source", std::string()).rfind("EDS", 0) == 0)
            mergeNames(s);
        out.push_back(std::move(s));
    }
    return out;
}

Corpus::Corpus(const QString &folder, const QString &proseFolder, const Lists &lists, const Phrases &phrases)
    : m_lists(lists), m_phrases(phrases)
{
    if (!proseFolder.isEmpty())
        for (const QFileInfo &file : QDir(proseFolder).entryInfoList({QStringLiteral("*.txt")}, QDir::Files)) {
            std::istringstream in(slurp(file.filePath()));
            for (std::string line; std::getline(in, line);)
                m_prose[file.completeBaseName().toStdString()].push_back(decodeUtf8(line));
        }
    for (const char *set : {"notes_en", "meddocan_es", "eds_pseudo_fr", "presidio_en"})
        m_labelled[set] =
            readLabelled(folder + QStringLiteral("/labelled/%1.train.jsonl").arg(QLatin1String(set)));
    for (const char *set : {"mtsamples_en", "mts_dialog_sections_en"}) {
        std::istringstream in(slurp(folder + QStringLiteral("/carriers/%1.jsonl").arg(QLatin1String(set))));
        for (std::string line; std::getline(in, line);) {
            const json row = json::parse(line);
            if (row.at("split") == "train")
                m_carriers.push_back(decodeUtf8(row.at("text").get<std::string>()));
        }
    }
}

std::u32string Corpus::replacement(const std::u32string &old, const Mark &m, const std::string &lang,
                                   Random &r) const
{
    const auto words = wordsOf(old);
    const bool single = words.size() == 1 && words[0].second == old.size();
    switch (m.type) {
    case Name: {
        std::u32string out;
        std::size_t at = 0;
        for (std::size_t i = 0; i < words.size();
             ++i) { // word by word, so that commas, hyphens and initials stay
            out += old.substr(at, words[i].first - at);
            const auto word = old.substr(words[i].first, words[i].second);
            at = words[i].first + words[i].second;
            const bool surname = i + 1 == words.size() ? words.size() > 1 || r.chance(0.5) : i > 0;
            const auto fresh = surname ? m_lists.last(lang, r) : m_lists.first(lang, r);
            out += word.size() == 1 ? fresh.substr(0, 1) : casedLike(fresh, word);
        }
        return out + old.substr(at);
    }
    case Date: return lang == "en" && r.chance(0.6) ? writtenDate(lang, r) : newDigits(old, r);
    case Age:
    case Url: return newDigits(old, r);
    case Location:
        if (words.empty() || std::any_of(old.begin(), old.end(), digit))
            return newDigits(old, r);
        return casedLike(m_lists.city(lang == "fr" ? "en" : lang, r), old);
    case Hospital: return single ? old : casedLike(m_lists.hospital(lang, r), old);
    case Id:
    case Phone: {
        auto out = newDigits(old, r);
        for (char32_t &c : out)
            if (c >= U'A' && c <= U'Z' && r.chance(0.5))
                c = U'A' + static_cast<char32_t>(r.below(26));
        return m.type == Phone && lang == "en" && r.chance(0.5) ? writtenPhone(lang, r) : out;
    }
    case Profession: return lang == "en" || lang == "es" ? casedLike(m_lists.job(lang, r), old) : old;
    default: return old;
    }
}

Sample Corpus::fromLabelled(const Sample &sample, Random &r) const
{
    Sample out;
    out.lang = sample.lang;
    out.labelled = sample.labelled;
    std::size_t at = 0;
    const double share = r.chance(0.15) ? 0 : 0.7;
    for (const Mark &m : sample.marks) {
        out.text += sample.text.substr(at, m.begin - at);
        const auto old = sample.text.substr(m.begin, m.end - m.begin);
        const auto begin = out.text.size();
        auto fresh = r.chance(share) ? replacement(old, m, sample.lang, r) : old;
        out.text += fresh.empty() ? old : fresh;
        out.marks.push_back({begin, out.text.size(), m.type});
        at = m.end;
    }
    out.text += sample.text.substr(at);
    return out;
}

namespace {

bool startsAt(std::u32string_view text, std::size_t at, std::u32string_view word)
{
    return text.substr(at, word.size()) == word
           && (at + word.size() >= text.size() || !letter(text[at + word.size()]))
           && (at == 0 || !letter(text[at - 1]));
}

struct Cut {
    std::u32string_view find;
    const char *slot;
    bool keep; ///< keep the words and put the slot behind them
};

/// Words of a note that a person's name can stand for, or stand behind, without any other cue.
const std::vector<Cut> &cuts()
{
    static const std::vector<Cut> kCuts{{U"The patient", "NAME", false},
                                        {U"the patient", "NAME", false},
                                        {U"Patient", "NAME", false},
                                        {U"patient", "LAST", false},
                                        {U"She", "FIRST", false},
                                        {U"He", "FIRST", false},
                                        {U"she", "FIRST", false},
                                        {U"he", "FIRST", false},
                                        {U"This patient", "LAST", false},
                                        {U"wife", "FIRST", true},
                                        {U"husband", "FIRST", true},
                                        {U"mother", "FIRST", true},
                                        {U"father", "FIRST", true},
                                        {U"daughter", "FIRST", true},
                                        {U"brother", "FIRST", true},
                                        {U"sister", "FIRST", true},
                                        {U"son", "NAME", true},
                                        {U"Mr.", "LAST", true},
                                        {U"Ms.", "LAST", true},
                                        {U"surgeon", "NAME", true},
                                        {U"physician", "NAME", true},
                                        {U"anesthesiologist", "LAST", true},
                                        {U"nurse", "FIRST", true},
                                        {U"the emergency room", "HOSP", false},
                                        {U"the hospital", "HOSP", false},
                                        {U"the clinic", "HOSP", false},
                                        {U"the emergency department", "HOSP", false},
                                        {U"yesterday", "DATE", false},
                                        {U"today", "DATE", false},
                                        {U"last week", "DATE", false}};
    return kCuts;
}

/// Length of an age at `at` that stands before "-year-old" or the like; 0: none.
std::size_t ageAt(std::u32string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && digit(text[end]) && end - at < 3)
        ++end;
    if (end == at || (at > 0 && (digit(text[at - 1]) || letter(text[at - 1]) || text[at - 1] == U'.')))
        return 0;
    const auto rest = text.substr(end, 10);
    for (const auto cue :
         {U"-year-old", U" year-old", U" year old", U" years ol", U"-year old", U" y.o", U" yo ", U" y/o"})
        if (rest.substr(0, std::u32string_view(cue).size()) == cue)
            return end - at;
    return 0;
}

} // namespace

Sample Corpus::fromCarrier(Random &r) const
{
    const std::u32string &text = r.pick(m_carriers);
    Sample s;
    s.labelled = 0x7FF & ~(1U << Profession);
    const double density = r.chance(0.2) ? 0 : r.chance(0.5) ? 0.12 : 0.35;
    for (int i = r.range(0, 3); i > 0 && r.chance(0.6); --i) {
        m_phrases.append(s, "en", Phrases::Kind::Line, r);
        s.text += r.chance(0.5) ? U"\n" : U"\n\n";
    }
    std::size_t i =
        text.size() > 3000 && r.chance(0.5) ? text.find(U". ", r.below(text.size() - 1500)) + 1 : 0;
    for (int taken = 0; i < text.size() && taken < 2200; ++taken) {
        const Cut *cut = nullptr;
        if (letter(text[i]) && (i == 0 || !letter(text[i - 1])))
            for (const Cut &c : cuts())
                if (startsAt(text, i, c.find)) {
                    cut = &c;
                    break;
                }
        if (cut != nullptr && r.chance(cut->slot == std::string("DATE") ? 0.5 : density)) {
            if (cut->keep)
                s.text += std::u32string(cut->find) + U" ";
            else if (r.chance(0.2) && std::string(cut->slot) != "DATE" && std::string(cut->slot) != "HOSP")
                m_phrases.fill(s, "TITLE", r), s.text += U" ";
            m_phrases.fill(s, cut->slot, r);
            i += cut->find.size();
        } else if (startsAt(text, i, U"Dr.") && i + 4 < text.size() && upper(text[i + 4])) {
            std::size_t end = i + 4;
            while (end < text.size() && letter(text[end]))
                ++end;
            s.text += U"Dr. ";
            m_phrases.fill(s, "LAST", r);
            i = end;
        } else if (const auto age = ageAt(text, i); age > 0) {
            m_phrases.fill(s, "AGE", r);
            i += age;
        } else if ((text[i] == U'.' || text[i] == U'\n') && i + 1 < text.size()
                   && (text[i + 1] == U' ' || text[i + 1] == U'\n') && r.chance(density * 0.6)) {
            s.text.push_back(text[i++]);
            s.text += r.chance(0.7) ? U" " : U"\n";
            m_phrases.append(s, "en", r.chance(0.8) ? Phrases::Kind::Sentence : Phrases::Kind::Negative, r);
        } else {
            s.text.push_back(text[i++]);
        }
    }
    for (int n = r.range(0, 2); n > 0; --n) {
        s.text += U"\n";
        m_phrases.append(s, "en", r.chance(0.6) ? Phrases::Kind::Line : Phrases::Kind::Sentence, r);
    }
    return s;
}

std::u32string Corpus::prose(const std::string &lang, Random &r) const
{
    const auto lines = m_prose.find(lang);
    if (lines == m_prose.end())
        return {};
    const std::u32string &line = r.pick(lines->second);
    if (r.chance(0.5))
        return line;
    std::vector<std::size_t> blanks{0};
    for (std::size_t i = 0; i < line.size(); ++i)
        if (line[i] == U' ')
            blanks.push_back(i + 1);
    const std::size_t begin = blanks[r.below(blanks.size())];
    std::size_t end = begin;
    const bool dense = blanks.size() < 3; // Japanese and Chinese write no blanks
    for (int words = dense ? r.range(2, 14) : r.range(1, 5); words > 0 && end < line.size(); --words)
        end = dense ? end + 1 : std::min(line.find(U' ', end + 1), line.size());
    return line.substr(begin, end - begin);
}

Sample Corpus::fromPhrases(const std::string &lang, Random &r) const
{
    Sample s;
    s.lang = lang;
    if (r.chance(0.5)) {
        m_phrases.append(s, lang, Phrases::Kind::Note, r);
        if (r.chance(0.6))
            return s;
        s.text += U"\n";
    }
    const bool clean = r.chance(0.08); // nothing in it that anybody must not see
    for (int count = r.range(4, 22); count > 0; --count) {
        const auto kind = clean || r.chance(0.3) ? Phrases::Kind::Negative
                          : r.chance(0.65)       ? Phrases::Kind::Sentence
                                                 : Phrases::Kind::Line;
        const std::u32string words = clean || r.chance(0.3) ? prose(lang, r) : std::u32string();
        if (words.empty() || r.chance(0.3))
            m_phrases.append(s, lang, kind, r);
        s.text += words + (r.chance(0.5) ? U"\n" : r.chance(0.8) ? U" " : U"\n\n");
    }
    return s;
}

/// Short texts: several make a window.
Sample Corpus::fromShort(const std::string &set, Random &r) const
{
    Sample s;
    for (int i = 0; i < 8; ++i) {
        const Sample part = fromLabelled(r.pick(m_labelled.at(set)), r);
        s.lang = part.lang;
        s.labelled = i == 0 ? part.labelled : s.labelled & part.labelled;
        const auto base = s.text.size();
        s.text += part.text + (r.chance(0.5) ? U"\n\n" : U"\n");
        for (const Mark &m : part.marks)
            s.marks.push_back({m.begin + base, m.end + base, m.type});
    }
    return s;
}

namespace {

/// What of a hundred texts is made of phrases of a language.
struct Share {
    const char *lang;
    std::size_t weight;
};
constexpr Share kShares[] = {{"en", 14}, {"ko", 11}, {"ja", 10}, {"de", 5}, {"el", 4}, {"es", 3}, {"fr", 3},
                             {"nl", 2},  {"it", 2}, {"pt", 2}, {"zh", 2}, {"ru", 1}, {"ar", 1}, {"hi", 1}};

} // namespace

Sample Corpus::draw(Random &r) const
{
    auto roll = r.below(100);
    for (const Share &share : kShares) {
        if (roll < share.weight) {
            Sample s = fromPhrases(share.lang, r);
            addNoise(s, r);
            return s;
        }
        roll -= share.weight;
    }
    Sample s = r.chance(0.52)  ? (r.chance(0.62) ? fromCarrier(r) : fromLabelled(r.pick(m_labelled.at("notes_en")), r))
               : r.chance(0.4) ? fromLabelled(r.pick(m_labelled.at("meddocan_es")), r)
                               : fromShort(r.chance(0.4) ? "eds_pseudo_fr" : "presidio_en", r);
    addNoise(s, r);
    return s;
}

namespace {

/// Rebuilds the text from one piece per code point and moves the marks along.
void rebuild(Sample &s, const std::vector<std::u32string> &pieces)
{
    std::vector<std::size_t> at(pieces.size() + 1, 0);
    std::u32string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        at[i] = text.size();
        text += pieces[i];
    }
    at[pieces.size()] = text.size();
    std::vector<Mark> marks;
    for (const Mark &m : s.marks)
        if (at[m.end] > at[m.begin])
            marks.push_back({at[m.begin], at[m.end], m.type});
    s.text = std::move(text);
    s.marks = std::move(marks);
}

std::u32string withoutAccent(char32_t c)
{
    const QString parts = QString::fromUcs4(&c, 1).normalized(QString::NormalizationForm_D);
    std::u32string out;
    for (const uint p : parts.toUcs4())
        if (!QChar::isMark(p))
            out.push_back(p);
    return out.empty() ? std::u32string(1, c) : out;
}

std::u32string scanned(char32_t c, Random &r)
{
    static const std::map<char32_t, std::u32string> kMisread{
        {U'l', U"1"}, {U'1', U"l"}, {U'O', U"0"}, {U'0', U"O"}, {U'm', U"rn"}, {U'e', U"c"},  {U'S', U"5"},
        {U'I', U"l"}, {U'B', U"8"}, {U' ', U""},  {U'.', U","}, {U'a', U"o"},  {U'h', U"li"}, {U't', U"f"}};
    const auto at = kMisread.find(c);
    if (at != kMisread.end())
        return at->second;
    return r.chance(0.3) ? std::u32string() : std::u32string(1, c);
}

} // namespace

void addNoise(Sample &s, Random &r)
{
    const double roll = static_cast<double>(r.below(1000)) / 1000;
    const bool lowerAll = roll < 0.12, upperAll = roll >= 0.12 && roll < 0.20;
    const bool accents = r.chance(0.1) && s.lang != "ko" && s.lang != "ja" && s.lang != "hi", lines = r.chance(0.08),
               wide = r.chance(0.05);
    const double scan = r.chance(0.1) ? 0.02 : 0;
    if (!(lowerAll || upperAll || accents || lines || wide || scan > 0 || r.chance(0.3)))
        return;
    const bool lowerSome = r.chance(0.25);
    std::vector<std::u32string> pieces(s.text.size());
    for (std::size_t i = 0; i < s.text.size(); ++i) {
        char32_t c = s.text[i];
        if (lowerAll)
            c = static_cast<char32_t>(QChar::toLower(static_cast<uint>(c)));
        else if (upperAll)
            c = static_cast<char32_t>(QChar::toUpper(static_cast<uint>(c)));
        if (lines && c == U'\n')
            c = U' ';
        pieces[i] = accents && c > 127 ? withoutAccent(c) : std::u32string(1, c);
        if (wide && c == U' ' && r.chance(0.2))
            pieces[i] = U"  ";
        if (scan > 0 && r.chance(scan))
            pieces[i] = scanned(c, r);
    }
    if (lowerSome) // names and places typed in a hurry
        for (const Mark &m : s.marks)
            if ((m.type == Name || m.type == Location) && r.chance(0.5))
                for (std::size_t i = m.begin; i < m.end; ++i)
                    if (pieces[i].size() == 1)
                        pieces[i][0] = static_cast<char32_t>(QChar::toLower(static_cast<uint>(pieces[i][0])));
    rebuild(s, pieces);
}

} // namespace amana::deid::train
