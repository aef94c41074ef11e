// SPDX-License-Identifier: GPL-3.0-or-later
// The building of the review pane's actions and widgets; what they do stands in review_pane.cpp.
#include "ui/review/review_pane.h"

#include "ui/review/review_text_view.h"
#include "ui/review/span_inspector.h"
#include "ui/review/span_list.h"
#include "ui/review/span_model.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QSplitter>
#include <QVBoxLayout>

namespace amana::ui {

void ReviewPane::makeActions()
{
    const auto make = [this](const QString &name, const QString &text, std::initializer_list<QKeySequence> keys,
                             const QString &iconName, auto slot) {
        QAction *action = addPaneAction(name, text, {}, iconName);
        action->setShortcuts(QList<QKeySequence>(keys));
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_accept = make(QStringLiteral("accept"), tr("Accept"), {Qt::Key_Return, Qt::Key_Enter}, QStringLiteral("check"),
                    [this] { acceptCurrent(); });
    m_reject = make(QStringLiteral("reject"), tr("Reject"), {Qt::Key_Backspace}, QStringLiteral("cross"),
                    [this] { decideCurrent(records::Decision::Rejected, false); });
    m_allSame = make(QStringLiteral("acceptSame"), tr("Accept all with this text"),
                     {Qt::SHIFT | Qt::Key_Return, Qt::SHIFT | Qt::Key_Enter}, QStringLiteral("check"),
                     [this] { decideCurrent(records::Decision::Accepted, true); });
    m_rejectSame = make(QStringLiteral("rejectSame"), tr("Reject all with this text"), {Qt::SHIFT | Qt::Key_Backspace},
                        QStringLiteral("cross"), [this] { decideCurrent(records::Decision::Rejected, true); });
    m_next = make(QStringLiteral("next"), tr("Next undecided"), {Qt::Key_J, Qt::Key_Down}, {},
                  [this] { goToWaiting(1); });
    m_previous = make(QStringLiteral("previous"), tr("Previous undecided"), {Qt::Key_K, Qt::Key_Up}, {},
                      [this] { goToWaiting(-1); });
    m_add = make(QStringLiteral("add"), tr("Mark the selected text"), {Qt::CTRL | Qt::Key_D}, QStringLiteral("hand"),
                 [this] { addSelection(); });
    const auto history = [this](bool redo) {
        ports::ReviewPort &port = ports().review;
        send({}, [&port, draft = m_draft, document = m_documentId, redo] {
            return redo ? port.redo(draft, document) : port.undo(draft, document);
        });
    };
    m_undo = make(QStringLiteral("undo"), tr("Undo"), {Qt::CTRL | Qt::Key_Z}, QStringLiteral("undo"),
                  [history] { history(false); });
    m_redo = make(QStringLiteral("redo"), tr("Redo"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Z}, QStringLiteral("redo"),
                  [history] { history(true); });
    m_nextDocument = make(QStringLiteral("nextDocument"), tr("Next document"), {Qt::CTRL | Qt::Key_Return}, {},
                          [this] { goToNextDocument(); });
    m_allFields = make(QStringLiteral("allFields"), tr("Show unchanged fields too"), {Qt::CTRL | Qt::Key_U}, {}, [this] {
        m_texts->setDocument(m_session.isOpen() ? &m_session.document() : nullptr, m_allFields->isChecked());
        showCurrent();
    });
    m_allFields->setCheckable(true);
    m_finish = make(QStringLiteral("finish"), tr("Finish review…"), {Qt::CTRL | Qt::Key_E}, QStringLiteral("sealed"),
                    [this] { finish(); });
    for (int i = 0; i < 9; ++i) {
        const QString type = SpanInspector::addTypes().at(i);
        make(QStringLiteral("type%1").arg(i + 1), tr("Add as: %1").arg(termText(QStringLiteral("type"), type)),
             {QKeySequence(Qt::Key_1 + i)}, {}, [this, i] { m_inspector->setAddType(i); });
    }
}

QWidget *ReviewPane::makePage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeHeader());
    auto *split = new QSplitter;
    split->addWidget(makeQueue());
    split->addWidget(makeTexts());
    split->addWidget(makeSide());
    split->setStretchFactor(1, 1);
    split->setSizes({200, 640, 290});
    split->setChildrenCollapsible(false);
    layout->addWidget(split, 1);
    layout->addWidget(hintLabel(tr("J or ↓ next · K or ↑ previous · Enter accept · Backspace reject · Shift+Enter all "
                                   "with this text · select and Ctrl+D add · Ctrl+Z undo")));
    return page;
}

QWidget *ReviewPane::makeHeader()
{
    auto *header = new QWidget;
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    m_draftBox = new QComboBox;
    m_draftBox->setAccessibleName(tr("Dataset under review"));
    m_draftBox->setMinimumContentsLength(22);
    m_draftBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_countLabel = new QLabel;
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setMaximumWidth(160);
    m_progress->setAccessibleName(tr("Review progress"));
    row->addWidget(m_draftBox);
    row->addWidget(m_progress);
    row->addWidget(m_countLabel, 1);
    row->addWidget(buttonFor(m_finish, QStringLiteral("primary")));
    connect(m_draftBox, &QComboBox::activated, this, [this] { openDraft(m_draftBox->currentData().toString()); });
    return header;
}

QWidget *ReviewPane::makeQueue()
{
    m_documents = new RowModel<ports::ReviewDocumentRow>(
        {{tr("Document"), [](const auto &r) { return r.name; }},
         {tr("Left"), [](const auto &r) { return QString::number(r.counts.undecided + r.counts.sampleLeft); },
          [](const auto &r) { return QVariant(r.counts.undecided + r.counts.sampleLeft); }, {}, true}},
        [](const auto &r) { return r.id; }, this);
    m_queue = new Table(tr("Documents to review"));
    m_queue->setSource(m_documents);
    m_queue->setWidths({0, 5});
    m_queue->setMinimumWidth(170);
    connect(m_queue, &Table::currentIdChanged, this, [this](const QString &id) { openDocument(id); });
    return m_queue;
}

QWidget *ReviewPane::makeTexts()
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    for (const auto &[column, text] : {std::pair(0, tr("Original")), std::pair(1, tr("Released"))}) {
        auto *label = new QLabel(text);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        grid->addWidget(label, 0, column);
        grid->setColumnStretch(column, 1);
    }
    m_texts = new ReviewTextView;
    m_texts->setAccessibleName(tr("Original and released text"));
    m_texts->setMinimumWidth(360);
    grid->addWidget(m_texts, 1, 0, 1, 2);
    grid->setRowStretch(1, 1);
    connect(m_texts, &ReviewTextView::selectionChanged, this,
            [this] { m_add->setEnabled(m_texts->selection().has_value()); });
    connect(m_texts, &ReviewTextView::markClicked, this, [this](const QString &id) {
        m_session.setCurrent(m_session.indexOf(id));
        showCurrent();
    });
    return box;
}

QWidget *ReviewPane::makeSide()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    m_spans = new SpanModel(m_session, this);
    m_list = new SpanList;
    m_list->setModel(m_spans);
    m_inspector = new SpanInspector;
    layout->addWidget(m_list, 1);
    layout->addWidget(m_inspector);
    auto *buttons = new QGridLayout;
    buttons->addWidget(buttonFor(m_accept, QStringLiteral("primary")), 0, 0);
    buttons->addWidget(buttonFor(m_reject), 0, 1);
    buttons->addWidget(buttonFor(m_allSame), 1, 0, 1, 2);
    buttons->addWidget(buttonFor(m_undo), 2, 0);
    buttons->addWidget(buttonFor(m_redo), 2, 1);
    layout->addLayout(buttons);
    side->setMinimumWidth(250);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_session.setCurrent(index.row());
        showCurrent();
    });
    return side;
}

} // namespace amana::ui
