// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

class QLabel;

namespace amana::ui {

class Table;

class KeysPane final : public Pane {
    Q_OBJECT
public:
    explicit KeysPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;

protected:
    void reload() override;

private:
    Latest m_read;
    RowModel<ports::KeyRow> *m_model;
    Table *m_table;
    QLabel *m_name, *m_fingerprint, *m_address, *m_roles, *m_institution;
};

} // namespace amana::ui
