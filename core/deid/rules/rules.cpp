// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/rules/rules.h"

#include "core/base/utf8.h"
#include "core/deid/rules/dates.h"
#include "core/deid/rules/pattern_table.h"
#include "core/deid/rules/phones.h"
#include "core/deid/rules/text_index.h"

#include <algorithm>
#include <tuple>

namespace amana::deid {
namespace {

struct DateReason {
    const char *id;
    const char *reason;
};
constexpr DateReason kDateReasons[] = {
    {"rule.date.cjk", "A date in Korean, Japanese or Chinese form."},
    {"rule.date.cjkMonth", "A month and year in Korean, Japanese or Chinese form."},
    {"rule.date.iso", "A date, year first."},
    {"rule.date.compact", "Eight digits that are a date."},
    {"rule.date.dayMonthName", "A day with a month's name."},
    {"rule.date.monthNameDay", "A month's name with a day."},
    {"rule.date.monthNameYear", "A month's name with a year."},
    {"rule.date.numeric", "A date in numbers."},
    {"rule.date.numericShort", "A date in numbers with a short year."},
    {"rule.date.monthYear", "A month and year in numbers."},
    {"rule.date.isoMonth", "A year and month in numbers."},
    {"rule.date.cuedDayMonth", "A day and month behind a word such as on or since."},
    {"rule.date.arabicIndic", "A date in Arabic-Indic or Devanagari digits."},
};

void addPatterns(std::u32string_view text, const TextIndex &index, Detections &out)
{
    for (const Pattern &pattern : patternTable()) {
        const bool grouped = pattern.expression.namedCaptureGroups().contains(QStringLiteral("v"));
        auto matches = pattern.expression.globalMatch(index.text());
        while (matches.hasNext()) {
            const auto match = matches.next();
            const QLatin1String group("v");
            const auto begin = grouped ? match.capturedStart(group) : match.capturedStart();
            const auto end = grouped ? match.capturedEnd(group) : match.capturedEnd();
            if (begin < 0 || end <= begin)
                continue;
            const auto span = index.span(begin, end);
            if (pattern.check != nullptr
                && !pattern.check(encodeUtf8(text.substr(span.begin, span.length()))))
                continue;
            out.push_back({span, pattern.type, pattern.score, pattern.id});
        }
    }
}

bool hasContent(std::u32string_view text, records::Span span)
{
    for (std::size_t i = span.begin; i < span.end; ++i)
        if (QChar::isLetterOrNumber(text[i]))
            return true;
    return false;
}

records::Span trimmed(std::u32string_view text, records::Span span)
{
    while (!span.empty() && QChar::isSpace(text[span.begin]))
        ++span.begin;
    while (!span.empty() && QChar::isSpace(text[span.end - 1]))
        --span.end;
    return span;
}

/// Overlapping spans of one type become one, told by the surest.
Detections unitedByType(Detections all)
{
    std::sort(all.begin(), all.end(), [](const Detection &a, const Detection &b) {
        return std::tie(a.type, a.span, b.score, a.by) < std::tie(b.type, b.span, a.score, b.by);
    });
    Detections out;
    for (Detection &d : all) {
        if (out.empty() || out.back().type != d.type || !out.back().span.overlaps(d.span)) {
            out.push_back(std::move(d));
            continue;
        }
        Detection &last = out.back();
        last.span.end = std::max(last.span.end, d.span.end);
        if (d.score > last.score) {
            last.score = d.score;
            last.by = d.by;
        }
    }
    return out;
}

/// What `span` has left outside the spans taken, as pieces.
std::vector<records::Span> leftOver(records::Span span, const Detections &taken)
{
    std::vector<records::Span> rest{span};
    for (const Detection &t : taken) {
        std::vector<records::Span> next;
        for (const records::Span &r : rest) {
            if (!r.overlaps(t.span)) {
                next.push_back(r);
                continue;
            }
            if (r.begin < t.span.begin)
                next.push_back({r.begin, t.span.begin});
            if (t.span.end < r.end)
                next.push_back({t.span.end, r.end});
        }
        rest = std::move(next);
    }
    return rest;
}

} // namespace

const std::vector<RuleInfo> &ruleInfos()
{
    static const std::vector<RuleInfo> kInfos = [] {
        std::vector<RuleInfo> out;
        for (const DateReason &d : kDateReasons)
            out.push_back({d.id, "DATE", d.reason});
        out.push_back({"rule.phone.plan", "PHONE", "A phone number of the numbering plan of a country."});
        for (const Pattern &p : patternTable())
            if (std::none_of(out.begin(), out.end(), [&](const RuleInfo &i) { return i.id == p.id; }))
                out.push_back({p.id, p.type, p.reason});
        return out;
    }();
    return kInfos;
}

Detections merged(std::u32string_view text, Detections all)
{
    Detections spans = unitedByType(std::move(all));
    std::sort(spans.begin(), spans.end(), [](const Detection &a, const Detection &b) {
        if (a.score != b.score)
            return a.score > b.score;
        if (a.span.length() != b.span.length())
            return a.span.length() > b.span.length();
        return std::tie(a.span, a.type, a.by) < std::tie(b.span, b.type, b.by);
    });
    Detections out;
    for (Detection &d : spans) {
        for (const records::Span &piece : leftOver(d.span, out)) {
            const auto span = trimmed(text, piece);
            if (!span.empty() && hasContent(text, span))
                out.push_back({span, d.type, d.score, d.by});
        }
    }
    std::sort(out.begin(), out.end(), [](const Detection &a, const Detection &b) { return a.span < b.span; });
    return out;
}

Result<std::vector<Detections>> RuleDetector::detect(const std::vector<std::u32string_view> &texts) const
{
    std::vector<Detections> out;
    const DayOrder order = guessOrder(texts);
    for (const auto text : texts) {
        Detections found;
        for (const WrittenDate &date : findDates(text, order))
            found.push_back({date.span, "DATE", date.score, date.rule});
        const TextIndex index(text);
        addPatterns(text, index, found);
        const Detections phones = findPhones(text);
        found.insert(found.end(), phones.begin(), phones.end());
        out.push_back(merged(text, std::move(found)));
    }
    return out;
}

} // namespace amana::deid
