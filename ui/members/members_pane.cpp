// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/members/members_pane.h"

#include "ui/members/enrol_form.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QLabel>
#include <QTabWidget>

namespace amana::ui {

namespace {

QString keyText(const ports::MemberRow &member)
{
    if (member.keyVersion == 0)
        return MembersPane::tr("None yet");
    const QString version = MembersPane::tr("Version %1").arg(member.keyVersion);
    return member.keyRevoked ? MembersPane::tr("%1, revoked").arg(version) : version;
}

} // namespace

MembersPane::MembersPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("members"), tr("Members"), QStringLiteral("members")}, context, parent)
{
    makeActions();
    body()->addWidget(sideBySide(makeLists(), scrolled(makeForm()), 700, 340));
    for (auto signal : {&ports::Events::membersChanged, &ports::Events::sessionChanged})
        connect(&ports().events, signal, this, &Pane::reloadSoon);
    showCurrent();
}

QWidget *MembersPane::firstFocus()
{
    return m_table;
}

void MembersPane::makeActions()
{
    m_enrol = addPaneAction(QStringLiteral("enrol"), tr("Enrol or change"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                            QStringLiteral("add"));
    m_suspend = addPaneAction(QStringLiteral("suspend"), tr("Suspend…"), QKeySequence(Qt::CTRL | Qt::Key_Delete),
                              QStringLiteral("stop"));
    m_addInstitution = addPaneAction(QStringLiteral("institution"), tr("Add an institution…"),
                                     QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), QStringLiteral("network"));
    connect(m_enrol, &QAction::triggered, this,
            [this] { send(ports().members.enrol(m_form->enrolment()), tr("The member is enrolled.")); });
    connect(m_suspend, &QAction::triggered, this, [this] {
        const ports::MemberRow *row = m_members->find(m_table->currentId());
        if (row == nullptr)
            return;
        const QString address = row->party.address;
        const bool suspend = !row->suspended;
        prompter().confirm(this,
                           {suspend ? tr("Suspend member") : tr("Resume member"),
                            suspend ? tr("%1 can neither publish nor ask nor get keys until resumed.").arg(partyText(row->party))
                                    : tr("%1 gets back the roles that were given.").arg(partyText(row->party)),
                            suspend ? tr("Suspend") : tr("Resume"), suspend},
                           [this, address, suspend] {
                               send(ports().members.suspend(address, suspend),
                                    suspend ? tr("The member is suspended.") : tr("The member is active again."));
                           });
    });
    connect(m_addInstitution, &QAction::triggered, this, [this] {
        const QString administrator = m_form->enrolment().address;
        prompter().askText(this,
                           {tr("Add an institution"),
                            tr("Name of the institution. Its administrator is the address in the form."), tr("Add"), true},
                           [this, administrator](const QString &name) {
                               send(ports().members.addInstitution(name, administrator), tr("The institution is added."));
                           });
    });
}

QWidget *MembersPane::makeLists()
{
    m_members = new RowModel<ports::MemberRow>(
        {{tr("Name"), [](const auto &m) { return partyText(m.party); }},
         {tr("Institution"), [](const auto &m) { return m.party.institution; }},
         {tr("Roles"), [](const auto &m) { return rolesText(m.roles); }},
         {tr("Until"), [](const auto &m) { return m.validUntil.isValid() ? dateText(m.validUntil) : tr("No end"); },
          [](const auto &m) { return QVariant(m.validUntil); }},
         {tr("Key"), [](const auto &m) { return keyText(m); }},
         {tr("State"), [](const auto &m) { return m.suspended ? tr("Suspended") : tr("Active"); }, {},
          [](const auto &m) {
              return m.suspended ? StateWords{tr("Suspended"), Tone::Caution, QStringLiteral("pause")}
                                 : StateWords{tr("Active"), Tone::Ok, QStringLiteral("check")};
          }}},
        [](const auto &m) { return m.party.address; }, this);
    m_institutions = new RowModel<ports::InstitutionRow>(
        {{tr("No."), [](const auto &i) { return QString::number(i.id); }, [](const auto &i) { return QVariant(i.id); }, {},
          true},
         {tr("Institution"), [](const auto &i) { return i.name; }},
         {tr("Administrator"), [](const auto &i) { return partyText(i.administrator); }},
         {tr("State"), [](const auto &i) { return i.active ? tr("Active") : tr("Inactive"); }}},
        [](const auto &i) { return QString::number(i.id); }, this);
    m_table = new Table(tr("Members"));
    m_table->setSource(m_members);
    m_table->setWidths({18, 18, 0, 11, 11, 14});
    m_institutionTable = new Table(tr("Institutions"));
    m_institutionTable->setSource(m_institutions);
    m_institutionTable->setWidths({6, 0, 22, 12});
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_table, tr("Members"));
    m_tabs->addTab(m_institutionTable, tr("Institutions"));
    connect(m_table, &Table::currentIdChanged, this, &MembersPane::showCurrent);
    connect(m_table, &Table::idActivated, this, [this](const QString &id) {
        if (const ports::MemberRow *row = m_members->find(id))
            m_form->edit(*row);
    });
    return m_tabs;
}

QWidget *MembersPane::makeForm()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(8, 0, 4, 0);
    auto *box = new SectionBox(tr("Enrol or change a member"));
    m_form = new EnrolForm;
    box->addRow(m_form);
    box->addRow(buttonFor(m_enrol, QStringLiteral("primary")));
    layout->addWidget(box);
    layout->addWidget(buttonFor(m_suspend));
    layout->addWidget(buttonFor(m_addInstitution));
    layout->addWidget(hintLabel(tr("Only an administrator of the institution can change its members; the contract "
                                   "refuses everybody else.")));
    layout->addStretch();
    connect(m_form, &EnrolForm::changed, this, &MembersPane::showCurrent);
    return side;
}

void MembersPane::reload()
{
    m_membersRead.wait<std::vector<ports::MemberRow>>(
        ports().members.members(), this,
        [this](std::vector<ports::MemberRow> rows) {
            m_members->setRows(std::move(rows));
            showCurrent();
        },
        showFailure());
    m_institutionsRead.wait<std::vector<ports::InstitutionRow>>(
        ports().members.institutions(), this,
        [this](std::vector<ports::InstitutionRow> rows) {
            m_form->setInstitutions(rows);
            m_institutions->setRows(std::move(rows));
            showCurrent();
        },
        showFailure());
    m_candidatesRead.wait<std::vector<ports::ProfileInfo>>(
        ports().members.candidates(), this,
        [this](const std::vector<ports::ProfileInfo> &rows) { m_form->setCandidates(rows); }, showFailure());
}

void MembersPane::showCurrent()
{
    const bool administrator = (ports().session.current().roles & ports::RoleAdministrator) != 0;
    const ports::MemberRow *row = m_members->find(m_table->currentId());
    m_enrol->setEnabled(administrator && m_form->isComplete());
    m_suspend->setEnabled(administrator && row != nullptr);
    m_suspend->setText(row != nullptr && row->suspended ? tr("Resume…") : tr("Suspend…"));
    m_addInstitution->setEnabled(administrator && !m_form->enrolment().address.isEmpty());
}

void MembersPane::send(ports::FutureStatus future, const QString &done)
{
    m_enrol->setEnabled(false);
    messages().showMessage(tr("Sending…"), Tone::Info);
    whenDone<void>(
        std::move(future), this,
        [this, done] {
            messages().showMessage(done);
            reloadSoon();
        },
        [this](const Error &error) {
            messages().showError(error);
            showCurrent();
        });
}

} // namespace amana::ui
