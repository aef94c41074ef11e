// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/relink.h"

#include "core/base/utf8.h"
#include "core/deid/rules/dates.h"
#include "core/formats/format.h"

#include <QChar>

#include <algorithm>

namespace amana::sharing {

namespace {

using records::Edit;
using records::Field;
using records::FieldKind;

bool isWordCharacter(char32_t c)
{
    return QChar::isLetterOrNumber(c);
}

Edit wholeField(const Field &field, std::string replacement)
{
    Edit edit;
    edit.id = "relink/" + field.path;
    edit.path = field.path;
    edit.span = {0, codePointCount(field.text)};
    edit.replacement = std::move(replacement);
    edit.type = "FIELD";
    edit.reason = "linkage";
    edit.decision = records::Decision::Accepted;
    return edit;
}

Edit partOfField(const Field &field, records::Span span, std::string replacement)
{
    Edit edit = wholeField(field, std::move(replacement));
    edit.id += "/" + std::to_string(span.begin);
    edit.span = span;
    return edit;
}

/// Dates of a structured field or of prose, in whatever form they are written.
void appendDates(std::vector<Edit> &edits, const Field &field, const std::u32string &text, int days)
{
    for (const deid::WrittenDate &date : deid::findDates(text))
        edits.push_back(partOfField(field, date.span, encodeUtf8(deid::shifted(text, date, days))));
}

/// Every released name in a text, longest first, as whole words only.
void appendNames(std::vector<Edit> &edits, const Field &field, const std::u32string &text, const Linkage &linkage)
{
    auto names = linkage.nameReplacements;
    std::sort(names.begin(), names.end(), [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    std::vector<bool> taken(text.size(), false);
    for (const auto &[released, original] : names) {
        const std::u32string wanted = decodeUtf8(released);
        if (wanted.size() < 2)
            continue;
        for (std::size_t at = text.find(wanted); at != std::u32string::npos; at = text.find(wanted, at + 1)) {
            const std::size_t end = at + wanted.size();
            const bool inside = (at > 0 && isWordCharacter(text[at - 1]) && isWordCharacter(wanted.front()))
                || (end < text.size() && isWordCharacter(text[end]) && isWordCharacter(wanted.back()));
            if (inside || taken[at] || taken[end - 1])
                continue;
            std::fill_n(taken.begin() + static_cast<std::ptrdiff_t>(at), wanted.size(), true);
            edits.push_back(partOfField(field, {at, end}, original));
        }
    }
}

/// Names and dates of prose; where both claim a stretch, the name (which is exact) stays.
std::vector<Edit> editsInProse(const Field &field, const Linkage &linkage)
{
    const std::u32string text = decodeUtf8(field.text);
    std::vector<Edit> edits;
    appendNames(edits, field, text, linkage);
    const std::size_t names = edits.size();
    if (linkage.dateShiftDays != 0)
        appendDates(edits, field, text, -linkage.dateShiftDays);
    const auto covered = [&](const Edit &date) {
        return std::any_of(edits.begin(), edits.begin() + static_cast<std::ptrdiff_t>(names),
                           [&](const Edit &name) { return name.span.overlaps(date.span); });
    };
    std::vector<Edit> kept(edits.begin(), edits.begin() + static_cast<std::ptrdiff_t>(names));
    for (auto it = edits.begin() + static_cast<std::ptrdiff_t>(names); it != edits.end(); ++it)
        if (!covered(*it))
            kept.push_back(*it);
    std::sort(kept.begin(), kept.end(), [](const Edit &a, const Edit &b) { return a.span < b.span; });
    return kept;
}

void appendEdits(std::vector<Edit> &edits, const Field &field, const Linkage &linkage)
{
    switch (field.kind) {
    case FieldKind::BirthDate:
        if (!linkage.birthDate.empty())
            edits.push_back(wholeField(field, linkage.birthDate));
        return;
    case FieldKind::Date:
        if (linkage.dateShiftDays != 0)
            appendDates(edits, field, decodeUtf8(field.text), -linkage.dateShiftDays);
        return;
    case FieldKind::PatientName:
    case FieldKind::FreeText: {
        const auto found = editsInProse(field, linkage);
        edits.insert(edits.end(), found.begin(), found.end());
        return;
    }
    default:
        return;
    }
}

} // namespace

Result<QByteArray> relinkDocument(const QByteArray &released, const std::string &format, const Linkage &linkage)
{
    AMANA_TRY(const records::Document document, formats::openDocument(released, format));
    std::vector<Edit> edits;
    for (const Field &field : document.fields)
        appendEdits(edits, field, linkage);
    return formats::writeDocument(document, edits);
}

} // namespace amana::sharing
