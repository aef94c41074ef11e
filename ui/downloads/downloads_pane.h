// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

class QLabel;
class QStackedWidget;

namespace amana::ui {

class MessageBar;
class StepsView;
class Table;

class DownloadsPane final : public Pane {
    Q_OBJECT
public:
    explicit DownloadsPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    void open(const QString &request) override;

protected:
    void reload() override;

private:
    void makeActions();
    void makeModel();
    QWidget *makeDetail();
    void showCurrent();

    Latest m_read;
    QString m_wanted;
    RowModel<ports::DownloadRow> *m_model;
    Table *m_table;
    QStackedWidget *m_stack;
    StepsView *m_steps;
    MessageBar *m_problem;
    QLabel *m_kind, *m_until, *m_size, *m_folder;
    QAction *m_start, *m_openFolder;
};

} // namespace amana::ui
