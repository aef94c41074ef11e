// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/train/phrases.h"

#include "core/base/utf8.h"
#include "core/deid/train/written_values.h"

#include <QDir>

#include <cstdio>
#include <cstdlib>
#include <set>

namespace amana::deid::train {
namespace {

std::u32string plain(const std::u32string &text) // letters fit for an address
{
    std::u32string out;
    for (const char32_t c : lowered(text))
        if (c < 128 && QChar::isLetterOrNumber(c))
            out.push_back(c);
    return out.empty() ? U"user" : out;
}

void mark(Sample &sample, const std::u32string &text, int type)
{
    const auto begin = sample.text.size();
    sample.text += text;
    if (!text.empty())
        sample.marks.push_back({begin, sample.text.size(), type});
}

/// Documents parted by lines of "---"; empty lines inside them stay.
Words notesOf(const QString &path)
{
    Words out{U""};
    for (const std::u32string &line : linesOf(path, EmptyLines::Keep)) {
        if (line == U"---")
            out.emplace_back();
        else
            out.back() += (out.back().empty() ? U"" : U"\n") + line;
    }
    std::erase_if(out, [](const std::u32string &note) { return note.empty(); });
    return out;
}

/// How people write a name of first and last name in a chart.
std::u32string chartForm(const std::u32string &first, const std::u32string &last, Random &r)
{
    const Words forms{last,
                      first,
                      last + U", " + first,
                      first.substr(0, 1) + U". " + last,
                      last + U" " + first.substr(0, 1) + U".",
                      uppered(last) + U" " + first,
                      uppered(last + U", " + first),
                      first.substr(0, 1) + U"." + last.substr(0, 1) + U".",
                      first + U" " + last,
                      last + U" " + first,
                      last,
                      first};
    return r.pick(forms);
}

/// Slots that fill() knows beside the keys of words.txt.
const std::set<std::string> kSlots{"FULL", "FIRST", "LAST", "LASTN", "NAME", "DATE", "AGE",   "CITY", "ADDR", "HOSP",
                                   "PHONE", "ID",   "RRN",  "JOB",   "ORG",  "EMAIL", "URL", "N",    "TIME"};

} // namespace

Phrases::Phrases(const QString &folder, const Lists &lists, const Vocabulary &vocabulary)
    : m_lists(lists), m_vocabulary(vocabulary)
{
    const QDir dir(folder);
    for (const QString &lang : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QString from = folder + QLatin1Char('/') + lang + QLatin1Char('/');
        m_patterns[lang.toStdString()] = {linesOf(from + QStringLiteral("sentences.txt"), EmptyLines::Drop),
                                          linesOf(from + QStringLiteral("lines.txt"), EmptyLines::Drop),
                                          linesOf(from + QStringLiteral("negatives.txt"), EmptyLines::Drop),
                                          notesOf(from + QStringLiteral("notes.txt"))};
        const Patterns &patterns = m_patterns.at(lang.toStdString());
        for (const Words *list : {&patterns.sentences, &patterns.lines, &patterns.negatives, &patterns.notes})
            for (const std::u32string &pattern : *list)
                check(lang.toStdString(), pattern);
    }
}

void Phrases::check(const std::string &lang, std::u32string_view pattern) const
{
    for (auto begin = pattern.find(U'{'); begin != std::u32string_view::npos; begin = pattern.find(U'{', begin + 1)) {
        const auto end = pattern.find(U'}', begin);
        const std::string slot = encodeUtf8(pattern.substr(begin + 1, end == std::u32string_view::npos ? end : end - begin - 1));
        if (kSlots.contains(slot) || m_vocabulary.find(lang, slot) != nullptr || m_vocabulary.find("en", slot) != nullptr)
            continue;
        std::fprintf(stderr, "%s: there is no slot {%s}, in: %s\n", lang.c_str(), slot.c_str(), encodeUtf8(pattern).c_str());
        std::exit(2); // a misspelt slot would teach the model a wrong text
    }
}

std::u32string Phrases::name(const std::string &lang, const std::string &slot, Random &r) const
{
    const bool eastAsian = lang == "ko" || lang == "ja" || lang == "zh";
    // Foreigners keep their own letters there.
    const std::string from = eastAsian && r.chance(0.06) ? "en" : lang;
    const auto first = m_lists.first(from, r), last = m_lists.last(from, r);
    if (slot == "FIRST")
        return first;
    if (slot == "LAST" || slot == "LASTN")
        return from == "en" && r.chance(0.06) ? last + U"-" + m_lists.last(from, r) : last;
    if (eastAsian && from == lang) {
        if (slot == "NAME" && r.chance(0.15))
            return r.chance(0.5) ? last : first;
        const std::u32string gap = lang == "ja" ? r.pick(Words{U"", U" ", U"\u3000"}) : r.chance(0.05) ? U" " : U"";
        return last + gap + first;
    }
    std::u32string text = slot == "FULL" || r.chance(0.35)
                              ? (r.chance(0.15)  ? first + U" " + first.substr(0, 1) + U". " + last
                                 : r.chance(0.1) ? first + U" " + last + U" " + m_lists.last(from, r)
                                                 : first + U" " + last)
                              : chartForm(first, last, r);
    return slot == "NAME" && r.chance(0.06) ? lowered(std::move(text)) : text;
}

std::u32string Phrases::email(Random &r) const
{
    static const Words kHosts{U"gmail.com",   U"hotmail.com", U"yahoo.com", U"naver.com",
                              U"example.org", U"outlook.com", U"web.de",    U"orange.fr"};
    const auto user = plain(m_lists.first("en", r)), host = plain(m_lists.last("en", r));
    const auto box = r.chance(0.5) ? user + r.pick(Words{U".", U"_", U"", U"-"}) + host : user + decimal(r.range(1, 99));
    return box + U"@"
           + (r.chance(0.7) ? r.pick(kHosts) : host + r.pick(Words{U".org", U".com", U".co.uk", U".net", U".edu"}));
}

std::u32string Phrases::url(Random &r) const
{
    return r.pick(Words{U"http://", U"https://", U"www.", U"https://www."}) + plain(m_lists.last("en", r))
           + r.pick(Words{U".org", U".com", U".net", U".co.uk", U".kr", U".de", U".jp"})
           + (r.chance(0.5) ? U"/" + plain(m_lists.first("en", r)) : U"");
}

bool Phrases::fillIdentifier(Sample &s, const std::string &slot, Random &r) const
{
    if (slot == "FULL" || slot == "FIRST" || slot == "LAST" || slot == "LASTN" || slot == "NAME")
        mark(s, name(s.lang, slot, r), Name);
    else if (slot == "DATE")
        mark(s, writtenDate(s.lang, r), Date);
    else if (slot == "AGE")
        mark(s, writtenAge(s.lang, r), Age);
    else if (slot == "CITY")
        mark(s, m_lists.city(s.lang, r) + (s.lang == "en" && r.chance(0.2) ? U", " + m_lists.state(r) : U""), Location);
    else if (slot == "ADDR")
        mark(s, m_lists.street(s.lang, r), Location);
    else if (slot == "HOSP")
        mark(s, m_lists.hospital(s.lang, r), Hospital);
    else if (slot == "PHONE")
        mark(s, writtenPhone(s.lang, r), Phone);
    else if (slot == "ID" || slot == "RRN")
        mark(s, writtenIdentifier(s.lang, r), Id);
    else if (slot == "JOB")
        mark(s, m_lists.job(s.lang, r), Profession);
    else if (slot == "ORG")
        mark(s, m_lists.organisation(s.lang, r), Org);
    else if (slot == "EMAIL")
        mark(s, email(r), Email);
    else if (slot == "URL")
        mark(s, url(r), Url);
    else
        return false;
    return true;
}

void Phrases::fill(Sample &s, const std::string &slot, Random &r) const
{
    if (fillIdentifier(s, slot, r))
        return;
    const Words *words = m_vocabulary.find(s.lang, slot);
    if (words == nullptr)
        words = m_vocabulary.find("en", slot);
    if (slot == "N")
        s.text += decimal(r.range(1, r.chance(0.7) ? 30 : 300));
    else if (slot == "TIME")
        s.text += writtenTime(r);
    else
        s.text += r.pick(*words); // check() has seen that there are some
}

void Phrases::expand(Sample &s, std::u32string_view pattern, Random &r) const
{
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == U'{') {
            const auto end = pattern.find(U'}', i);
            fill(s, encodeUtf8(pattern.substr(i + 1, end - i - 1)), r);
            i = end;
        } else if (pattern[i] == U'[') {
            std::vector<std::u32string_view> choices;
            std::size_t from = i + 1, at = from;
            for (int depth = 1; depth > 0 && at < pattern.size(); ++at) {
                depth += pattern[at] == U'[' ? 1 : pattern[at] == U']' ? -1 : 0;
                if (depth == 0 || (depth == 1 && pattern[at] == U'|')) {
                    choices.push_back(pattern.substr(from, at - from));
                    from = at + 1;
                }
            }
            expand(s, r.pick(choices), r);
            i = at - 1;
        } else if (pattern[i] == U'\\' && i + 1 < pattern.size()
                   && (pattern[i + 1] == U'n' || pattern[i + 1] == U't')) {
            s.text += pattern[++i] == U'n' ? U'\n' : U'\t';
        } else {
            s.text.push_back(pattern[i]);
        }
    }
}

void Phrases::append(Sample &sample, const std::string &lang, Kind kind, Random &random) const
{
    const Patterns &patterns = m_patterns.at(lang);
    const Words &list = kind == Kind::Sentence   ? patterns.sentences
                        : kind == Kind::Line     ? patterns.lines
                        : kind == Kind::Negative ? patterns.negatives
                                                 : patterns.notes;
    if (!list.empty())
        expand(sample, random.pick(list), random);
}

} // namespace amana::deid::train
