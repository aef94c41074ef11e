// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QStackedWidget;

namespace amana::ui {

class Table;

class CataloguePane final : public Pane {
    Q_OBJECT
public:
    explicit CataloguePane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    void open(const QString &dataset) override;

protected:
    void reload() override;

private:
    QWidget *makeList();
    QWidget *makeDetail();
    QWidget *makeRequestForm();
    void makeActions();
    void showCurrent();
    void showConditions(const QStringList &conditions);
    void ask();
    [[nodiscard]] ports::CatalogueSearch wanted() const;
    void readMore();
    void showWanted();

    Latest m_entriesRead;
    ports::CatalogueSearch m_shown; ///< what the list answers; `after` is where its next page starts
    QString m_wanted;               ///< dataset to select when it has been read
    RowModel<ports::CatalogueRow> *m_model;
    Table *m_table;
    QStackedWidget *m_stack;
    QLineEdit *m_search;
    QComboBox *m_filter;
    QLabel *m_title, *m_owner, *m_records, *m_purposes, *m_custody, *m_price, *m_cid, *m_own;
    QComboBox *m_purpose;
    QListWidget *m_conditions;
    QDateEdit *m_until;
    QPlainTextEdit *m_message;
    QAction *m_request, *m_refresh;
};

} // namespace amana::ui
