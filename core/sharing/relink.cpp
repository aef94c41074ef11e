// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/relink.h"

#include "core/base/utf8.h"
#include "core/formats/format.h"

#include <QDate>

#include <algorithm>
#include <optional>

namespace amana::sharing {

namespace {

using records::Edit;
using records::Field;
using records::FieldKind;

/// "2021-03-04…" moved by `days`; what follows the date (time, offset) stays. Nothing for other forms.
std::optional<std::string> shiftIsoDate(const std::string &text, int days)
{
    if (text.size() < 10)
        return std::nullopt;
    const QDate date = QDate::fromString(QString::fromStdString(text.substr(0, 10)), QStringLiteral("yyyy-MM-dd"));
    if (!date.isValid())
        return std::nullopt;
    return date.addDays(days).toString(QStringLiteral("yyyy-MM-dd")).toStdString() + text.substr(10);
}

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

/// Every released name in a text, longest first, as whole words only.
std::vector<Edit> namesInText(const Field &field, const Linkage &linkage)
{
    auto names = linkage.nameReplacements;
    std::sort(names.begin(), names.end(), [](const auto &a, const auto &b) { return a.first.size() > b.first.size(); });
    const std::u32string text = decodeUtf8(field.text);
    std::vector<bool> taken(text.size(), false);
    std::vector<Edit> edits;
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
            std::fill(taken.begin() + static_cast<std::ptrdiff_t>(at), taken.begin() + static_cast<std::ptrdiff_t>(end), true);
            Edit edit = wholeField(field, original);
            edit.id += "/" + std::to_string(at);
            edit.span = {at, end};
            edits.push_back(std::move(edit));
        }
    }
    std::sort(edits.begin(), edits.end(), [](const Edit &a, const Edit &b) { return a.span < b.span; });
    return edits;
}

void appendEdits(std::vector<Edit> &edits, const Field &field, const Linkage &linkage)
{
    switch (field.kind) {
    case FieldKind::BirthDate:
        if (!linkage.birthDate.empty())
            edits.push_back(wholeField(field, linkage.birthDate));
        return;
    case FieldKind::Date:
        if (auto date = shiftIsoDate(field.text, -linkage.dateShiftDays))
            edits.push_back(wholeField(field, std::move(*date)));
        return;
    case FieldKind::PatientName:
    case FieldKind::FreeText: {
        const auto found = namesInText(field, linkage);
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
