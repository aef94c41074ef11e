// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/known_values.h"

#include "core/base/utf8.h"
#include "core/deid/clinical_terms.h"
#include "core/deid/folding.h"
#include "core/deid/rules/dates.h"

#include <QDate>

#include <algorithm>
#include <array>

namespace amana::deid {
namespace {

constexpr std::size_t kLeastNumber = 4; ///< shorter numbers stand everywhere
constexpr std::size_t kLeastPhrase = 4;

bool isTitle(std::u32string_view word)
{
    static constexpr std::array<std::u32string_view, 26> kTitles{
        U"mr",  U"mrs", U"ms", U"miss", U"dr",  U"prof", U"md", U"jr", U"sr", U"ii",  U"iii", U"iv", U"rn",
        U"van", U"von", U"de", U"del",  U"der", U"la",   U"le", U"da", U"di", U"dos", U"bin", U"al", U"el"};
    return std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}

/// Words that many institutions and addresses share: alone they identify nobody, and redacting them would
/// spoil the text. None of them is a usual surname.
bool isInstitutionWord(std::u32string_view word)
{
    static constexpr std::array<std::u32string_view, 82> kWords{
        U"hospital", U"hospitals", U"clinic", U"clinics", U"medical", U"medicine", U"center", U"centre",
        U"health", U"healthcare", U"general", U"regional", U"university", U"family", U"practice",
        U"practitioners", U"physicians", U"care", U"group", U"institute", U"infirmary", U"service",
        U"services", U"system", U"department", U"community", U"memorial", U"surgery", U"laboratory",
        U"pharmacy", U"associates", U"valley", U"north", U"south", U"east", U"west", U"urgent", U"hospice",
        U"nursing", U"rehabilitation", U"ambulatory", U"outpatient", U"inpatient", U"emergency", U"primary",
        U"internal", U"surgical", U"dental", U"pediatric", U"pediatrics", U"paediatric", U"orthopedic",
        U"orthopedics", U"cardiology", U"oncology", U"radiology", U"imaging", U"dialysis", U"wellness",
        U"therapy", U"mental", U"behavioral", U"psychiatric", U"veterans", U"cancer", U"chiropractic",
        U"physician", U"specialty", U"specialist", U"specialists", U"diagnostic", U"diagnostics",
        U"counseling", U"assisted", U"living", U"clinical", U"doctors", U"nurses", U"treatment", U"inc",
        U"llc", U"ltd"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::u32string alphanumeric(std::u32string_view text)
{
    std::u32string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char32_t c) { return QChar::isLetterOrNumber(c); });
    return out;
}

std::size_t digitCount(std::u32string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char32_t c) { return QChar::isDigit(c); }));
}

/// "17 alder close" → "alder close"; nothing when fewer than two words are left: one alone stands everywhere.
std::u32string withoutNumbers(std::u32string_view text)
{
    std::vector<records::Span> words = wordsOf(text);
    std::erase_if(words, [&](const auto &w) { return digitCount(text.substr(w.begin, w.length())) > 0; });
    if (words.size() < 2)
        return {};
    const auto street = text.substr(words.front().begin, words.back().end - words.front().begin);
    return digitCount(street) > 0 ? std::u32string() : std::u32string(street);
}

std::size_t letterCount(std::u32string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char32_t c) { return QChar::isLetter(c); }));
}

bool wholeWord(std::u32string_view text, std::size_t begin, std::size_t end)
{
    return (begin == 0 || !QChar::isLetterOrNumber(text[begin - 1]))
           && (end >= text.size() || !QChar::isLetterOrNumber(text[end]));
}

/// May these signs stand between two parts of one name? Blanks, a comma, a hyphen, a full stop, the HL7
/// caret; one line at most.
bool joins(std::u32string_view between)
{
    return !between.empty() && between.size() <= 4
           && std::all_of(between.begin(), between.end(), [](char32_t c) {
                  return c == U' ' || c == U',' || c == U'.' || c == U'-' || c == U'^' || c == U'\''
                         || c == 0xA0;
              });
}

} // namespace

KnownValues::KnownValues(const records::Subject &subject) : m_birth(subject.birthDate)
{
    for (const auto &name : subject.names)
        addName(name);
    for (const auto &identifier : subject.identifiers) {
        const auto bar = identifier.rfind('|');
        addValue(bar == std::string::npos ? identifier : identifier.substr(bar + 1), "known.identifier");
    }
    for (const auto &value : subject.otherKnown)
        addValue(value, "known.contact");
    std::sort(m_dense.begin(), m_dense.end(), [](const auto &a, const auto &b) {
        return a.size() > b.size() || (a.size() == b.size() && a < b);
    });
}

void KnownValues::addName(const std::string &name)
{
    const auto plain = folded(decodeUtf8(name));
    const bool dense = std::any_of(plain.begin(), plain.end(), isDense);
    std::u32string joined;
    for (const auto &span : wordsOf(plain)) {
        const auto word = plain.substr(span.begin, span.length());
        joined += word;
        if (dense && word.size() >= 2)
            m_dense.push_back(word);
        else if (!dense && word.size() >= 2 && !isTitle(word) && !isInstitutionWord(word))
            m_words.insert(word);
    }
    if (dense && joined.size() >= 2)
        m_dense.push_back(joined);
}

void KnownValues::addValue(const std::string &value, const char *by)
{
    const auto plain = folded(decodeUtf8(value));
    const auto digits = digitCount(plain), letters = letterCount(plain);
    const auto compact = alphanumeric(plain);
    const bool identifier = std::string_view(by) == "known.identifier";
    if (plain.find(U'@') != std::u32string::npos)
        m_phrases.push_back({plain, "EMAIL", by});
    else if (identifier || digits > letters) {
        if (compact.size() >= kLeastNumber && digits > 0)
            m_numbers.push_back({compact, identifier || digits < 7 ? "ID" : "PHONE", by});
    } else if (digits > 0) {
        if (plain.size() >= kLeastPhrase)
            m_phrases.push_back({plain, "LOCATION", by});
        if (const auto street = withoutNumbers(plain); !street.empty())
            m_phrases.push_back({street, "LOCATION", by}); // a note names the street and not the house
    } else {
        const auto words = wordsOf(plain);
        if (std::any_of(words.begin(), words.end(),
                        [&](const auto &w) { return isInstitutionWord(plain.substr(w.begin, w.length())); }))
            m_phrases.push_back({plain, "HOSPITAL", by}); // its shared words count only together with its own
        addName(value);                                   // relatives and staff
    }
}

void KnownValues::findNames(std::u32string_view text, const Folded &plain, Detections &out) const
{
    const auto words = wordsOf(plain.text);
    const std::u32string_view view = plain.text;
    const auto endOf = [&](std::size_t k) { // numbers stuck to a name belong to it: "Larue605"
        std::size_t end = words[k].end;
        while (end < view.size() && QChar::isDigit(view[end]))
            ++end;
        return end;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto word = [&](std::size_t k) { return plain.text.substr(words[k].begin, words[k].length()); };
        const auto follows = [&](std::size_t k) {
            const std::size_t end = endOf(k - 1);
            if (words[k].begin <= end)
                return false;
            const auto between = view.substr(end, words[k].begin - end);
            return end == words[k - 1].end ? joins(between) : between == U" "; // "a9-b46" is a code
        };
        if (!m_words.contains(word(i)))
            continue;
        std::size_t first = i, last = i, hits = 1;
        while (first > 0 && words[first - 1].length() == 1 && follows(first)) // initials before
            --first;
        const auto initial = [&](std::size_t k) { // "Jose A.", but not the s of "Jose's"
            return words[k].length() == 1 && plain.text[words[k].begin - 1] != U'\'';
        };
        while (
            last + 1 < words.size() && follows(last + 1)
            && (m_words.contains(word(last + 1)) || initial(last + 1)
                || (isTitle(word(last + 1)) && last + 2 < words.size() && m_words.contains(word(last + 2)))))
            hits += m_words.contains(word(++last)) ? 1 : 0;
        const records::Span span{plain.origin[words[first].begin], plain.origin[endOf(last) - 1] + 1};
        const auto single = word(i);
        const bool alone = hits == 1;
        const bool weak = alone && (single.size() < 3 || ClinicalTerms::instance().isCommonWord(single));
        const bool capital = QChar::isUpper(text[plain.origin[words[i].begin]]);
        if (!weak || capital || first != i)
            out.push_back({span, "NAME", weak ? 0.6 : alone ? 0.97 : 1.0, "known.name"});
        i = last;
    }
}

void KnownValues::findDense(const Folded &plain, Detections &out) const
{
    for (const auto &name : m_dense)
        for (auto at = plain.text.find(name); at != std::u32string::npos;
             at = plain.text.find(name, at + name.size()))
            out.push_back({{plain.origin[at], plain.origin[at + name.size() - 1] + 1},
                           "NAME",
                           name.size() > 2 ? 1.0 : 0.8,
                           "known.name"});
}

void KnownValues::findNumbers(const Folded &plain, Detections &out) const
{
    if (m_numbers.empty())
        return;
    std::u32string compact;
    std::vector<std::size_t> from;
    for (std::size_t i = 0; i < plain.text.size(); ++i)
        if (QChar::isLetterOrNumber(plain.text[i])) {
            compact.push_back(plain.text[i]);
            from.push_back(i);
        }
    for (const Value &number : m_numbers)
        for (auto at = compact.find(number.text); at != std::u32string::npos;
             at = compact.find(number.text, at + 1)) {
            const auto begin = from[at], end = from[at + number.text.size() - 1] + 1;
            const bool loose = end - begin > 2 * number.text.size(); // letters of far words, not one number
            if (!loose && wholeWord(plain.text, begin, end))
                out.push_back({{plain.origin[begin], plain.origin[end - 1] + 1}, number.type, 1, number.by});
        }
}

void KnownValues::findPhrases(const Folded &plain, Detections &out) const
{
    for (const Value &phrase : m_phrases)
        for (auto at = plain.text.find(phrase.text); at != std::u32string::npos;
             at = plain.text.find(phrase.text, at + phrase.text.size()))
            if (wholeWord(plain.text, at, at + phrase.text.size()))
                out.push_back({{plain.origin[at], plain.origin[at + phrase.text.size() - 1] + 1},
                               phrase.type,
                               1,
                               phrase.by});
}

Detections KnownValues::find(std::u32string_view text) const
{
    Detections out;
    if (empty() || text.empty())
        return out;
    const Folded plain = fold(text);
    findNames(text, plain, out);
    findDense(plain, out);
    findNumbers(plain, out);
    findPhrases(plain, out);
    const QDate birth = QDate::fromString(QString::fromStdString(m_birth).left(10), Qt::ISODate);
    if (birth.isValid())
        for (const auto order : {DayOrder::MonthFirst, DayOrder::DayFirst})
            for (const WrittenDate &date : findDates(text, order))
                if (date.date == birth && !date.year.span.empty() && !date.day.span.empty())
                    out.push_back({date.span, "DATE", 1, "known.birthDate"});
    return out;
}

} // namespace amana::deid
