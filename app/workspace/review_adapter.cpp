// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/review_adapter.h"

#include "app/workspace/seat.h"
#include "app/workspace/values.h"

namespace amana::app {

/// A decision, and the word to the window when it changed something.
template <class Work>
ports::Future<ports::ReviewChange> ReviewAdapter::change(const QString &draft, Work work)
{
    return m_hub.onSeat(m_hub.reviewing(), [draft, work](Seat &seat) -> Result<ports::ReviewChange> {
        auto changed = work(seat.review(), draft.toStdString());
        if (changed)
            Q_EMIT seat.hub().events().reviewChanged(draft);
        return changed;
    });
}

ports::Future<std::vector<ports::DraftRow>> ReviewAdapter::drafts()
{
    return m_hub.onSeat(m_hub.reviewing(), [](Seat &seat) { return seat.review().drafts(); });
}

ports::Future<std::vector<ports::ReviewDocumentRow>> ReviewAdapter::documents(const QString &draft)
{
    return m_hub.onSeat(m_hub.reviewing(),
                        [id = draft.toStdString()](Seat &seat) { return seat.review().documents(id); });
}

ports::Future<ports::ReviewDocument> ReviewAdapter::document(const QString &draft, const QString &document)
{
    return m_hub.onSeat(m_hub.reviewing(), [id = draft.toStdString(), document = document.toStdString()](Seat &seat) {
        return seat.review().document(id, document);
    });
}

ports::Future<ports::ReviewChange> ReviewAdapter::decide(const QString &draft, const QString &document,
                                                         const QStringList &edits, records::Decision decision)
{
    return change(draft, [document = document.toStdString(), edits = toStrings(edits),
                          decision](ReviewDesk &desk, const std::string &id) {
        return desk.decide(id, document, edits, decision);
    });
}

ports::Future<ports::ReviewChange> ReviewAdapter::decideSameText(const QString &draft, const QString &document,
                                                                 const QString &edit, records::Decision decision)
{
    return change(draft, [document = document.toStdString(), edit = edit.toStdString(),
                          decision](ReviewDesk &desk, const std::string &id) {
        return desk.decideSameText(id, document, edit, decision);
    });
}

ports::Future<ports::ReviewChange> ReviewAdapter::addSpan(const QString &draft, const QString &document,
                                                          const std::string &path, records::Span span,
                                                          const std::string &type)
{
    return change(draft, [document = document.toStdString(), path, span, type](ReviewDesk &desk,
                                                                               const std::string &id) {
        return desk.addSpan(id, document, path, span, type);
    });
}

ports::Future<ports::ReviewChange> ReviewAdapter::undo(const QString &draft, const QString &document)
{
    return change(draft, [document = document.toStdString()](ReviewDesk &desk, const std::string &id) {
        return desk.undo(id, document);
    });
}

ports::Future<ports::ReviewChange> ReviewAdapter::redo(const QString &draft, const QString &document)
{
    return change(draft, [document = document.toStdString()](ReviewDesk &desk, const std::string &id) {
        return desk.redo(id, document);
    });
}

ports::Future<ports::ReviewChange> ReviewAdapter::confirmSample(const QString &draft, const QString &document,
                                                                const QStringList &pieces)
{
    return change(draft, [document = document.toStdString(), pieces](ReviewDesk &desk, const std::string &id) {
        return desk.confirmSample(id, document, pieces);
    });
}

ports::Future<ports::DraftRow> ReviewAdapter::finish(const QString &draft)
{
    return m_hub.onSeat(m_hub.reviewing(), [id = draft.toStdString()](Seat &seat) {
        auto row = seat.review().finish(id);
        if (row) {
            Q_EMIT seat.hub().events().draftsChanged();
            Q_EMIT seat.hub().events().libraryChanged();
        }
        return row;
    });
}

} // namespace amana::app
