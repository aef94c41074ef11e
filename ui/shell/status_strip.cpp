// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_strip.h"

#include "ui/jobs/job_text.h"
#include "ui/text/text_catalogue.h"
#include "ui/widgets/chip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace amana::ui {

namespace {

StateWords networkWords(const ports::NetworkStatus &network)
{
    const QString name = network.thisComputer ? StatusStrip::tr("This computer") : network.name;
    switch (network.state) {
    case ports::NetworkState::Offline:
        return {StatusStrip::tr("%1: offline").arg(name), Tone::Pending, QStringLiteral("network")};
    case ports::NetworkState::Starting:
        return {StatusStrip::tr("%1: starting").arg(name), Tone::Info, QStringLiteral("network")};
    case ports::NetworkState::Online:
        return {StatusStrip::tr("%1: ready").arg(name), Tone::Ok, QStringLiteral("network")};
    case ports::NetworkState::Wrong:
        return {StatusStrip::tr("%1: not the expected network").arg(name), Tone::Danger, QStringLiteral("warning")};
    }
    return {};
}

} // namespace

StatusStrip::StatusStrip(const ports::Ports &ports, QAction *toggleJobs, QWidget *parent)
    : QFrame(parent), m_ports(ports), m_toggle(toggleJobs), m_network(new Chip), m_profile(new QLabel),
      m_progress(new QProgressBar), m_jobs(new QToolButton)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    m_profile->setTextFormat(Qt::PlainText);
    m_progress->setFixedWidth(140);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the jobs"));
    m_jobs->setDefaultAction(toggleJobs);
    m_jobs->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_jobs->setAutoRaise(true);
    m_jobs->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(m_network);
    row->addWidget(m_profile);
    row->addStretch();
    row->addWidget(m_progress);
    row->addWidget(m_jobs);
    for (auto signal : {&ports::Events::sessionChanged, &ports::Events::networkChanged})
        connect(&ports.events, signal, this, &StatusStrip::showSession);
    connect(&ports.events, &ports::Events::jobChanged, this, &StatusStrip::showJobs);
    showSession();
    showJobs();
}

void StatusStrip::showSession()
{
    const ports::SessionInfo session = m_ports.session.current();
    const StateWords words = networkWords(session.network);
    m_network->set(words.text, words.tone, words.icon);
    m_network->setToolTip(session.network.error ? TextCatalogue::current().error(*session.network.error).title
                          : session.network.thisComputer
                              ? tr("A network for trial and for a single workstation: no other machine takes part.")
                              : session.network.name);
    m_profile->setText(!session.open ? tr("No profile is open")
                       : session.roles == 0
                           ? tr("%1 · not enrolled yet", "name").arg(session.profile.name)
                           : tr("%1 · %2", "name, roles").arg(session.profile.name, rolesText(session.roles)));
}

void StatusStrip::showJobs()
{
    int active = 0;
    int known = 0;
    int percent = 0;
    for (const ports::JobRow &job : m_ports.jobs.rows()) {
        if (!isActive(job))
            continue;
        ++active;
        if (jobPercent(job) >= 0) {
            percent += jobPercent(job);
            ++known;
        }
    }
    m_progress->setVisible(active > 0);
    m_progress->setRange(0, known > 0 ? 100 : 0);
    m_progress->setValue(known > 0 ? percent / known : 0);
    m_toggle->setText(active > 0 ? tr("%n job(s) running", nullptr, active) : tr("Jobs drawer"));
}

} // namespace amana::ui
