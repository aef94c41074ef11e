// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/members/enrol_form.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/format_text.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>

namespace amana::ui {

namespace {

constexpr std::uint32_t kRoles[] = {ports::RoleUploader, ports::RolePatient, ports::RoleResearcher,
                                    ports::RoleAdministrator, ports::RoleBreakGlass, ports::RoleAuditor};

std::uint32_t usualRoles(ports::ProfileRole role)
{
    switch (role) {
    case ports::ProfileRole::Clinician: return ports::RoleUploader;
    case ports::ProfileRole::Patient: return ports::RolePatient;
    case ports::ProfileRole::Researcher: return ports::RoleResearcher;
    case ports::ProfileRole::Administrator: return ports::RoleAdministrator;
    }
    return 0;
}

void setRoles(QListWidget *list, std::uint32_t roles)
{
    for (int i = 0; i < list->count(); ++i) {
        const std::uint32_t role = list->item(i)->data(Qt::UserRole).toString().toUInt();
        list->item(i)->setCheckState((roles & role) != 0 ? Qt::Checked : Qt::Unchecked);
    }
}

} // namespace

EnrolForm::EnrolForm(QWidget *parent)
    : QWidget(parent), m_candidate(new QComboBox), m_name(new QLineEdit), m_address(new QLineEdit),
      m_institution(new QComboBox), m_roles(tickList(tr("Roles"), int(std::size(kRoles)))),
      m_until(new QDateEdit(QDate::currentDate().addYears(2)))
{
    auto *layout = new QFormLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setRowWrapPolicy(QFormLayout::WrapAllRows);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_address->setPlaceholderText(QStringLiteral("0x…"));
    m_address->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("0x[0-9a-fA-F]{40}")), this));
    m_until->setMinimumDate(QDate::currentDate());
    m_until->setCalendarPopup(true);
    for (const std::uint32_t role : kRoles)
        addTick(m_roles, rolesText(role), QString::number(role));
    const std::pair<QString, QWidget *> rows[] = {
        {tr("Profile of this computer"), m_candidate}, {tr("Name"), m_name}, {tr("Address"), m_address},
        {tr("Institution"), m_institution}, {tr("Roles"), m_roles}, {tr("Until the end of"), m_until}};
    for (const auto &[label, widget] : rows) {
        layout->addRow(label, widget);
        widget->setAccessibleName(label);
    }
    connect(m_candidate, &QComboBox::activated, this, &EnrolForm::candidateChosen);
    connect(m_name, &QLineEdit::textChanged, this, &EnrolForm::changed);
    connect(m_address, &QLineEdit::textChanged, this, &EnrolForm::changed);
    connect(m_roles, &QListWidget::itemChanged, this, &EnrolForm::changed);
    setCandidates({});
}

void EnrolForm::setCandidates(const std::vector<ports::ProfileInfo> &candidates)
{
    const QSignalBlocker quiet(m_candidate);
    m_profiles = candidates;
    m_candidate->clear();
    m_candidate->addItem(tr("Somebody else"), -1);
    for (int i = 0; i < int(candidates.size()); ++i)
        m_candidate->addItem(candidates[std::size_t(i)].name, i);
}

void EnrolForm::setInstitutions(const std::vector<ports::InstitutionRow> &institutions)
{
    const QVariant before = m_institution->currentData();
    m_institution->clear();
    for (const ports::InstitutionRow &row : institutions) {
        if (row.active)
            m_institution->addItem(row.name.isEmpty() ? tr("No. %1").arg(row.id) : row.name, row.id);
    }
    m_institution->setCurrentIndex(std::max(0, m_institution->findData(before)));
}

void EnrolForm::candidateChosen()
{
    const int at = m_candidate->currentData().toInt();
    if (at < 0)
        return;
    const ports::ProfileInfo &profile = m_profiles[std::size_t(at)];
    m_name->setText(profile.name);
    m_address->setText(profile.address);
    setRoles(m_roles, usualRoles(profile.role));
}

void EnrolForm::edit(const ports::MemberRow &member)
{
    m_candidate->setCurrentIndex(0);
    m_name->setText(member.party.name);
    m_address->setText(member.party.address);
    m_institution->setCurrentIndex(std::max(0, m_institution->findData(member.institution)));
    setRoles(m_roles, member.roles);
    if (member.validUntil.isValid())
        m_until->setDate(member.validUntil.toLocalTime().date());
}

ports::Enrolment EnrolForm::enrolment() const
{
    ports::Enrolment spec;
    spec.name = m_name->text().trimmed();
    spec.address = m_address->text();
    spec.institution = m_institution->currentData().toUInt();
    for (const QString &role : tickedIds(m_roles))
        spec.roles |= role.toUInt();
    spec.validUntil = m_until->date();
    return spec;
}

bool EnrolForm::isComplete() const
{
    return m_address->hasAcceptableInput() && !tickedIds(m_roles).isEmpty() && m_institution->count() > 0;
}

} // namespace amana::ui
