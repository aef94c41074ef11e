// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/members_port.h"

#include <QWidget>

class QComboBox;
class QDateEdit;
class QLineEdit;
class QListWidget;

namespace amana::ui {

/// Who, in which institution, with which roles, until when.
class EnrolForm final : public QWidget {
    Q_OBJECT
public:
    explicit EnrolForm(QWidget *parent = nullptr);
    void setCandidates(const std::vector<ports::ProfileInfo> &candidates);
    void setInstitutions(const std::vector<ports::InstitutionRow> &institutions);
    void edit(const ports::MemberRow &member); ///< fills the form with a member to change
    [[nodiscard]] ports::Enrolment enrolment() const;
    [[nodiscard]] bool isComplete() const;

Q_SIGNALS:
    void changed();

private:
    void candidateChosen();

    std::vector<ports::ProfileInfo> m_profiles;
    QComboBox *m_candidate;
    QLineEdit *m_name;
    QLineEdit *m_address;
    QComboBox *m_institution;
    QListWidget *m_roles;
    QDateEdit *m_until;
};

} // namespace amana::ui
