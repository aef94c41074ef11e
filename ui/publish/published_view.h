// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/publish_port.h"
#include "ui/widgets/row_model.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace amana::ui {

class Chip;
class Table;

/// What was published, and for the current row its CID and the three truths, each with its own proof.
class PublishedView final : public QWidget {
    Q_OBJECT
public:
    explicit PublishedView(QWidget *parent = nullptr);
    void setRows(std::vector<ports::PublishedRow> rows);
    [[nodiscard]] Table *table() const { return m_table; }

Q_SIGNALS:
    /// Ask everybody who keeps copies of this dataset, and give what is missing.
    void keepWanted(const QString &dataset);

private:
    QWidget *makeTruths();
    void showTruths(const ports::PublishedRow &row);
    void showCurrent();

    RowModel<ports::PublishedRow> *m_model;
    Table *m_table;
    QLabel *m_cid, *m_transaction;
    Chip *m_stored, *m_found, *m_kept;
    QLabel *m_foundText, *m_keptText;
    QPushButton *m_keep;
};

} // namespace amana::ui
