// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/memory_review.h"

#include "core/base/utf8.h"
#include "ui/memory_ports.h"

#include <algorithm>

namespace amana::test {

namespace {

std::string textOf(const MemoryReview::Field &field, const records::Edit &edit)
{
    const std::u32string text = decodeUtf8(field.field.text);
    return encodeUtf8(std::u32string_view(text).substr(edit.span.begin, edit.span.length()));
}

bool released(records::Decision decision)
{
    return decision != records::Decision::Rejected;
}

ports::ReviewField applied(const MemoryReview::Field &source)
{
    ports::ReviewField field;
    field.path = source.field.path;
    field.element = source.field.element;
    field.kind = source.field.kind;
    field.original = source.field.text;
    const std::u32string text = decodeUtf8(source.field.text);
    std::u32string out;
    std::size_t at = 0;
    for (const records::Edit &edit : source.edits) {
        out += text.substr(at, edit.span.begin - at);
        const std::u32string put =
            released(edit.decision) ? decodeUtf8(edit.replacement) : text.substr(edit.span.begin, edit.span.length());
        field.spans.push_back({edit, {out.size(), out.size() + put.size()}, 1});
        field.removed = field.removed || (edit.action == records::EditAction::Remove && released(edit.decision));
        out += put;
        at = edit.span.end;
    }
    field.released = encodeUtf8(out + text.substr(at));
    return field;
}

} // namespace

MemoryReview::Draft &MemoryReview::add(const QString &id, const QString &title)
{
    Draft draft;
    draft.row.id = id;
    draft.row.title = title;
    draft.row.policy = QStringLiteral("longitudinal");
    draft.row.created = QDateTime::currentDateTimeUtc();
    all.push_back(std::move(draft));
    return all.back();
}

MemoryReview::Field MemoryReview::note(const std::string &path, const std::string &text)
{
    Field field;
    field.field = {path, records::FieldKind::FreeText, text, "DocumentReference.content.attachment.data"};
    return field;
}

void MemoryReview::mark(Field &field, const std::string &what, const std::string &replacement, const std::string &type,
                        double confidence, records::Decision decision, const std::string &reason)
{
    const std::size_t byte = field.field.text.find(what);
    if (byte == std::string::npos)
        return;
    records::Edit edit;
    edit.id = field.field.path + "#" + std::to_string(byte);
    edit.path = field.field.path;
    edit.span.begin = codePointCount(field.field.text.substr(0, byte));
    edit.span.end = edit.span.begin + codePointCount(what);
    edit.replacement = replacement;
    edit.type = type;
    edit.reason = reason;
    edit.confidence = confidence;
    edit.decision = decision;
    field.edits.push_back(edit);
    std::sort(field.edits.begin(), field.edits.end(),
              [](const records::Edit &a, const records::Edit &b) { return a.span < b.span; });
}

MemoryReview::Document &MemoryReview::find(const QString &draft, const QString &document)
{
    for (Draft &candidate : all) {
        if (candidate.row.id != draft)
            continue;
        for (Document &found : candidate.documents) {
            if (found.id == document)
                return found;
        }
    }
    qFatal("the test asks for a document that does not exist");
}

ports::ReviewCounts MemoryReview::counts(const Document &document) const
{
    ports::ReviewCounts counts;
    for (const Field &field : document.state.fields) {
        counts.edits += int(field.edits.size());
        counts.undecided += int(std::count_if(field.edits.begin(), field.edits.end(), [](const records::Edit &e) {
            return e.decision == records::Decision::Proposed;
        }));
    }
    counts.sample = int(document.state.sample.size());
    counts.sampleLeft = int(std::count_if(document.state.sample.begin(), document.state.sample.end(),
                                          [](const ports::SamplePiece &p) { return !p.confirmed; }));
    return counts;
}

ports::ReviewCounts MemoryReview::counts(const Draft &draft) const
{
    ports::ReviewCounts sum;
    for (const Document &document : draft.documents) {
        const ports::ReviewCounts one = counts(document);
        sum.edits += one.edits;
        sum.undecided += one.undecided;
        sum.sample += one.sample;
        sum.sampleLeft += one.sampleLeft;
    }
    return sum;
}

ports::ReviewDocument MemoryReview::view(const Document &document) const
{
    ports::ReviewDocument view;
    view.row = {document.id, document.name, QStringLiteral("fhir.bundle"), document.subject, counts(document)};
    for (const Field &field : document.state.fields)
        view.fields.push_back(applied(field));
    view.sample = document.state.sample;
    view.canUndo = !document.past.empty();
    view.canRedo = !document.future.empty();
    return view;
}

ports::Future<std::vector<ports::DraftRow>> MemoryReview::drafts()
{
    std::vector<ports::DraftRow> rows;
    for (Draft &draft : all) {
        draft.row.counts = counts(draft);
        draft.row.documents = int(draft.documents.size());
        rows.push_back(draft.row);
    }
    return ready(std::move(rows));
}

ports::Future<std::vector<ports::ReviewDocumentRow>> MemoryReview::documents(const QString &draft)
{
    std::vector<ports::ReviewDocumentRow> rows;
    for (const Draft &candidate : all) {
        if (candidate.row.id == draft) {
            for (const Document &document : candidate.documents)
                rows.push_back(view(document).row);
        }
    }
    return ready(std::move(rows));
}

ports::Future<ports::ReviewDocument> MemoryReview::document(const QString &draft, const QString &document)
{
    return ready(view(find(draft, document)));
}

ports::Future<ports::ReviewChange> MemoryReview::changed(const QString &draft, Document &document, int decided, int others)
{
    const ports::ReviewDocument now = view(document);
    ports::ReviewChange change{now.fields, now.sample, now.row.counts, {}, decided, others, now.canUndo, now.canRedo};
    for (const Draft &candidate : all) {
        if (candidate.row.id == draft)
            change.draft = counts(candidate);
    }
    Q_EMIT events.reviewChanged(draft);
    return ready(std::move(change));
}

ports::Future<ports::ReviewChange> MemoryReview::decide(const QString &draft, const QString &document,
                                                        const QStringList &edits, records::Decision decision)
{
    if (std::exchange(refuseNext, false))
        return refused<ports::ReviewChange>(ErrorCode::ReviewBadDecision);
    Document &target = find(draft, document);
    target.past.push_back(target.state);
    target.future.clear();
    int decided = 0;
    for (Field &field : target.state.fields) {
        std::erase_if(field.edits, [&](records::Edit &edit) {
            if (!edits.contains(QString::fromStdString(edit.id)))
                return false;
            ++decided;
            if (edit.decision == records::Decision::Added)
                return decision == records::Decision::Rejected;
            edit.decision = decision;
            return false;
        });
    }
    return changed(draft, target, decided, 0);
}

ports::Future<ports::ReviewChange> MemoryReview::decideSameText(const QString &draft, const QString &document,
                                                                const QString &edit, records::Decision decision)
{
    std::string wanted;
    for (const Field &field : find(draft, document).state.fields) {
        for (const records::Edit &candidate : field.edits) {
            if (QString::fromStdString(candidate.id) == edit)
                wanted = textOf(field, candidate);
        }
    }
    int decided = 0;
    int others = 0;
    for (Draft &candidate : all) {
        for (Document &target : candidate.documents) {
            if (candidate.row.id != draft)
                continue;
            const State before = target.state;
            int here = 0;
            for (Field &field : target.state.fields) {
                for (records::Edit &other : field.edits) {
                    if (textOf(field, other) == wanted) {
                        other.decision = decision;
                        ++here;
                    }
                }
            }
            if (here > 0) {
                target.past.push_back(before);
                target.future.clear();
                others += target.id == document ? 0 : 1;
            }
            decided += here;
        }
    }
    return changed(draft, find(draft, document), decided, others);
}

ports::Future<ports::ReviewChange> MemoryReview::addSpan(const QString &draft, const QString &document,
                                                         const std::string &path, records::Span span,
                                                         const std::string &type)
{
    Document &target = find(draft, document);
    target.past.push_back(target.state);
    target.future.clear();
    for (Field &field : target.state.fields) {
        if (field.field.path != path)
            continue;
        records::Edit edit;
        edit.id = "hand" + std::to_string(nextId++);
        edit.path = path;
        edit.span = span;
        edit.replacement = "[" + type + "]";
        edit.type = type;
        edit.reason = "person";
        edit.decision = records::Decision::Added;
        field.edits.push_back(edit);
        std::sort(field.edits.begin(), field.edits.end(),
                  [](const records::Edit &a, const records::Edit &b) { return a.span < b.span; });
    }
    return changed(draft, target, 1, 0);
}

ports::Future<ports::ReviewChange> MemoryReview::undo(const QString &draft, const QString &document)
{
    Document &target = find(draft, document);
    if (target.past.empty())
        return refused<ports::ReviewChange>(ErrorCode::ReviewBadDecision);
    target.future.push_back(std::exchange(target.state, target.past.back()));
    target.past.pop_back();
    return changed(draft, target, 0, 0);
}

ports::Future<ports::ReviewChange> MemoryReview::redo(const QString &draft, const QString &document)
{
    Document &target = find(draft, document);
    if (target.future.empty())
        return refused<ports::ReviewChange>(ErrorCode::ReviewBadDecision);
    target.past.push_back(std::exchange(target.state, target.future.back()));
    target.future.pop_back();
    return changed(draft, target, 0, 0);
}

ports::Future<ports::ReviewChange> MemoryReview::confirmSample(const QString &draft, const QString &document,
                                                               const QStringList &pieces)
{
    Document &target = find(draft, document);
    target.past.push_back(target.state);
    for (ports::SamplePiece &piece : target.state.sample)
        piece.confirmed = piece.confirmed || pieces.contains(piece.id);
    return changed(draft, target, 0, 0);
}

ports::Future<ports::DraftRow> MemoryReview::finish(const QString &draft)
{
    for (Draft &candidate : all) {
        if (candidate.row.id != draft)
            continue;
        candidate.row.counts = counts(candidate);
        if (candidate.row.counts.undecided + candidate.row.counts.sampleLeft > 0)
            return refused<ports::DraftRow>(ErrorCode::ReviewUndecided);
        candidate.row.state = ports::DraftState::Finished;
        Q_EMIT events.draftsChanged();
        return ready(candidate.row);
    }
    return refused<ports::DraftRow>(ErrorCode::StoreNotFound);
}

} // namespace amana::test
