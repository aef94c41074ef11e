// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/keys/keys_pane.h"

#include "ui/widgets/section_box.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>

namespace amana::ui {

KeysPane::KeysPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("keys"), tr("Keys"), QStringLiteral("keys")}, context, parent), m_table(new Table(tr("Keys")))
{
    auto *box = new SectionBox(tr("This profile"));
    m_name = box->addLine(tr("Name"));
    m_fingerprint = box->addLine(tr("Fingerprint"));
    m_address = box->addLine(tr("Address"));
    m_roles = box->addLine(tr("Roles"));
    m_institution = box->addLine(tr("Institution"));
    m_model = new RowModel<ports::KeyRow>(
        {{tr("Key"), [](const auto &k) { return termText(QStringLiteral("key"), k.kind); }},
         {tr("Fingerprint"), [](const auto &k) { return k.fingerprint; }},
         {tr("Public value"), [](const auto &k) { return k.value; }},
         {tr("Version"), [](const auto &k) { return k.version == 0 ? QStringLiteral("–") : QString::number(k.version); },
          [](const auto &k) { return QVariant(k.version); }, {}, true},
         {tr("Secret lives in"), [](const auto &k) { return termText(QStringLiteral("place"), k.secretPlace); }},
         {tr("In use"), [](const auto &k) { return k.current ? tr("Yes") : tr("Old, kept to open old data"); }}},
        [](const auto &k) { return k.kind + k.value; }, this);
    m_table->setSource(m_model);
    m_table->setWidths({18, 22, 0, 9, 18, 24});
    QAction *copy = addPaneAction(QStringLiteral("copy"), tr("Copy the public value"),
                                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), QStringLiteral("copy"));
    connect(copy, &QAction::triggered, this, [this] {
        if (const ports::KeyRow *row = m_model->find(m_table->currentId()))
            QGuiApplication::clipboard()->setText(row->value);
    });
    body()->addWidget(box);
    body()->addWidget(hintLabel(tr("Compare the fingerprint by voice or on paper before you trust somebody. The secret "
                                   "keys never leave their place.")));
    body()->addWidget(m_table, 1);
    connect(&ports().events, &ports::Events::sessionChanged, this, &Pane::reloadSoon);
}

QWidget *KeysPane::firstFocus()
{
    return m_table;
}

void KeysPane::reload()
{
    const ports::SessionInfo session = ports().session.current();
    m_name->setText(session.open ? tr("%1, %2", "name, role").arg(session.profile.name, profileRoleText(session.profile.role))
                                 : tr("No profile is open"));
    m_fingerprint->setText(session.profile.fingerprint);
    m_address->setText(session.profile.address);
    m_roles->setText(session.open && session.roles == 0 ? tr("Not enrolled yet: ask the administrator")
                                                        : rolesText(session.roles));
    m_institution->setText(session.institution.isEmpty() ? QStringLiteral("–") : session.institution);
    m_read.wait<std::vector<ports::KeyRow>>(
        ports().session.keys(), this,
        [this](std::vector<ports::KeyRow> rows) {
            m_model->setRows(std::move(rows));
            m_table->selectFirst();
        },
        showFailure());
}

} // namespace amana::ui
