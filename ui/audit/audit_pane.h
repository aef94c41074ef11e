// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

class QLineEdit;

namespace amana::ui {

class Table;

class AuditPane final : public Pane {
    Q_OBJECT
public:
    explicit AuditPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;

protected:
    void reload() override;

private:
    Latest m_read;
    RowModel<ports::AuditRow> *m_model;
    QLineEdit *m_search;
    Table *m_table;
};

} // namespace amana::ui
