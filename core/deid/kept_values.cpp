// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/kept_values.h"

#include "core/base/utf8.h"
#include "core/deid/rules/dates.h"

#include <algorithm>
#include <map>
#include <set>

namespace amana::deid {
namespace {

using records::FieldKind;

bool keepsBirthDate(const Policy &policy)
{
    return policy.actionFor(FieldKind::BirthDate) == FieldAction::Keep
           && policy.ruleFor("DATE").action == TextAction::Keep;
}

bool keptKnown(const Policy &policy, const records::Field &field)
{
    return mayStandKnown(field.kind) && policy.actionFor(field.kind) == FieldAction::Keep;
}

/// "04/01/1950" as the head of a note gives it.
bool tellsDate(const std::string &text, const std::string &isoDate)
{
    const QDate wanted = QDate::fromString(QString::fromStdString(isoDate).left(10), Qt::ISODate);
    const std::u32string decoded = decodeUtf8(text);
    for (const auto order : {DayOrder::MonthFirst, DayOrder::DayFirst})
        for (const WrittenDate &date : findDates(decoded, order))
            if (wanted.isValid() && date.date == wanted)
                return true;
    return false;
}

/// What stood at a rejected span: a person said it is no identifier, so finding it again is no residue.
std::vector<std::string> rejectedTexts(const records::Document &document, const Plan &plan)
{
    std::map<std::string_view, std::string_view> textOf;
    for (const records::Field &field : document.fields)
        textOf.emplace(field.path, field.text);
    std::vector<std::string> texts;
    for (const records::Edit &edit : plan.edits) {
        if (edit.decision != records::Decision::Rejected || !textOf.contains(edit.path))
            continue;
        const std::string_view text = textOf[edit.path];
        const std::size_t begin = byteOffset(text, edit.span.begin);
        texts.emplace_back(text.substr(begin, byteOffset(text, edit.span.end) - begin));
    }
    return texts;
}

} // namespace

bool mayStandKnown(FieldKind kind)
{
    return kind == FieldKind::City || kind == FieldKind::State || kind == FieldKind::Country
           || kind == FieldKind::PostalCode || kind == FieldKind::Organisation || kind == FieldKind::StaffName
           || kind == FieldKind::BirthDate || kind == FieldKind::Date;
}

records::Subject knownUnder(const Policy &policy, const records::Document &document)
{
    records::Subject subject = document.subject;
    std::set<std::string> kept;
    for (const records::Field &field : document.fields)
        if (keptKnown(policy, field))
            kept.insert(field.text);
    const bool birthDate = keepsBirthDate(policy);
    std::erase_if(subject.otherKnown, [&](const std::string &text) {
        return kept.contains(text) || (birthDate && tellsDate(text, subject.birthDate));
    });
    if (birthDate)
        subject.birthDate.clear();
    return subject;
}

std::vector<Residue> scanDocument(ByteView released, const records::Document &document, const Policy &policy,
                                  const Plan &plan)
{
    std::vector<std::string> allowed = rejectedTexts(document, plan);
    std::set<std::string_view> edited;
    for (const records::Edit &edit : plan.edits)
        edited.insert(edit.path);
    for (const records::Field &field : document.fields)
        if (keptKnown(policy, field) && !edited.contains(field.path))
            allowed.push_back(field.text);
    return scanReleased(released, knownUnder(policy, document), allowed);
}

} // namespace amana::deid
