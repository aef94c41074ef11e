// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs_view.h"

#include "ui/jobs/job_text.h"
#include "ui/theme/icon.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace amana::ui {

JobsView::JobsView(PaneContext context, QWidget *parent)
    : QWidget(parent), m_context(context), m_table(new Table(tr("Jobs"))), m_reason(new MessageBar)
{
    m_model = new RowModel<ports::JobRow>(
        {{tr("Job"), jobName},
         {tr("State"), [](const auto &j) { return jobStateWords(j.state).text; },
          [](const auto &j) { return QVariant(int(j.state)); }, [](const auto &j) { return jobStateWords(j.state); }},
         {tr("Stage"), jobStage},
         {tr("Progress"), jobProgress, [](const auto &j) { return QVariant(jobPercent(j)); }, {}, true},
         {tr("Rate"), jobRate, [](const auto &j) { return QVariant(j.rate); }, {}, true},
         {tr("Started"), [](const auto &j) { return dateTimeText(j.started); },
          [](const auto &j) { return QVariant(j.started); }}},
        [](const auto &j) { return j.id; }, this);
    m_table->setSource(m_model);
    m_table->setWidths({0, 14, 22, 18, 20, 22});
    makeActions();
    auto *buttons = new QHBoxLayout;
    for (QAction *action : jobActions())
        buttons->addWidget(buttonFor(action));
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_reason);
    layout->addLayout(buttons);
    connect(m_table, &Table::currentIdChanged, this, &JobsView::showCurrent);
    showCurrent();
}

void JobsView::makeActions()
{
    const auto make = [this](const QString &text, const QString &iconName, const QKeySequence &key, auto slot) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    ports::JobsPort &port = m_context.ports.jobs;
    m_pause = make(tr("Pause"), QStringLiteral("pause"), Qt::CTRL | Qt::Key_P,
                   [this, &port] { act(port.pause(m_table->currentId())); });
    m_resume = make(tr("Resume"), QStringLiteral("play"), Qt::CTRL | Qt::SHIFT | Qt::Key_P,
                    [this, &port] { act(port.resume(m_table->currentId())); });
    m_retry = make(tr("Retry"), QStringLiteral("retry"), Qt::CTRL | Qt::Key_R,
                   [this, &port] { act(port.retry(m_table->currentId())); });
    m_cancel = make(tr("Cancel job"), QStringLiteral("stop"), Qt::CTRL | Qt::Key_Backspace, [this, &port] {
        const QString job = m_table->currentId();
        m_context.prompter.confirm(this,
                                   {tr("Cancel job"), tr("What is already finished stays. The rest is not done."),
                                    tr("Cancel job"), true},
                                   [this, &port, job] { act(port.cancel(job)); });
    });
}

void JobsView::act(ports::FutureStatus future)
{
    whenDone<void>(std::move(future), this, [] {}, [this](const Error &error) { Q_EMIT failed(error); });
}

void JobsView::reload()
{
    m_model->setRows(m_context.ports.jobs.rows());
    m_table->selectFirst();
    showCurrent();
}

int JobsView::activeJobs() const
{
    return int(std::count_if(m_model->rows().begin(), m_model->rows().end(), isActive));
}

const ports::JobRow *JobsView::current() const
{
    return m_model->find(m_table->currentId());
}

void JobsView::showCurrent()
{
    const ports::JobRow *job = current();
    m_pause->setEnabled(job != nullptr && job->canPause && job->state == ports::JobState::Running);
    m_resume->setEnabled(job != nullptr && job->state == ports::JobState::Paused);
    m_cancel->setEnabled(job != nullptr && isActive(*job));
    m_retry->setEnabled(job != nullptr && job->state == ports::JobState::Failed);
    if (job != nullptr && job->error)
        m_reason->showError(*job->error);
    else
        m_reason->clear();
}

} // namespace amana::ui
