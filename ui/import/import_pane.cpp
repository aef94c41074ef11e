// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/import/import_pane.h"

#include "ui/import/drop_zone.h"
#include "ui/jobs/job_text.h"
#include "ui/text/text_catalogue.h"
#include "ui/theme/icon.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QLabel>
#include <QProgressBar>

namespace amana::ui {

ImportPane::ImportPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("import"), tr("Import"), QStringLiteral("import")}, context, parent)
{
    makeActions();
    auto *zone = new DropZone(makeSource());
    connect(zone, &DropZone::dropped, this, &ImportPane::importPaths);
    body()->addWidget(zone, 2);
    body()->addWidget(makeResult(), 3);
    body()->addStretch(0);
    connect(&ports().events, &ports::Events::jobChanged, this, [this](const QString &job) {
        if (job == m_job)
            reloadSoon();
    });
}

QWidget *ImportPane::firstFocus()
{
    return m_filesButton;
}

void ImportPane::makeActions()
{
    m_files = addPaneAction(QStringLiteral("files"), tr("Files…"), QKeySequence(Qt::CTRL | Qt::Key_O),
                            QStringLiteral("file"));
    m_folder = addPaneAction(QStringLiteral("folder"), tr("Folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
                             QStringLiteral("folder"));
    m_sample = addPaneAction(QStringLiteral("sample"), tr("Try the sample"), QKeySequence(Qt::CTRL | Qt::Key_T),
                             QStringLiteral("sample"));
    m_library = addPaneAction(QStringLiteral("library"), tr("Show in the Library"), QKeySequence(Qt::CTRL | Qt::Key_L),
                              QStringLiteral("library"));
    m_cancel = addPaneAction(QStringLiteral("cancel"), tr("Cancel import"), QKeySequence(Qt::CTRL | Qt::Key_Backspace),
                             QStringLiteral("stop"));
    connect(m_files, &QAction::triggered, this, [this] {
        prompter().askFiles(this, tr("Choose files"), [this](const QStringList &paths) { importPaths(paths); });
    });
    connect(m_folder, &QAction::triggered, this, [this] {
        prompter().askFolder(this, tr("Choose a folder"), [this](const QString &path) { importPaths({path}); });
    });
    connect(m_sample, &QAction::triggered, this, [this] {
        whenDone<ports::JobId>(
            ports().library.startSampleImport(), this, [this](const ports::JobId &job) { follow(job); }, showFailure());
    });
    connect(m_library, &QAction::triggered, this, [this] { Q_EMIT goTo(QStringLiteral("library"), {}); });
    connect(m_cancel, &QAction::triggered, this, [this] {
        whenDone<void>(ports().jobs.cancel(m_job), this, [] {}, showFailure());
    });
}

QWidget *ImportPane::makeSource()
{
    auto *source = new QWidget;
    auto *layout = new QVBoxLayout(source);
    layout->setSpacing(12);
    auto *title = titleLabel(tr("Drop files or folders here"));
    title->setAlignment(Qt::AlignCenter);
    auto *hint = hintLabel(tr("FHIR bundles and NDJSON, plain-text notes, glucose and blood pressure readings (CSV). "
                              "The format is recognised by content. Files are copied encrypted; the originals stay "
                              "where they are, unencrypted and unchanged."));
    hint->setAlignment(Qt::AlignCenter);
    auto *buttons = new QHBoxLayout;
    m_filesButton = buttonFor(m_files, QStringLiteral("primary"));
    buttons->addStretch();
    buttons->addWidget(m_filesButton);
    buttons->addWidget(buttonFor(m_folder));
    buttons->addWidget(buttonFor(m_sample));
    buttons->addStretch();
    layout->addStretch();
    layout->addWidget(title);
    layout->addWidget(hint);
    layout->addLayout(buttons);
    layout->addStretch();
    return source;
}

QWidget *ImportPane::makeResult()
{
    m_result = new SectionBox(tr("This import"));
    m_state = m_result->addText();
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Import progress"));
    m_result->addRow(m_progress);
    m_counts = m_result->addText();
    m_problems = new RowModel<ports::QuarantineRow>(
        {{tr("File"), [](const auto &r) { return r.file; }},
         {tr("Place"), [](const auto &r) { return r.place; }},
         {tr("Reason"), [](const auto &r) { return TextCatalogue::current().error(r.reason).title; }},
         {tr("What to do"), [](const auto &r) { return TextCatalogue::current().error(r.reason).next; }}},
        [](const auto &r) { return r.id; }, this);
    m_problemTable = new Table(tr("Files that need you"));
    m_problemTable->setSource(m_problems);
    m_problemTable->setWidths({28, 14, 30, 0});
    m_problemTable->setMinimumHeight(120);
    m_result->addRow(m_problemTable);
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(buttonFor(m_library, QStringLiteral("primary")));
    row->addWidget(buttonFor(m_cancel));
    row->addStretch();
    m_result->addRow(buttons);
    m_result->hide();
    m_cancel->setEnabled(false);
    return m_result;
}

void ImportPane::open(const QString &job)
{
    if (!job.isEmpty())
        follow(job);
}

void ImportPane::importPaths(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    whenDone<ports::JobId>(
        ports().library.startImport(paths), this, [this](const ports::JobId &job) { follow(job); }, showFailure());
}

void ImportPane::follow(const ports::JobId &job)
{
    m_job = job;
    messages().clear();
    m_problems->setRows({});
    m_problemTable->hide();
    m_counts->clear();
    m_result->show();
    reloadSoon();
}

void ImportPane::reload()
{
    for (const ports::JobRow &job : ports().jobs.rows()) {
        if (job.id == m_job && !m_job.isEmpty())
            showJob(job);
    }
}

void ImportPane::showJob(const ports::JobRow &job)
{
    const int percent = jobPercent(job);
    m_progress->setRange(0, percent < 0 && isActive(job) ? 0 : 100);
    m_progress->setValue(std::max(0, percent));
    m_progress->setVisible(isActive(job));
    m_cancel->setEnabled(isActive(job));
    QStringList parts{jobStateWords(job.state).text, jobStage(job), jobProgress(job), jobRate(job)};
    parts.removeAll(QString());
    m_state->setText(parts.join(QStringLiteral(" · ")));
    if (job.error)
        messages().showError(*job.error);
    if (!isActive(job)) {
        m_summaryRead.wait<ports::ImportSummary>(
            ports().library.importSummary(m_job), this,
            [this](const ports::ImportSummary &summary) { showSummary(summary); }, [](const Error &) {
                // A job that failed before it counted anything has no summary; its own error is on screen.
            });
    }
}

void ImportPane::showSummary(const ports::ImportSummary &summary)
{
    m_counts->setText(tr("%1 found: %2 imported, %3 already here, %4 need you.")
                          .arg(QLocale().toString(summary.found), QLocale().toString(summary.imported),
                               QLocale().toString(summary.duplicates), QLocale().toString(summary.quarantined)));
    m_problems->setRows(summary.problems);
    m_problemTable->setVisible(!summary.problems.empty());
}

} // namespace amana::ui
