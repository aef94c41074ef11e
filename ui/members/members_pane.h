// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

class QTabWidget;

namespace amana::ui {

class EnrolForm;
class Table;

class MembersPane final : public Pane {
    Q_OBJECT
public:
    explicit MembersPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;

protected:
    void reload() override;

private:
    void makeActions();
    QWidget *makeLists();
    QWidget *makeForm();
    void showCurrent();
    void send(ports::FutureStatus future, const QString &done);

    Latest m_membersRead, m_institutionsRead, m_candidatesRead;
    RowModel<ports::MemberRow> *m_members;
    RowModel<ports::InstitutionRow> *m_institutions;
    Table *m_table;
    Table *m_institutionTable;
    QTabWidget *m_tabs;
    EnrolForm *m_form;
    QAction *m_enrol, *m_suspend, *m_addInstitution;
};

} // namespace amana::ui
