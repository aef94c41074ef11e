// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/requests_port.h"
#include "ui/widgets/row_model.h"

#include <QWidget>

namespace amana::ui {

class Table;

/// Who opened what without a custodian's yes, and whether it was reviewed.
class EmergencyView final : public QWidget {
    Q_OBJECT
public:
    explicit EmergencyView(QWidget *parent = nullptr);
    void setRows(std::vector<ports::EmergencyRow> rows) { m_model->setRows(std::move(rows)); }
    [[nodiscard]] Table *table() const { return m_table; }

private:
    RowModel<ports::EmergencyRow> *m_model;
    Table *m_table;
};

/// What emergency access is and what it is not, in words.
class EmergencyMeaning final : public QWidget {
    Q_OBJECT
public:
    explicit EmergencyMeaning(QWidget *parent = nullptr);
};

} // namespace amana::ui
