// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/review_desk.h"

#include "app/workspace/review_fields.h"

#include <algorithm>

namespace amana::app {

namespace {

records::Edit *findEdit(deid::Plan &plan, const std::string &id)
{
    const auto it = std::find_if(plan.edits.begin(), plan.edits.end(),
                                 [&](const records::Edit &edit) { return edit.id == id; });
    return it == plan.edits.end() ? nullptr : &*it;
}

/// What changed between two states of a plan: edits by id and content, sentences by position.
ReviewStep difference(const deid::Plan &before, const deid::Plan &after)
{
    std::map<std::string_view, const records::Edit *> old;
    for (const records::Edit &edit : before.edits)
        old.emplace(edit.id, &edit);
    ReviewStep step;
    for (const records::Edit &edit : after.edits) {
        const auto it = old.find(edit.id);
        if (it != old.end() && *it->second == edit) {
            old.erase(it);
            continue;
        }
        step.after.push_back(edit);
    }
    for (const records::Edit &edit : before.edits)
        if (old.contains(edit.id))
            step.before.push_back(edit);
    for (std::size_t i = 0; i < after.sample.size() && i < before.sample.size(); ++i)
        if (after.sample[i].seen && !before.sample[i].seen)
            step.seen.push_back(i);
    return step;
}

bool isNothing(const ReviewStep &step)
{
    return step.before.empty() && step.after.empty() && step.seen.empty();
}

/// Rejecting a hand-made mark takes it away, and brings back the marks that it covered.
Status decideOne(deid::Plan &plan, const ReviewHistory &history, const std::string &id, records::Decision decision)
{
    const records::Edit *edit = findEdit(plan, id);
    if (edit == nullptr || edit->decision != records::Decision::Added)
        return deid::decide(plan, id, decision);
    if (decision != records::Decision::Rejected)
        return {};
    std::erase_if(plan.edits, [&](const records::Edit &other) { return other.id == id; });
    const std::vector<records::Edit> covered = history.covered(id);
    plan.edits.insert(plan.edits.end(), covered.begin(), covered.end());
    return {};
}

Status checkDecision(records::Decision decision)
{
    if (decision == records::Decision::Accepted || decision == records::Decision::Rejected)
        return {};
    return fail(ErrorCode::ReviewBadDecision, {{"place", records::decisionName(decision)}});
}

} // namespace

/// The stack goes to disk before the plan: a crash in between leaves a step that changes nothing, never a
/// decision that cannot be taken back.
Result<ports::ReviewChange> ReviewDesk::store(const std::string &draftId, Opened &opened, const ReviewStep &step)
{
    sharing::Drafts drafts = m_session.drafts();
    const std::string &id = opened.plan.documentId;
    if (!isNothing(step)) {
        sortEdits(opened.plan.edits, *opened.document);
        AMANA_CHECK(opened.history.save(m_session.library()));
        AMANA_CHECK(drafts.savePlan(draftId, opened.plan));
        m_counts[draftId][id] = sharing::countOf(opened.plan);
    }
    AMANA_TRY(const sharing::Draft draft, drafts.get(draftId));
    AMANA_CHECK(knowTexts(draft));
    if (!isNothing(step))
        m_texts[draftId].put(*opened.document, opened.plan);
    AMANA_TRY(const sharing::ReviewCount total, countOfDraft(draft));
    std::set<std::string> paths;
    for (const auto *edits : {&step.before, &step.after})
        for (const records::Edit &edit : *edits)
            paths.insert(edit.path);
    ports::ReviewChange change;
    change.fields = reviewFields(*opened.document, opened.plan, &paths);
    fillSameText(draftId, id, change.fields);
    change.sample = samplePieces(opened.plan);
    change.document = portCounts(m_counts[draftId][id]);
    change.draft = portCounts(total);
    change.decided = static_cast<int>(std::max(step.before.size(), step.after.size()));
    change.canUndo = opened.history.canUndo();
    change.canRedo = opened.history.canRedo();
    return change;
}

Result<ports::ReviewChange> ReviewDesk::apply(const std::string &draft, const std::string &document,
                                              const Action &action)
{
    AMANA_CHECK(mustBeOpen(draft));
    AMANA_TRY(Opened opened, open(draft, document));
    const deid::Plan before = opened.plan;
    AMANA_CHECK(action(opened));
    ReviewStep step = difference(before, opened.plan);
    if (!isNothing(step))
        opened.history.push(step);
    return store(draft, opened, step);
}

Result<ports::ReviewChange> ReviewDesk::travel(const std::string &draft, const std::string &document, bool back)
{
    AMANA_CHECK(mustBeOpen(draft));
    AMANA_TRY(Opened opened, open(draft, document));
    ReviewStep step;
    // Past the end of the stack nothing changes; a key that is held down is no error.
    if (!(back ? opened.history.undo(opened.plan, &step) : opened.history.redo(opened.plan, &step)))
        step = {};
    return store(draft, opened, step);
}

Result<ports::ReviewChange> ReviewDesk::decide(const std::string &draft, const std::string &document,
                                               const std::vector<std::string> &edits, records::Decision decision)
{
    AMANA_CHECK(checkDecision(decision));
    const std::lock_guard lock(m_mutex);
    return apply(draft, document, [&](Opened &opened) -> Status {
        for (const std::string &edit : edits)
            AMANA_CHECK(decideOne(opened.plan, opened.history, edit, decision));
        return {};
    });
}

Result<ports::ReviewChange> ReviewDesk::decideSameText(const std::string &draftId, const std::string &document,
                                                       const std::string &edit, records::Decision decision)
{
    AMANA_CHECK(checkDecision(decision));
    const std::lock_guard lock(m_mutex);
    AMANA_CHECK(mustBeOpen(draftId));
    AMANA_TRY(const sharing::Draft draft, m_session.drafts().get(draftId));
    AMANA_CHECK(knowTexts(draft));
    const auto peers = m_texts[draftId].peers(document, edit);
    if (peers.empty())
        return fail(ErrorCode::ReviewUnknownEdit, {{"edit", edit}});
    int decided = 0;
    int others = 0;
    const auto decideIn = [&](const std::string &id, const std::vector<std::string> &edits) {
        return apply(draftId, id, [&](Opened &opened) -> Status {
            for (const std::string &one : edits)
                AMANA_CHECK(decideOne(opened.plan, opened.history, one, decision));
            return {};
        });
    };
    for (const auto &[id, edits] : peers) {
        if (id == document)
            continue;
        AMANA_TRY(const ports::ReviewChange change, decideIn(id, edits));
        decided += change.decided;
        others += change.decided > 0;
    }
    AMANA_TRY(ports::ReviewChange change, decideIn(document, peers.at(document)));
    change.decided += decided;
    change.otherDocuments = others;
    return change;
}

Result<ports::ReviewChange> ReviewDesk::addSpan(const std::string &draft, const std::string &document,
                                                const std::string &path, records::Span span, const std::string &type)
{
    const std::lock_guard lock(m_mutex);
    return apply(draft, document, [&](Opened &opened) -> Status {
        sharing::Drafts drafts = m_session.drafts();
        AMANA_TRY(deid::SurrogateMap map, drafts.surrogates(draft));
        const deid::Plan before = opened.plan;
        AMANA_TRY(const std::string id, deid::addEdit(opened.plan, *opened.document, map, path, span, type));
        AMANA_CHECK(drafts.saveSurrogates(draft, map));
        opened.history.keepCovered(id, difference(before, opened.plan).before);
        return {};
    });
}

Result<ports::ReviewChange> ReviewDesk::undo(const std::string &draft, const std::string &document)
{
    const std::lock_guard lock(m_mutex);
    return travel(draft, document, true);
}

Result<ports::ReviewChange> ReviewDesk::redo(const std::string &draft, const std::string &document)
{
    const std::lock_guard lock(m_mutex);
    return travel(draft, document, false);
}

Result<ports::ReviewChange> ReviewDesk::confirmSample(const std::string &draft, const std::string &document,
                                                      const QStringList &pieces)
{
    const std::lock_guard lock(m_mutex);
    return apply(draft, document, [&](Opened &opened) -> Status {
        for (const QString &piece : pieces) {
            AMANA_TRY(const std::size_t index, sampleIndex(opened.plan, piece));
            opened.plan.sample[index].seen = true;
        }
        return {};
    });
}

} // namespace amana::app
