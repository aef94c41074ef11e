// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTabWidget;

namespace amana::ui {

class PhaseBar;
class Table;

class LibraryPane final : public Pane {
    Q_OBJECT
public:
    explicit LibraryPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;

protected:
    void reload() override;

private:
    void makeActions();
    void makeModels();
    QWidget *makeTables();
    QWidget *makeDetail();
    QWidget *makeDraftForm();
    void showStack();
    void showCount();
    void showCurrent();
    void showPolicies(std::vector<ports::PolicyInfo> policies);
    void showPolicyNote();
    void startDraft();

    Latest m_documentsRead, m_quarantineRead, m_fieldsRead;
    RowModel<ports::DocumentRow> *m_documents;
    RowModel<ports::QuarantineRow> *m_quarantined;
    RowModel<records::Field> *m_fields;
    QStackedWidget *m_stack;
    QTabWidget *m_tabs;
    QLineEdit *m_search;
    Table *m_table;
    Table *m_quarantineTable;
    Table *m_fieldTable;
    QLabel *m_count;
    QLabel *m_format, *m_subject, *m_dataset;
    PhaseBar *m_phase;
    QLineEdit *m_title;
    QComboBox *m_policy;
    QLabel *m_policyNote;
    std::vector<ports::PolicyInfo> m_policies; ///< as m_policy lists them
    QAction *m_import, *m_sample, *m_draft;
};

} // namespace amana::ui
