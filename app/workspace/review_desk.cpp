// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/review_desk.h"

#include "app/workspace/review_fields.h"
#include "app/workspace/subject_names.h"

#include <algorithm>

namespace amana::app {

namespace {

constexpr std::size_t kOriginalsInMemory = 8;

ports::DraftState portState(sharing::DraftState state)
{
    switch (state) {
    case sharing::DraftState::Open:
        return ports::DraftState::Open;
    case sharing::DraftState::Finished:
        return ports::DraftState::Finished;
    case sharing::DraftState::Published:
        return ports::DraftState::Published;
    }
    return ports::DraftState::Open;
}

ports::ReviewDocumentRow rowOf(const store::DocumentEntry &entry, const QString &subject,
                               const sharing::ReviewCount &count)
{
    return {QString::fromStdString(entry.id), QString::fromStdString(entry.sourceName),
            QString::fromStdString(entry.format), subject, portCounts(count)};
}

} // namespace

Status ReviewDesk::mustBeOpen(const std::string &draftId)
{
    AMANA_TRY(const sharing::Draft draft, m_session.drafts().get(draftId));
    if (draft.state != sharing::DraftState::Open)
        return fail(ErrorCode::ReviewBadDecision, {{"place", sharing::draftStateName(draft.state)}});
    return {};
}

Result<std::shared_ptr<const records::Document>> ReviewDesk::original(const std::string &id)
{
    const auto known = std::find_if(m_originals.begin(), m_originals.end(),
                                    [&](const auto &document) { return document->id == id; });
    if (known != m_originals.end()) {
        m_originals.splice(m_originals.begin(), m_originals, known);
        return m_originals.front();
    }
    AMANA_TRY(records::Document document, m_session.library().document(id));
    m_originals.push_front(std::make_shared<const records::Document>(std::move(document)));
    if (m_originals.size() > kOriginalsInMemory)
        m_originals.pop_back();
    return m_originals.front();
}

Result<ReviewDesk::Opened> ReviewDesk::open(const std::string &draft, const std::string &document)
{
    Opened opened;
    AMANA_TRY(opened.plan, m_session.drafts().plan(draft, document));
    AMANA_TRY(opened.document, original(document));
    AMANA_TRY(opened.history, ReviewHistory::load(m_session.library(), draft, document));
    return opened;
}

Status ReviewDesk::knowTexts(const sharing::Draft &draft)
{
    SameText &texts = m_texts[draft.id];
    for (const std::string &id : draft.documents) {
        if (texts.has(id))
            continue;
        AMANA_TRY(const auto document, original(id));
        AMANA_TRY(const deid::Plan plan, m_session.drafts().plan(draft.id, id));
        texts.put(*document, plan);
    }
    return {};
}

Result<sharing::ReviewCount> ReviewDesk::countOfDraft(const sharing::Draft &draft)
{
    auto &counts = m_counts[draft.id];
    sharing::ReviewCount total;
    for (const std::string &id : draft.documents) {
        if (!counts.contains(id)) {
            AMANA_TRY(const deid::Plan plan, m_session.drafts().plan(draft.id, id));
            counts[id] = sharing::countOf(plan);
        }
        const sharing::ReviewCount &one = counts[id];
        total.edits += one.edits;
        total.undecided += one.undecided;
        total.sample += one.sample;
        total.sampleLeft += one.sampleLeft;
    }
    return total;
}

Result<ports::DraftRow> ReviewDesk::row(const sharing::Draft &draft)
{
    AMANA_TRY(const sharing::ReviewCount count, countOfDraft(draft));
    return ports::DraftRow{QString::fromStdString(draft.id),
                           QString::fromStdString(draft.title),
                           QString::fromStdString(draft.policy),
                           draft.created,
                           portState(draft.state),
                           static_cast<int>(draft.documents.size()),
                           portCounts(count)};
}

Result<std::vector<ports::DraftRow>> ReviewDesk::drafts()
{
    AMANA_TRY(const std::vector<sharing::Draft> drafts, m_session.drafts().list());
    const std::lock_guard lock(m_mutex);
    std::vector<ports::DraftRow> rows;
    for (const sharing::Draft &draft : drafts) {
        if (draft.state == sharing::DraftState::Open)
            m_counts.erase(draft.id); // somebody else may have decided meanwhile
        AMANA_TRY(ports::DraftRow one, row(draft));
        rows.push_back(std::move(one));
    }
    return rows;
}

Result<std::vector<ports::ReviewDocumentRow>> ReviewDesk::documents(const std::string &draftId)
{
    AMANA_TRY(const sharing::Draft draft, m_session.drafts().get(draftId));
    AMANA_TRY(const std::vector<store::DocumentEntry> entries, m_session.library().documents());
    AMANA_TRY(const auto names, subjectNames(m_session.library()));
    const std::lock_guard lock(m_mutex);
    AMANA_CHECK(countOfDraft(draft));
    const auto &counts = m_counts[draftId];
    std::vector<ports::ReviewDocumentRow> rows;
    for (const store::DocumentEntry &entry : entries) {
        const auto count = counts.find(entry.id);
        if (count == counts.end())
            continue;
        const auto name = names.find(entry.subject);
        rows.push_back(rowOf(entry, name == names.end() ? QString() : name->second, count->second));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
        return a.counts.undecided + a.counts.sampleLeft > b.counts.undecided + b.counts.sampleLeft;
    });
    return rows;
}

void ReviewDesk::fillSameText(const std::string &draft, const std::string &document,
                              std::vector<ports::ReviewField> &fields) const
{
    const auto texts = m_texts.find(draft);
    if (texts == m_texts.end())
        return;
    for (ports::ReviewField &field : fields)
        for (ports::ReviewSpan &span : field.spans)
            span.sameText = texts->second.count(document, span.edit.id);
}

Result<ports::ReviewDocument> ReviewDesk::document(const std::string &draftId, const std::string &id)
{
    AMANA_TRY(const sharing::Draft draft, m_session.drafts().get(draftId));
    AMANA_TRY(const std::vector<store::DocumentEntry> entries, m_session.library().documents());
    const std::lock_guard lock(m_mutex);
    AMANA_CHECK(knowTexts(draft));
    AMANA_TRY(const Opened opened, open(draftId, id));
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [&](const store::DocumentEntry &e) { return e.id == id; });
    if (entry == entries.end())
        return fail(ErrorCode::StoreNotFound, {{"id", id}});
    ports::ReviewDocument shown;
    shown.row = rowOf(*entry, subjectName(opened.document->subject), sharing::countOf(opened.plan));
    shown.fields = reviewFields(*opened.document, opened.plan);
    fillSameText(draftId, id, shown.fields);
    shown.sample = samplePieces(opened.plan);
    const bool open = draft.state == sharing::DraftState::Open;
    shown.canUndo = open && opened.history.canUndo();
    shown.canRedo = open && opened.history.canRedo();
    return shown;
}

Result<ports::DraftRow> ReviewDesk::finish(const std::string &draftId)
{
    sharing::Drafts drafts = m_session.drafts();
    AMANA_CHECK(drafts.finish(draftId));
    AMANA_CHECK(forgetUndo(m_session.library(), draftId));
    AMANA_TRY(const sharing::Draft draft, drafts.get(draftId));
    const std::lock_guard lock(m_mutex);
    return row(draft);
}

Status ReviewDesk::forgetUndo(store::Library &library, const std::string &draftId)
{
    AMANA_TRY(const sharing::Draft draft, m_session.drafts().get(draftId));
    for (const std::string &document : draft.documents)
        AMANA_CHECK(ReviewHistory::remove(library, draftId, document));
    return {};
}

} // namespace amana::app
