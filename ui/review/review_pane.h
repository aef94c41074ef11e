// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/review_session.h"
#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

#include <deque>

class QComboBox;
class QLabel;
class QProgressBar;
class QStackedWidget;

namespace amana::ui {

class ReviewTextView;
class SpanInspector;
class SpanList;
class SpanModel;
class Table;

/// Decides proposed edits by keyboard; see README.md of this folder.
class ReviewPane final : public Pane {
    Q_OBJECT
public:
    explicit ReviewPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    [[nodiscard]] QList<QWidget *> focusStops() override;
    void open(const QString &draft) override;

    [[nodiscard]] const ReviewSession &session() const { return m_session; }

protected:
    void reload() override;

private:
    using Command = std::function<ports::Future<ports::ReviewChange>()>;

    void makeActions();
    QWidget *makePage();
    QWidget *makeHeader();
    QWidget *makeQueue();
    QWidget *makeTexts();
    QWidget *makeSide();

    void showDrafts(std::vector<ports::DraftRow> drafts);
    void openDraft(const QString &draft);
    void loadDocuments(bool thenOpenFirst);
    void openDocument(const QString &document);
    void showDocument(ports::ReviewDocument document);
    void closeDocument();
    void showCurrent();
    void showCounts();
    void goToWaiting(int step);
    void goToNextDocument();

    void acceptCurrent();
    void decideCurrent(records::Decision decision, bool allWithText);
    void confirmCurrentSample();
    void addSelection();
    void finish();
    /// Commands run one after the other, so that answers arrive in order. `id` is not offered again meanwhile.
    void send(const QString &id, Command command);
    void sendNext();
    void applied(const ports::ReviewChange &change);

    ReviewSession m_session;
    QString m_draft;
    QString m_documentId;
    std::vector<ports::DraftRow> m_drafts;
    std::deque<std::pair<QString, Command>> m_commands;
    bool m_sending = false;
    Latest m_draftsRead, m_documentsRead, m_documentRead;

    RowModel<ports::ReviewDocumentRow> *m_documents;
    SpanModel *m_spans;
    QStackedWidget *m_stack;
    QComboBox *m_draftBox;
    QLabel *m_countLabel;
    QProgressBar *m_progress;
    Table *m_queue;
    ReviewTextView *m_texts;
    SpanList *m_list;
    SpanInspector *m_inspector;
    QAction *m_accept, *m_reject, *m_allSame, *m_rejectSame, *m_add, *m_undo, *m_redo, *m_next, *m_previous;
    QAction *m_nextDocument, *m_allFields, *m_finish;
};

} // namespace amana::ui
