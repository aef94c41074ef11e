// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace amana::ui {

class SectionBox;
class Table;

class ImportPane final : public Pane {
    Q_OBJECT
public:
    explicit ImportPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    void open(const QString &job) override;
    void importPaths(const QStringList &paths);

protected:
    void reload() override;

private:
    void makeActions();
    QWidget *makeSource();
    QWidget *makeResult();
    void follow(const ports::JobId &job);
    void showJob(const ports::JobRow &job);
    void showSummary(const ports::ImportSummary &summary);

    ports::JobId m_job;
    Latest m_summaryRead;
    RowModel<ports::QuarantineRow> *m_problems;
    Table *m_problemTable;
    SectionBox *m_result;
    QLabel *m_state, *m_counts;
    QProgressBar *m_progress;
    QPushButton *m_filesButton;
    QAction *m_files, *m_folder, *m_sample, *m_library, *m_cancel;
};

} // namespace amana::ui
