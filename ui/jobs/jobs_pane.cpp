// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs_pane.h"

#include "ui/jobs/jobs_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/table.h"

#include <QStackedWidget>

namespace amana::ui {

JobsPane::JobsPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("jobs"), tr("Jobs"), QStringLiteral("jobs"), true}, context, parent),
      m_stack(new QStackedWidget), m_view(new JobsView(context))
{
    m_stack->addWidget(new EmptyState(QStringLiteral("jobs"),
                                      tr("No jobs yet. Imports, reviews, publishing and downloads run here, and go on "
                                         "after a restart.")));
    m_stack->addWidget(m_view);
    body()->addWidget(m_stack);
    for (QAction *action : m_view->jobActions())
        addAction(action);
    connect(m_view, &JobsView::failed, this, [this](const Error &error) { messages().showError(error); });
    connect(&ports().events, &ports::Events::jobChanged, this, &Pane::reloadSoon);
}

QWidget *JobsPane::firstFocus()
{
    return m_view->table();
}

void JobsPane::open(const QString &job)
{
    m_view->table()->selectId(job);
}

void JobsPane::reload()
{
    m_view->reload();
    m_stack->setCurrentIndex(ports().jobs.rows().empty() ? 0 : 1);
    setBadge(m_view->activeJobs());
}

} // namespace amana::ui
