// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/publish_port.h"
#include "ui/widgets/row_model.h"

#include <QWidget>

class QLabel;

namespace amana::ui {

class Chip;
class Table;

/// What was published, and for the current row its CID and the three truths.
class PublishedView final : public QWidget {
    Q_OBJECT
public:
    explicit PublishedView(QWidget *parent = nullptr);
    void setRows(std::vector<ports::PublishedRow> rows);
    [[nodiscard]] Table *table() const { return m_table; }

private:
    void showCurrent();

    RowModel<ports::PublishedRow> *m_model;
    Table *m_table;
    QLabel *m_cid, *m_transaction;
    Chip *m_stored, *m_found, *m_kept;
};

} // namespace amana::ui
