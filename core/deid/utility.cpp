// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/utility.h"

#include "core/base/utf8.h"
#include "core/deid/clinical_terms.h"
#include "core/deid/folding.h"
#include "core/deid/rules/dates.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <set>

namespace amana::deid {
namespace {

using records::FieldKind;
using EditsByPath = std::map<std::string_view, std::vector<const records::Edit *>>;
using Tally = std::map<std::u32string, std::size_t>;

constexpr std::array kOrders{DayOrder::MonthFirst, DayOrder::DayFirst};

bool isApplied(const records::Edit &edit)
{
    return edit.decision == records::Decision::Accepted || edit.decision == records::Decision::Added;
}

EditsByPath byPath(const Plan &plan)
{
    EditsByPath out;
    for (const records::Edit &edit : plan.edits)
        out[edit.path].push_back(&edit);
    return out;
}

bool anyApplied(const std::vector<const records::Edit *> &edits)
{
    return std::any_of(edits.begin(), edits.end(), [](const records::Edit *edit) { return isApplied(*edit); });
}

void countText(Utility &out, std::u32string_view text, const std::vector<const records::Edit *> &edits)
{
    std::vector<bool> gone(text.size(), false);
    for (const records::Edit *edit : edits)
        if (isApplied(*edit))
            std::fill(gone.begin() + static_cast<std::ptrdiff_t>(std::min(edit->span.begin, text.size())),
                      gone.begin() + static_cast<std::ptrdiff_t>(std::min(edit->span.end, text.size())), true);
    bool inWord = false, whole = true;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || QChar::isSpace(text[i])) {
            out.words += inWord ? 1 : 0;
            out.wordsKept += inWord && whole ? 1 : 0;
            inWord = false;
            whole = true;
            continue;
        }
        inWord = true;
        whole = whole && !gone[i];
        ++out.characters;
        out.charactersKept += gone[i] ? 0 : 1;
    }
}

/// Clinical words of all free text: an eponym is one before "disease", "catheter" and their like only.
Tally termsOf(const records::Document &document)
{
    const ClinicalTerms &terms = ClinicalTerms::instance();
    Tally out;
    for (const records::Field &field : document.fields) {
        if (field.kind != FieldKind::FreeText)
            continue;
        const std::u32string text = decodeUtf8(field.text);
        const auto words = wordsOf(text);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto wordAt = [&](std::size_t at) {
                return std::u32string_view(text).substr(words[at].begin, words[at].length());
            };
            const auto word = wordAt(i);
            const bool eponym = terms.isEponym(word) && i + 1 < words.size() && terms.isFollower(wordAt(i + 1));
            if (terms.isTerm(word) || terms.isFollower(word) || eponym)
                ++out[folded(word)];
        }
    }
    return out;
}

template <class Key>
std::size_t common(const std::map<Key, std::size_t> &a, const std::map<Key, std::size_t> &b)
{
    std::size_t sum = 0;
    for (const auto &[key, count] : a)
        if (const auto it = b.find(key); it != b.end())
            sum += std::min(count, it->second);
    return sum;
}

template <class Key>
std::size_t total(const std::map<Key, std::size_t> &tally)
{
    std::size_t sum = 0;
    for (const auto &[key, count] : tally)
        sum += count;
    return sum;
}

bool saysDay(const WrittenDate &date) { return !date.year.span.empty() && !date.month.span.empty() && !date.day.span.empty(); }

/// Days from the date in `span` of `text` to the one in `replacement`: one for each order in which both can be read.
std::vector<long long> movesOf(std::u32string_view text, records::Span span, std::u32string_view replacement)
{
    std::set<long long> out;
    for (const DayOrder order : kOrders) {
        const auto before = findDates(text, order);
        const auto after = findDates(replacement, order);
        const auto from = std::find_if(before.begin(), before.end(), [&](const WrittenDate &d) { return d.span.overlaps(span); });
        if (from != before.end() && !after.empty() && saysDay(*from) && saysDay(after.front()))
            out.insert(from->date.daysTo(after.front().date));
    }
    return {out.begin(), out.end()};
}

void countDate(Utility &out, std::u32string_view text, const records::Edit *edit)
{
    ++out.dates;
    if (edit == nullptr || !isApplied(*edit)) {
        ++out.untouched;
        return;
    }
    const std::u32string replacement = decodeUtf8(edit->replacement);
    auto moves = movesOf(text, edit->span, replacement);
    const bool year = replacement.size() == 4
                      && std::all_of(replacement.begin(), replacement.end(), [](char32_t c) { return QChar::isDigit(c); });
    if (!moves.empty()) {
        ++out.shifted;
        out.moves.push_back(std::move(moves));
    } else if (year) {
        ++out.coarsened;
    } else if (findDates(replacement).empty()) {
        ++out.removed;
    } else {
        ++out.shifted; // to a month, or a day without its year
    }
}

void countDates(Utility &out, const records::Field &field, std::u32string_view text,
                const std::vector<const records::Edit *> &edits)
{
    if (field.kind == FieldKind::Date || field.kind == FieldKind::BirthDate) {
        if (!field.text.empty())
            countDate(out, text, edits.empty() ? nullptr : edits.front());
        return;
    }
    for (const records::Edit *edit : edits)
        if (edit->type == "DATE")
            countDate(out, text, edit);
}

std::map<std::string, std::size_t> valuesOf(const std::vector<records::Observation> &observations)
{
    std::map<std::string, std::size_t> out;
    for (const records::Observation &seen : observations)
        ++out[seen.loinc + '\x1f' + seen.valueText + '\x1f' + seen.ucum + '\x1f' + seen.unitText];
    return out;
}

} // namespace

Utility utilityOf(const records::Document &original, const records::Document &released, const Plan &plan,
                  const Observed &observed)
{
    Utility out;
    const EditsByPath edits = byPath(plan);
    static const std::vector<const records::Edit *> kNone;
    for (const records::Field &field : original.fields) {
        const auto it = edits.find(field.path);
        const auto &own = it == edits.end() ? kNone : it->second;
        Utility::Fields &fields = out.fields[records::kindName(field.kind)];
        ++fields.before;
        fields.unchanged += anyApplied(own) ? 0 : 1;
        const bool isDate = field.kind == FieldKind::Date || field.kind == FieldKind::BirthDate;
        if (own.empty() && !isDate && field.kind != FieldKind::FreeText)
            continue;
        const std::u32string text = decodeUtf8(field.text);
        if (field.kind == FieldKind::FreeText)
            countText(out, text, own);
        countDates(out, field, text, own);
    }
    for (const records::Field &field : released.fields)
        ++out.fields[records::kindName(field.kind)].after;
    const Tally terms = termsOf(original);
    out.terms = total(terms);
    out.termsKept = common(terms, termsOf(released));
    out.observations = observed.before.size();
    out.observationsAfter = observed.after.size();
    out.observationsKept = common(valuesOf(observed.before), valuesOf(observed.after));
    return out;
}

std::size_t inStep(const std::vector<std::vector<long long>> &moves)
{
    std::map<long long, std::size_t> counts; // of dates that may be read as having moved so
    std::size_t most = 0;
    for (const auto &readings : moves)
        for (const long long days : readings)
            most = std::max(most, ++counts[days]);
    return most;
}

void add(Utility &sum, const Utility &other)
{
    for (const auto member :
         {&Utility::words, &Utility::wordsKept, &Utility::characters, &Utility::charactersKept, &Utility::terms,
          &Utility::termsKept, &Utility::dates, &Utility::shifted, &Utility::coarsened, &Utility::removed, &Utility::untouched,
          &Utility::observations, &Utility::observationsKept, &Utility::observationsAfter})
        sum.*member += other.*member;
    for (const auto &[kind, fields] : other.fields) {
        Utility::Fields &into = sum.fields[kind];
        into.before += fields.before;
        into.after += fields.after;
        into.unchanged += fields.unchanged;
    }
    sum.moves.insert(sum.moves.end(), other.moves.begin(), other.moves.end());
}

records::Document asPlanned(const records::Document &original, const Plan &plan)
{
    records::Document out;
    out.id = original.id;
    out.format = original.format;
    out.subject = original.subject;
    const EditsByPath edits = byPath(plan);
    for (const records::Field &field : original.fields) {
        const auto it = edits.find(field.path);
        if (it == edits.end()) {
            out.fields.push_back(field);
            continue;
        }
        std::vector<records::Edit> own;
        bool gone = false;
        for (const records::Edit *edit : it->second) {
            own.push_back(*edit);
            gone = gone || (isApplied(*edit) && edit->action == records::EditAction::Remove);
        }
        if (!gone)
            out.fields.push_back({field.path, field.kind, applyToText(field.text, own, field.path), field.element});
    }
    return out;
}

} // namespace amana::deid
