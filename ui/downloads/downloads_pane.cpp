// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/downloads/downloads_pane.h"

#include "ui/downloads/steps_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QDesktopServices>
#include <QLabel>
#include <QStackedWidget>
#include <QUrl>

namespace amana::ui {

namespace {

StateWords wordsOf(const ports::DownloadRow &row)
{
    for (const ports::DownloadStep &step : row.steps) {
        if (step.state == ports::StepState::Failed)
            return {DownloadsPane::tr("Failed"), Tone::Danger, QStringLiteral("problem")};
        if (step.state == ports::StepState::Running)
            return {DownloadsPane::tr("Running"), Tone::Info, QStringLiteral("play")};
    }
    if (!row.folder.isEmpty())
        return {DownloadsPane::tr("Opened"), Tone::Ok, QStringLiteral("check")};
    if (!row.allowed)
        return {DownloadsPane::tr("Ended"), Tone::Pending, QStringLiteral("lock")};
    return {DownloadsPane::tr("Ready"), Tone::Info, QStringLiteral("downloads")};
}

} // namespace

DownloadsPane::DownloadsPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("downloads"), tr("Downloads"), QStringLiteral("downloads")}, context, parent),
      m_table(new Table(tr("Downloads"))), m_stack(new QStackedWidget)
{
    makeActions();
    makeModel();
    auto *toCatalogue = new QAction(tr("Go to the Catalogue"), this);
    connect(toCatalogue, &QAction::triggered, this, [this] { Q_EMIT goTo(QStringLiteral("catalogue"), {}); });
    m_stack->addWidget(new EmptyState(QStringLiteral("downloads"),
                                      tr("Nothing to download yet. When a request of yours is approved, its data can "
                                         "be fetched and opened here."),
                                      toCatalogue));
    m_stack->addWidget(sideBySide(m_table, makeDetail(), 620, 420));
    body()->addWidget(m_stack);
    connect(m_table, &Table::currentIdChanged, this, &DownloadsPane::showCurrent);
    for (auto signal : {&ports::Events::downloadsChanged, &ports::Events::requestsChanged})
        connect(&ports().events, signal, this, &Pane::reloadSoon);
    showCurrent();
}

QWidget *DownloadsPane::firstFocus()
{
    return m_table;
}

void DownloadsPane::open(const QString &request)
{
    m_wanted = request;
    reloadSoon();
}

void DownloadsPane::makeActions()
{
    m_start = addPaneAction(QStringLiteral("start"), tr("Download and open…"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                            QStringLiteral("downloads"));
    m_openFolder = addPaneAction(QStringLiteral("folder"), tr("Show the folder"), QKeySequence(Qt::CTRL | Qt::Key_O),
                                 QStringLiteral("folder"));
    connect(m_start, &QAction::triggered, this, [this] {
        const QString request = m_table->currentId();
        prompter().askFolder(this, tr("Folder for the opened files"), [this, request](const QString &folder) {
            whenDone<ports::JobId>(
                ports().downloads.start(request, folder), this, [this](const ports::JobId &) { reloadSoon(); },
                showFailure());
        });
    });
    connect(m_openFolder, &QAction::triggered, this, [this] {
        if (const ports::DownloadRow *row = m_model->find(m_table->currentId()))
            QDesktopServices::openUrl(QUrl::fromLocalFile(row->folder));
    });
}

void DownloadsPane::makeModel()
{
    m_model = new RowModel<ports::DownloadRow>(
        {{tr("Request"), [](const auto &r) { return r.request; },
          [](const auto &r) { return QVariant(r.request.toULongLong()); }, {}, true},
         {tr("Dataset"), [](const auto &r) { return datasetText(r.title, r.dataset); }},
         {tr("Until"), [](const auto &r) { return dateText(r.until); }, [](const auto &r) { return QVariant(r.until); }},
         {tr("State"), [](const auto &r) { return wordsOf(r).text; }, {}, wordsOf}},
        [](const auto &r) { return r.request; }, this);
    m_table->setSource(m_model);
    m_table->setWidths({8, 0, 12, 13});
}

QWidget *DownloadsPane::makeDetail()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(8, 0, 0, 0);
    auto *box = new SectionBox(tr("Access"));
    m_kind = box->addLine(tr("Kind"));
    m_until = box->addLine(tr("Until"));
    m_size = box->addLine(tr("Size"));
    m_folder = box->addLine(tr("Folder"));
    auto *steps = new SectionBox(tr("Steps"));
    m_steps = new StepsView;
    steps->addRow(m_steps);
    m_problem = new MessageBar;
    layout->addWidget(box);
    layout->addWidget(steps);
    layout->addWidget(m_problem);
    auto *row = new QHBoxLayout;
    row->addWidget(buttonFor(m_start, QStringLiteral("primary")));
    row->addWidget(buttonFor(m_openFolder));
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
    return side;
}

void DownloadsPane::reload()
{
    m_read.wait<std::vector<ports::DownloadRow>>(
        ports().downloads.rows(), this,
        [this](std::vector<ports::DownloadRow> rows) {
            m_stack->setCurrentIndex(rows.empty() ? 0 : 1);
            m_model->setRows(std::move(rows));
            if (!m_wanted.isEmpty())
                m_table->selectId(std::exchange(m_wanted, {}));
            m_table->selectFirst();
            showCurrent();
        },
        showFailure());
}

void DownloadsPane::showCurrent()
{
    const ports::DownloadRow *row = m_model->find(m_table->currentId());
    const bool running = row != nullptr && wordsOf(*row).tone == Tone::Info && !row->job.isEmpty();
    m_start->setEnabled(row != nullptr && !running);
    m_openFolder->setEnabled(row != nullptr && !row->folder.isEmpty());
    m_problem->clear();
    if (row == nullptr)
        return;
    m_kind->setText(breakAtSpaces(row->care ? tr("Care: with the true name and dates")
                                            : tr("Research: de-identified, without the true name and dates")));
    m_until->setText(tr("%1, end of that day").arg(dateText(row->until)));
    m_size->setText(row->bytes > 0 ? bytesText(row->bytes) : QStringLiteral("–"));
    m_folder->setText(row->folder.isEmpty() ? tr("Not opened yet") : row->folder);
    m_steps->show(row->steps);
    for (const ports::DownloadStep &step : row->steps) {
        if (step.error)
            m_problem->showError(*step.error);
    }
}

} // namespace amana::ui
