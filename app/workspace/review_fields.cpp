// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/review_fields.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <unordered_map>

namespace amana::app {

namespace {

constexpr const char *kSamplePrefix = "sample-";

using EditsByPath = std::unordered_map<std::string_view, std::vector<const records::Edit *>>;

EditsByPath byPath(const deid::Plan &plan)
{
    EditsByPath edits;
    for (const records::Edit &edit : plan.edits)
        edits[edit.path].push_back(&edit);
    return edits;
}

} // namespace

ports::ReviewField reviewField(const records::Field &field, std::vector<const records::Edit *> edits)
{
    std::sort(edits.begin(), edits.end(),
              [](const records::Edit *a, const records::Edit *b) { return a->span < b->span; });
    ports::ReviewField shown{field.path, field.element, field.kind, field.text, {}, false, {}};
    const std::u32string original = decodeUtf8(field.text);
    std::u32string released;
    std::size_t at = 0; // code points of the original that are behind us
    for (const records::Edit *edit : edits) {
        const std::size_t begin = std::clamp(edit->span.begin, at, original.size());
        const std::size_t end = std::clamp(edit->span.end, begin, original.size());
        released.append(original, at, begin - at);
        ports::ReviewSpan span{*edit, {released.size(), released.size()}, 1};
        const bool removes = edit->action == records::EditAction::Remove;
        if (edit->decision == records::Decision::Rejected)
            released.append(original, begin, end - begin);
        else if (removes)
            shown.removed = true;
        else
            released.append(decodeUtf8(edit->replacement));
        span.inReleased.end = released.size();
        at = end;
        shown.spans.push_back(std::move(span));
    }
    released.append(original, at);
    shown.released = shown.removed ? std::string() : encodeUtf8(released);
    if (shown.removed)
        for (ports::ReviewSpan &span : shown.spans)
            span.inReleased = {};
    return shown;
}

std::vector<ports::ReviewField> reviewFields(const records::Document &document, const deid::Plan &plan,
                                             const std::set<std::string> *paths)
{
    EditsByPath edits = byPath(plan);
    std::vector<ports::ReviewField> fields;
    for (const records::Field &field : document.fields) {
        if (paths != nullptr && !paths->contains(field.path))
            continue;
        const auto it = edits.find(field.path);
        fields.push_back(reviewField(field, it == edits.end() ? std::vector<const records::Edit *>() : it->second));
    }
    return fields;
}

std::vector<ports::SamplePiece> samplePieces(const deid::Plan &plan)
{
    std::vector<ports::SamplePiece> pieces;
    for (std::size_t i = 0; i < plan.sample.size(); ++i) {
        const deid::SampleSentence &sentence = plan.sample[i];
        pieces.push_back({QLatin1String(kSamplePrefix) + QString::number(i), sentence.path, sentence.span,
                          sentence.seen});
    }
    return pieces;
}

Result<std::size_t> sampleIndex(const deid::Plan &plan, const QString &id)
{
    bool good = false;
    const std::size_t index = id.mid(QLatin1String(kSamplePrefix).size()).toULongLong(&good);
    if (!good || !id.startsWith(QLatin1String(kSamplePrefix)) || index >= plan.sample.size())
        return fail(ErrorCode::ReviewUnknownEdit, {{"edit", id.toStdString()}});
    return index;
}

std::string originalText(const records::Document &document, const records::Edit &edit)
{
    const auto it = std::find_if(document.fields.begin(), document.fields.end(),
                                 [&](const records::Field &field) { return field.path == edit.path; });
    if (it == document.fields.end())
        return {};
    const std::size_t begin = byteOffset(it->text, edit.span.begin);
    return it->text.substr(begin, byteOffset(it->text, edit.span.end) - begin);
}

bool isFieldRule(const records::Edit &edit)
{
    return edit.type == "FIELD" || edit.reason.starts_with("field.");
}

void sortEdits(std::vector<records::Edit> &edits, const records::Document &document)
{
    std::unordered_map<std::string_view, std::size_t> order;
    for (std::size_t i = 0; i < document.fields.size(); ++i)
        order.emplace(document.fields[i].path, i);
    const auto rank = [&](const records::Edit &edit) {
        const auto it = order.find(edit.path);
        return std::pair(it == order.end() ? order.size() : it->second, edit.span);
    };
    std::stable_sort(edits.begin(), edits.end(),
                     [&](const records::Edit &a, const records::Edit &b) { return rank(a) < rank(b); });
}

ports::ReviewCounts portCounts(const sharing::ReviewCount &count)
{
    return {static_cast<int>(count.edits), static_cast<int>(count.undecided), static_cast<int>(count.sample),
            static_cast<int>(count.sampleLeft)};
}

} // namespace amana::app
