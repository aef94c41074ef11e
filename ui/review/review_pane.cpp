// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_pane.h"

#include "ui/review/review_text_view.h"
#include "ui/review/span_inspector.h"
#include "ui/review/span_list.h"
#include "ui/review/span_model.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace amana::ui {

ReviewPane::ReviewPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("review"), tr("Review"), QStringLiteral("review"), true}, context, parent)
{
    makeActions();
    auto *toLibrary = new QAction(tr("Choose records in the Library"), this);
    connect(toLibrary, &QAction::triggered, this, [this] { Q_EMIT goTo(QStringLiteral("library"), {}); });
    m_stack = new QStackedWidget;
    m_stack->addWidget(new EmptyState(
        QStringLiteral("review"),
        tr("Nothing waits for review. Choose records in the Library and de-identify them; what the program "
           "proposes then appears here, for you to decide."),
        toLibrary));
    m_stack->addWidget(makePage());
    body()->addWidget(m_stack);
    connect(&ports().events, &ports::Events::draftsChanged, this, &Pane::reloadSoon);
    connect(&ports().events, &ports::Events::reviewChanged, this, &Pane::reloadSoon);
    showCounts();
}

QWidget *ReviewPane::firstFocus()
{
    return m_stack->currentIndex() == 0 ? static_cast<QWidget *>(this) : m_texts;
}

QList<QWidget *> ReviewPane::focusStops()
{
    return m_stack->currentIndex() == 0 ? QList<QWidget *>{this} : QList<QWidget *>{m_queue, m_texts, m_list};
}

void ReviewPane::open(const QString &draft)
{
    if (draft.isEmpty() || draft == m_draft)
        return;
    m_draft = draft;
    m_documentId.clear();
    closeDocument();
    reloadSoon();
}

void ReviewPane::reload()
{
    m_draftsRead.wait<std::vector<ports::DraftRow>>(
        ports().review.drafts(), this, [this](std::vector<ports::DraftRow> drafts) { showDrafts(std::move(drafts)); },
        showFailure());
}

void ReviewPane::showDrafts(std::vector<ports::DraftRow> drafts)
{
    std::erase_if(drafts, [](const ports::DraftRow &d) { return d.state != ports::DraftState::Open; });
    m_drafts = std::move(drafts);
    const auto waiting = std::count_if(m_drafts.begin(), m_drafts.end(), [](const ports::DraftRow &d) {
        return d.counts.undecided > 0 || d.counts.sampleLeft > 0;
    });
    setBadge(int(waiting));
    const bool known = std::any_of(m_drafts.begin(), m_drafts.end(), [this](const auto &d) { return d.id == m_draft; });
    const QSignalBlocker quiet(m_draftBox);
    m_draftBox->clear();
    for (const ports::DraftRow &draft : m_drafts)
        m_draftBox->addItem(draft.title, draft.id);
    m_stack->setCurrentIndex(m_drafts.empty() ? 0 : 1);
    if (m_drafts.empty()) {
        m_draft.clear();
        closeDocument();
    } else if (!known) {
        openDraft(m_drafts.front().id);
    } else {
        m_draftBox->setCurrentIndex(m_draftBox->findData(m_draft));
        loadDocuments(!m_session.isOpen());
    }
    showCounts();
}

void ReviewPane::openDraft(const QString &draft)
{
    m_draft = draft;
    m_documentId.clear();
    closeDocument();
    const QSignalBlocker quiet(m_draftBox);
    m_draftBox->setCurrentIndex(m_draftBox->findData(draft));
    loadDocuments(true);
}

void ReviewPane::loadDocuments(bool thenOpenFirst)
{
    m_documentsRead.wait<std::vector<ports::ReviewDocumentRow>>(
        ports().review.documents(m_draft), this,
        [this, thenOpenFirst](std::vector<ports::ReviewDocumentRow> rows) {
            const QString first = rows.empty() ? QString() : rows.front().id;
            m_documents->setRows(std::move(rows));
            if (thenOpenFirst && !first.isEmpty())
                openDocument(first);
        },
        showFailure());
}

void ReviewPane::openDocument(const QString &document)
{
    if (document.isEmpty() || (document == m_documentId && m_session.isOpen()))
        return;
    m_documentId = document;
    m_documentRead.wait<ports::ReviewDocument>(
        ports().review.document(m_draft, document), this,
        [this](ports::ReviewDocument loaded) { showDocument(std::move(loaded)); }, showFailure());
}

void ReviewPane::showDocument(ports::ReviewDocument document)
{
    m_session.open(std::move(document));
    m_texts->setDocument(&m_session.document(), m_allFields->isChecked());
    m_spans->refresh();
    {
        const QSignalBlocker quiet(m_queue);
        m_queue->selectId(m_documentId);
    }
    showCurrent();
}

/// Whatever shows the document lets go of it first: they may be painted before another one is there.
void ReviewPane::closeDocument()
{
    m_texts->setDocument(nullptr, false);
    m_session.close();
    m_spans->refresh();
}

void ReviewPane::showCurrent()
{
    const ReviewItem *item = m_session.currentItem();
    m_inspector->show(m_session);
    if (item != nullptr) {
        const QModelIndex index = m_spans->index(m_session.current());
        m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        m_list->scrollTo(index);
        m_texts->setCurrent(item->id, item->field);
        m_texts->setAccessibleDescription(index.data(Qt::AccessibleTextRole).toString());
    }
    showCounts();
}

void ReviewPane::showCounts()
{
    const auto draft = std::find_if(m_drafts.begin(), m_drafts.end(), [this](const auto &d) { return d.id == m_draft; });
    const bool any = draft != m_drafts.end();
    const ports::ReviewCounts counts = any ? draft->counts : ports::ReviewCounts{};
    const ReviewItem *item = m_session.currentItem();
    const bool span = item != nullptr && !item->isSample();
    const int decided = counts.edits - counts.undecided;
    m_countLabel->setText(counts.sample > 0
        ? tr("%1 of %2 decided · %3 of %4 samples seen").arg(decided).arg(counts.edits)
              .arg(counts.sample - counts.sampleLeft).arg(counts.sample)
        : tr("%1 of %2 decided · not sampled").arg(decided).arg(counts.edits));
    m_progress->setRange(0, std::max(1, counts.edits + counts.sample));
    m_progress->setValue(decided + counts.sample - counts.sampleLeft);
    m_finish->setEnabled(any && counts.undecided == 0 && counts.sampleLeft == 0 && m_commands.empty());
    m_accept->setEnabled(item != nullptr);
    m_accept->setText(item != nullptr && item->isSample() ? tr("Nothing to mark") : tr("Accept"));
    m_reject->setEnabled(span);
    m_allSame->setEnabled(span);
    m_rejectSame->setEnabled(span);
    m_add->setEnabled(m_texts->selection().has_value());
    m_undo->setEnabled(m_session.isOpen() && m_session.document().canUndo);
    m_redo->setEnabled(m_session.isOpen() && m_session.document().canRedo);
}

void ReviewPane::goToWaiting(int step)
{
    const int next = m_session.nextWaiting(step);
    if (next >= 0) {
        m_session.setCurrent(next);
        showCurrent();
    } else {
        goToNextDocument();
    }
}

void ReviewPane::goToNextDocument()
{
    for (const ports::ReviewDocumentRow &row : m_documents->rows()) {
        if (row.id != m_documentId && (row.counts.undecided > 0 || row.counts.sampleLeft > 0)) {
            openDocument(row.id);
            return;
        }
    }
    showCounts();
}

void ReviewPane::acceptCurrent()
{
    const ReviewItem *item = m_session.currentItem();
    if (item == nullptr)
        return;
    if (item->isSample())
        confirmCurrentSample();
    else
        decideCurrent(records::Decision::Accepted, false);
}

void ReviewPane::decideCurrent(records::Decision decision, bool allWithText)
{
    const ReviewItem *item = m_session.currentItem();
    if (item == nullptr || item->isSample())
        return;
    const QString edit = item->id;
    ports::ReviewPort &port = ports().review;
    send(edit, [&port, draft = m_draft, document = m_documentId, edit, decision, allWithText] {
        return allWithText ? port.decideSameText(draft, document, edit, decision)
                           : port.decide(draft, document, {edit}, decision);
    });
    goToWaiting(1);
}

void ReviewPane::confirmCurrentSample()
{
    const QString piece = m_session.currentItem()->id;
    ports::ReviewPort &port = ports().review;
    send(piece, [&port, draft = m_draft, document = m_documentId, piece] {
        return port.confirmSample(draft, document, {piece});
    });
    goToWaiting(1);
}

void ReviewPane::addSelection()
{
    const auto selected = m_texts->selection();
    if (!selected)
        return;
    ports::ReviewPort &port = ports().review;
    send({}, [&port, draft = m_draft, document = m_documentId, selected = *selected,
              type = m_inspector->addType().toStdString()] {
        return port.addSpan(draft, document, selected.path, selected.span, type);
    });
    m_texts->clearSelection();
}

void ReviewPane::send(const QString &id, Command command)
{
    if (!id.isEmpty())
        m_session.setUnderWay(id, true);
    m_commands.emplace_back(id, std::move(command));
    if (!m_sending)
        sendNext();
}

void ReviewPane::sendNext()
{
    if (m_commands.empty()) {
        m_sending = false;
        showCounts();
        return;
    }
    m_sending = true;
    auto [id, command] = std::move(m_commands.front());
    m_commands.pop_front();
    const QString document = m_documentId;
    whenDone<ports::ReviewChange>(
        command(), this,
        [this, id = id, document](const ports::ReviewChange &change) {
            m_session.setUnderWay(id, false);
            if (document == m_documentId && m_session.isOpen())
                applied(change);
            sendNext();
        },
        [this, id = id](const Error &error) {
            m_session.setUnderWay(id, false);
            messages().showError(error);
            sendNext();
        });
}

void ReviewPane::applied(const ports::ReviewChange &change)
{
    const int again = m_session.apply(change);
    if (again >= 0) // an undo: show what waits again
        m_session.setCurrent(again);
    for (ports::DraftRow &draft : m_drafts) {
        if (draft.id == m_draft)
            draft.counts = change.draft;
    }
    m_texts->refresh();
    m_spans->refresh();
    if (change.otherDocuments > 0) {
        messages().showMessage(
            tr("%n mark(s) decided, also in other documents.", nullptr, change.decided), Tone::Info);
    }
    showCurrent();
}

void ReviewPane::finish()
{
    const QString draft = m_draft;
    prompter().confirm(
        this,
        {tr("Finish review"),
         tr("You confirm that you have seen what is removed and how. After this there is no undo for this dataset; "
            "the originals stay as they are."),
         tr("Finish review"), false},
        [this, draft] {
            whenDone<ports::DraftRow>(
                ports().review.finish(draft), this,
                [this](const ports::DraftRow &row) {
                    messages().showMessage(tr("Review finished. The dataset can be published now."));
                    m_draft.clear();
                    closeDocument();
                    reloadSoon();
                    Q_EMIT goTo(QStringLiteral("publish"), row.id);
                },
                showFailure());
        });
}

} // namespace amana::ui
