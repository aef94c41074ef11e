// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/rules/dates.h"

#include "core/deid/language.h"
#include "core/deid/rules/text_index.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace amana::deid {
namespace {

/// Months by name, one list a language and length; January first. Lower case, without the full stop of an
/// abbreviation.
const std::vector<QStringList> &monthNames()
{
    static const std::vector<QStringList> kNames = [] {
        std::vector<QStringList> out;
        for (const char *line :
             {"january february march april may june july august september october november december",
              "jan feb mar apr may jun jul aug sep oct nov dec",
              "jan feb mar apr may jun jul aug sept oct nov dec",
              "januar februar märz april mai juni juli august september oktober november dezember",
              "jän feb mär apr mai jun jul aug sep okt nov dez",
              "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
              "janv févr mars avr mai juin juil août sept oct nov déc",
              "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
              "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
              "ene feb mar abr may jun jul agto sep oct nov dic",
              "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
              "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
              "januari februari maart april mei juni juli augustus september oktober november december",
              "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"})
            out.push_back(QString::fromUtf8(line).split(QLatin1Char(' ')));
        return out;
    }();
    return kNames;
}

QString monthPattern()
{
    QStringList all;
    for (const auto &list : monthNames())
        all += list;
    std::sort(all.begin(), all.end(), [](const QString &a, const QString &b) {
        return a.size() > b.size() || (a.size() == b.size() && a < b);
    });
    all.removeDuplicates();
    return QStringLiteral("(?<mn>") + all.join(QLatin1Char('|')) + QStringLiteral(")\\.?");
}

int monthOf(const QString &word)
{
    const QString lower = word.toLower();
    for (const auto &list : monthNames())
        if (const auto at = list.indexOf(lower); at >= 0)
            return static_cast<int>(at) + 1;
    return 0;
}

struct Form {
    const char *rule;
    double score;
    QRegularExpression pattern; ///< groups y m d, or mn for a month by name, or a b for parts of either order
};

const std::vector<Form> &forms()
{
    static const std::vector<Form> kForms = [] {
        const QString year = QStringLiteral("(?<y>(?:1[89]|20)\\d\\d)"), word = monthPattern();
        const QString day = QStringLiteral("(?<d>0?[1-9]|[12]\\d|3[01])"),
                      month = QStringLiteral("(?<m>0?[1-9]|1[0-2])");
        const QString ordinal = QStringLiteral("(?:st|nd|rd|th|er|º|\\.)?");
        std::vector<Form> out;
        const auto add = [&](const char *rule, double score, const QString &pattern) {
            out.push_back(
                {rule, score,
                 QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption
                                                 | QRegularExpression::UseUnicodePropertiesOption)});
            out.back().pattern.optimize();
        };
        add("rule.date.cjk", 1,
            QStringLiteral("(?<!\\d)(?:(?<y>\\d{4})\\s?[년年]\\s?)?(?<m>\\d{1,2})\\s?[월月](?!달)\\s?(?<d>"
                           "\\d{1,2})\\s?[일日]"));
        add("rule.date.cjkMonth", 1,
            QStringLiteral("(?<!\\d)(?<y>\\d{4})\\s?[년年]\\s?(?<m>\\d{1,2})\\s?[월月]"));
        add("rule.date.iso", 1,
            QStringLiteral("(?<![\\d.])") + year + QStringLiteral("(?<s>[-/]|\\.\\s?)") + month
                + QStringLiteral("\\k<s>") + day + QStringLiteral("(?!\\d)"));
        add("rule.date.compact", 0.8,
            QStringLiteral("(?<![\\d.\\-])(?<y>(?:19|20)\\d\\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])("
                           "?=\\d{4}(?:\\d\\d)?(?:[.+\\-]\\d+)?\\b|(?!\\d))"));
        add("rule.date.dayMonthName", 1,
            QStringLiteral("(?<![\\d.])") + day + ordinal
                + QStringLiteral("(?:\\s?[-/]\\s?|\\s+(?:of\\s+|de\\s+)?|\\s?)") + word
                + QStringLiteral(
                    "(?:(?:\\s?[-/]\\s?|,?\\s+(?:de\\s+|of\\s+)?|'|\\s?)(?<y>(?:1[89]|20)\\d\\d|(?<=[-/"
                    "'])\\d\\d))?(?![\\w])"));
        add("rule.date.monthNameDay", 1,
            QStringLiteral("\\b") + word + QStringLiteral("[\\s-]{1,2}") + day + ordinal
                + QStringLiteral("(?![\\d:]|\\.\\d)(?:(?:,\\s*|\\s+|-|\\s+of\\s+)(?<y>(?:1[89]|20)\\d\\d)\\b|"
                                 ",\\s*'?(?<yy>\\d\\d)(?!\\d))?(?!\\s?(?:mg|ml|mcg|units|%|cm|mm|tablets?|"
                                 "tabs?|times|hours|days|weeks|months|more|of)\\b)"));
        add("rule.date.monthNameYear", 1,
            QStringLiteral("\\b") + word + QStringLiteral("(?:,?\\s+(?:of\\s+|de\\s+)?|[-/]|\\s?')") + year
                + QStringLiteral("(?!\\d)"));
        add("rule.date.numeric", 1,
            QStringLiteral("(?<![\\d./\\-])(?<a>\\d{1,2})(?<s>[-/"
                           ".])(?<b>\\d{1,2})\\k<s>(?<y>(?:1[89]|20)\\d\\d)(?![\\d/]|-\\d)"));
        add("rule.date.numericShort", 0.9,
            QStringLiteral("(?<![\\d./\\-])(?<a>\\d{1,2})(?<s>/)(?<b>\\d{1,2})/(?<y>\\d\\d)(?![\\d/]|-\\d)"));
        add("rule.date.numericShort", 0.75,
            QStringLiteral(
                "(?<![\\d./\\-])(?<a>\\d\\d)(?<s>[-.])(?<b>\\d\\d)\\k<s>(?<y>\\d\\d)(?![\\d/]|[-.]\\d)"));
        add("rule.date.monthYear", 0.7,
            QStringLiteral("(?<![\\d./\\-])(?<m>0?[1-9]|1[0-2])/(?<y>(?:19|20)\\d\\d)(?![\\d/])"));
        add("rule.date.isoMonth", 0.7,
            QStringLiteral("(?<![\\d./\\-])") + year + QStringLiteral("-(?<m>0[1-9]|1[0-2])(?![\\d-])"));
        add("rule.date.cuedDayMonth", 0.7,
            QStringLiteral("\\b(?:on|since|until|dated?|from|seen|visit|admitted|discharged|dob|by|through|"
                           "el|le|am|vom)[: ]+(?<a>\\d{1,2})(?<s>[/.])(?<b>\\d{1,2})(?![\\d/%]|\\.\\d)"));
        add("rule.date.arabicIndic", 1,
            QStringLiteral("(?<!\\d)(?:(?<y>[٠-٩۰-۹०-९]{4})(?<s>[-/"
                           ".])(?<m>[٠-٩۰-۹०-९]{1,2})\\k<s>(?<d>[٠-٩۰-۹०-९]{1,2})|(?<d2>[٠-٩۰-۹०-९]{1,2})(?<"
                           "s2>[-/.])(?<m2>[٠-٩۰-۹०-९]{1,2})\\k<s2>(?<y2>[٠-٩۰-۹०-९]{4}))(?!\\d)"));
        return out;
    }();
    return kForms;
}

int numberOf(const QString &digits) // any script
{
    int value = 0;
    for (const QChar c : digits)
        value = value * 10 + std::max(c.digitValue(), 0);
    return value;
}

int fullYear(int year, qsizetype digits) { return digits > 2 ? year : year < 40 ? 2000 + year : 1900 + year; }

class Reader {
public:
    Reader(const TextIndex &index, const Form &form, const QRegularExpressionMatch &match, DayOrder order)
        : m_index(index), m_match(match)
    {
        m_out.rule = form.rule;
        m_out.score = form.score;
        const QString first = captured("a");
        if (!first.isEmpty()) {
            const int a = numberOf(first), b = numberOf(captured("b"));
            m_out.ambiguous = a <= 12 && b <= 12 && a != b;
            const bool dayFirst =
                a > 12 || (b <= 12 && (order == DayOrder::DayFirst || captured("s") == QLatin1String(".")));
            m_out.day = part(dayFirst ? "a" : "b");
            m_out.month = part(dayFirst ? "b" : "a");
        } else {
            m_out.day = part("d", "d2");
            m_out.month = captured("mn").isEmpty() ? part("m", "m2") : part("mn");
            m_out.month.style =
                captured("mn").isEmpty() ? WrittenDate::Style::Number : WrittenDate::Style::Word;
        }
        m_out.year = part("y", captured("yy").isEmpty() ? "y2" : "yy");
    }

    std::optional<WrittenDate> read()
    {
        const int month =
            m_out.month.style == WrittenDate::Style::Word ? monthOf(captured("mn")) : value(m_out.month);
        const QString years = textOf(m_out.year);
        const int year = years.isEmpty() ? 2001 : fullYear(numberOf(years), years.size());
        const int day = m_out.day.span.empty() ? 15 : value(m_out.day);
        m_out.date = QDate(year, month, day);
        if (!m_out.date.isValid() && years.isEmpty() && month == 2 && day == 29)
            m_out.date = QDate(2001, 2, 28);
        m_out.span = {std::min({begin(m_out.day), begin(m_out.month), begin(m_out.year)}),
                      std::max({m_out.day.span.end, m_out.month.span.end, m_out.year.span.end})};
        if (!m_out.date.isValid())
            return std::nullopt;
        if (m_out.rule == "rule.date.cjk" || m_out.rule == "rule.date.cjkMonth") // 년 월 일 belong to it
            m_out.span = m_index.span(m_match.capturedStart(), m_match.capturedEnd());
        return m_out;
    }

private:
    QString captured(const char *group) const { return m_match.captured(QLatin1String(group)); }
    static std::size_t begin(const WrittenDate::Part &p) { return p.span.empty() ? SIZE_MAX : p.span.begin; }
    QString textOf(const WrittenDate::Part &p) const
    {
        for (const char *group : {"y", "yy", "y2", "m", "m2", "d", "d2", "a", "b"})
            if (!captured(group).isEmpty() && spanOf(group) == p.span)
                return captured(group);
        return {};
    }
    int value(const WrittenDate::Part &p) const { return numberOf(textOf(p)); }
    records::Span spanOf(const char *group) const
    {
        const QLatin1String name(group);
        return captured(group).isEmpty()
                   ? records::Span{}
                   : m_index.span(m_match.capturedStart(name), m_match.capturedEnd(name));
    }
    WrittenDate::Part part(const char *group, const char *other = nullptr) const
    {
        const bool second = captured(group).isEmpty() && other != nullptr;
        return {spanOf(second ? other : group), WrittenDate::Style::Number};
    }

    const TextIndex &m_index;
    const QRegularExpressionMatch &m_match;
    WrittenDate m_out;
};

bool mayHoldDate(std::u32string_view text) // a date has a digit
{
    return std::any_of(text.begin(), text.end(), [](char32_t c) { return QChar::isDigit(c); });
}

std::u32string sameDigits(int value, std::u32string_view old, bool pad)
{
    std::u32string out;
    for (const char c : std::to_string(value))
        out.push_back(static_cast<char32_t>(c));
    if (pad)
        out.insert(0, old.size() > out.size() ? old.size() - out.size() : 0, U'0');
    const char32_t zero = old.front() - static_cast<char32_t>(std::max(QChar::digitValue(old.front()), 0));
    for (char32_t &c : out)
        c = zero + (c - U'0');
    return out;
}

std::u32string monthLike(int month, std::u32string_view old)
{
    const QString word = QString::fromUcs4(old.data(), static_cast<qsizetype>(old.size()));
    for (const auto &list : monthNames()) {
        if (!list.contains(word.toLower()))
            continue;
        QString name = list[month - 1];
        if (word == word.toUpper() && word.size() > 1)
            name = name.toUpper();
        else if (word[0].isUpper())
            name[0] = name[0].toUpper();
        return name.toStdU32String();
    }
    return std::u32string(old);
}

/// Are days and months below ten written with a zero? Known from a zero, or from the lack of a one-digit part
/// in an all-digit form.
bool padded(std::u32string_view text, const WrittenDate &w)
{
    bool zero = false, one = false;
    for (const auto *part : {&w.day, &w.month}) {
        if (part->span.empty() || part->style == WrittenDate::Style::Word)
            continue;
        zero = zero || QChar::digitValue(text[part->span.begin]) == 0;
        one = one || part->span.length() == 1;
    }
    const bool words = w.month.style == WrittenDate::Style::Word || w.rule.starts_with("rule.date.cjk");
    return zero || (!one && !words);
}

std::u32string rendered(std::u32string_view old, const WrittenDate::Part &part, int value, bool pad)
{
    if (part.style == WrittenDate::Style::Word)
        return monthLike(value, old);
    if (old.size() == 2 && value > 99) // a year of two digits
        return sameDigits(value % 100, old, true);
    return sameDigits(value, old, pad && old.size() == 2);
}

} // namespace

std::vector<WrittenDate> findDates(std::u32string_view text, DayOrder order)
{
    std::vector<WrittenDate> out;
    if (!mayHoldDate(text))
        return out;
    const TextIndex index(text);
    for (const Form &form : forms()) {
        auto matches = form.pattern.globalMatch(index.text());
        while (matches.hasNext()) {
            const auto match = matches.next();
            auto found = Reader(index, form, match, order).read();
            if (found && std::none_of(out.begin(), out.end(), [&](const WrittenDate &w) {
                    return w.span.overlaps(found->span);
                }))
                out.push_back(*std::move(found));
        }
    }
    std::sort(out.begin(), out.end(),
              [](const WrittenDate &a, const WrittenDate &b) { return a.span < b.span; });
    return out;
}

namespace {

DayOrder orderOfLanguage(const std::string &language)
{
    static const std::set<std::string> kMonthFirst{"", "en", "ko", "ja", "zh", "zh-Hant"};
    return kMonthFirst.contains(language) ? DayOrder::MonthFirst : DayOrder::DayFirst;
}

} // namespace

DayOrder guessOrder(const std::vector<std::u32string_view> &texts)
{
    int dayFirst = 0;
    bool ambiguous = false;
    for (const auto text : texts)
        for (const WrittenDate &w : findDates(text)) {
            ambiguous = ambiguous || w.ambiguous;
            if (!w.ambiguous && w.rule.starts_with("rule.date.numeric") && w.date.day() > 12)
                dayFirst += w.day.span.begin < w.month.span.begin ? 1 : -1;
        }
    if (dayFirst != 0)
        return dayFirst > 0 ? DayOrder::DayFirst : DayOrder::MonthFirst;
    return ambiguous ? orderOfLanguage(mainLanguage(texts)) : DayOrder::MonthFirst;
}

/// Moves so that the opposite move gives the date back, whatever of it is written: a month without a day moves by
/// whole months, a day without a year around a year of 365 days.
static QDate moved(const WrittenDate &w, int days)
{
    constexpr double kDaysAMonth = 365.2425 / 12;
    constexpr int kYear = 365;
    if (w.day.span.empty() && !w.month.span.empty())
        return w.date.addMonths(static_cast<int>(std::lround(days / kDaysAMonth)));
    if (!w.year.span.empty())
        return w.date.addDays(days);
    const QDate common(2001, w.date.month(), std::min(w.date.day(), QDate(2001, w.date.month(), 1).daysInMonth()));
    const int place = ((common.dayOfYear() - 1 + days) % kYear + kYear) % kYear;
    return QDate(2001, 1, 1).addDays(place);
}

std::u32string shifted(std::u32string_view text, const WrittenDate &w, int days)
{
    const QDate to = moved(w, days);
    struct Piece {
        records::Span span;
        std::u32string text;
    };
    std::vector<Piece> pieces;
    const bool pad = padded(text, w);
    const auto add = [&](const WrittenDate::Part &part, int value) {
        if (!part.span.empty())
            pieces.push_back(
                {part.span, rendered(text.substr(part.span.begin, part.span.length()), part, value, pad)});
    };
    add(w.year, to.year());
    add(w.month, to.month());
    add(w.day, to.day());
    std::sort(pieces.begin(), pieces.end(), [](const Piece &a, const Piece &b) { return a.span < b.span; });
    std::u32string out;
    std::size_t at = w.span.begin;
    for (const Piece &piece : pieces) {
        out += text.substr(at, piece.span.begin - at);
        out += piece.text;
        at = piece.span.end;
    }
    return out + std::u32string(text.substr(at, w.span.end - at));
}

std::u32string yearOnly(std::u32string_view text, const WrittenDate &w)
{
    if (w.year.span.empty())
        return {};
    const auto old = text.substr(w.year.span.begin, w.year.span.length());
    return old.size() == 2 ? sameDigits(w.date.year(), old, false) : std::u32string(old);
}

} // namespace amana::deid
