// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_edit.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace amana::formats {

using records::Edit;

Result<std::map<std::string, FieldEdits>> activeEdits(std::span<const Edit> edits)
{
    std::map<std::string, FieldEdits> byPath;
    for (const Edit &edit : edits)
        if (edit.decision == records::Decision::Accepted || edit.decision == records::Decision::Added)
            byPath[edit.path].spans.push_back(&edit);
    for (auto &[path, field] : byPath)
        std::stable_sort(field.spans.begin(), field.spans.end(),
                         [](const Edit *a, const Edit *b) { return a->span < b->span; });
    return byPath;
}

Status settle(FieldEdits &edits, const std::string &path, std::size_t codePoints)
{
    const auto covers = [codePoints](const Edit *e) { return e->span.begin == 0 && e->span.end == codePoints; };
    for (const Edit *edit : edits.spans) {
        if (edit->span.begin > edit->span.end || edit->span.end > codePoints)
            return fail(ErrorCode::FormatEditFailed, {{"path", path}, {"reason", "span"}});
        edits.remove = edits.remove || (edit->action == records::EditAction::Remove && covers(edit));
    }
    if (edits.remove)
        return {};
    for (std::size_t i = 1; i < edits.spans.size(); ++i)
        if (edits.spans[i]->span.begin < edits.spans[i - 1]->span.end)
            return fail(ErrorCode::FormatEditFailed, {{"path", path}, {"reason", "overlap"}});
    edits.whole = edits.spans.size() == 1 && covers(edits.spans.front());
    return {};
}

std::string editedText(std::string_view text, const FieldEdits &edits)
{
    const std::u32string points = decodeUtf8(text);
    std::string out;
    std::size_t at = 0;
    for (const Edit *edit : edits.spans) {
        out += encodeUtf8(std::u32string_view(points).substr(at, edit->span.begin - at));
        if (edit->action == records::EditAction::Replace)
            out += edit->replacement;
        at = edit->span.end;
    }
    return out + encodeUtf8(std::u32string_view(points).substr(at));
}

Result<QByteArray> applyPatches(std::string_view source, std::vector<Patch> patches)
{
    std::sort(patches.begin(), patches.end(), [](const Patch &a, const Patch &b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    QByteArray out;
    out.reserve(static_cast<qsizetype>(source.size()));
    std::size_t at = 0;
    for (const Patch &patch : patches) {
        if (patch.begin < at || patch.end < patch.begin || patch.end > source.size())
            return fail(ErrorCode::FormatEditFailed, {{"reason", "overlap"}});
        out.append(source.data() + at, static_cast<qsizetype>(patch.begin - at));
        out.append(patch.bytes.data(), static_cast<qsizetype>(patch.bytes.size()));
        at = patch.end;
    }
    out.append(source.data() + at, static_cast<qsizetype>(source.size() - at));
    return out;
}

} // namespace amana::formats
