// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/jobs_port.h"
#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

#include <QWidget>

class QAction;

namespace amana::ui {

class Table;

/// The list of jobs with what can be done to them.
class JobsView final : public QWidget {
    Q_OBJECT
public:
    explicit JobsView(PaneContext context, QWidget *parent = nullptr);
    void reload();
    [[nodiscard]] Table *table() const { return m_table; }
    [[nodiscard]] QList<QAction *> jobActions() const { return {m_pause, m_resume, m_cancel, m_retry}; }
    [[nodiscard]] int activeJobs() const;

Q_SIGNALS:
    void failed(const Error &error);

private:
    void makeActions();
    void showCurrent();
    [[nodiscard]] const ports::JobRow *current() const;
    void act(ports::FutureStatus future);

    PaneContext m_context;
    RowModel<ports::JobRow> *m_model;
    Table *m_table;
    MessageBar *m_reason;
    QAction *m_pause, *m_resume, *m_cancel, *m_retry;
};

} // namespace amana::ui
