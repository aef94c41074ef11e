// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "ui/audit/audit_pane.h"
#include "ui/catalogue/catalogue_pane.h"
#include "ui/downloads/downloads_pane.h"
#include "ui/import/import_pane.h"
#include "ui/jobs/jobs_pane.h"
#include "ui/jobs/jobs_view.h"
#include "ui/keys/keys_pane.h"
#include "ui/library/library_pane.h"
#include "ui/members/members_pane.h"
#include "ui/publish/publish_pane.h"
#include "ui/requests/requests_pane.h"
#include "ui/review/review_pane.h"
#include "ui/shell/side_bar.h"
#include "ui/shell/status_strip.h"
#include "ui/theme/icon.h"
#include "ui/welcome/welcome_page.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include <tuple>

namespace amana::ui {

namespace {

constexpr int kDrawerHeight = 200;

template <class PaneType>
std::function<Pane *()> maker(const ports::Ports &ports, Prompter &prompter)
{
    return [&ports, &prompter] { return new PaneType(PaneContext{ports, prompter}); };
}

QString homeSection(ports::ProfileRole role)
{
    switch (role) {
    case ports::ProfileRole::Clinician: return QStringLiteral("library");
    case ports::ProfileRole::Patient: return QStringLiteral("requests");
    case ports::ProfileRole::Researcher: return QStringLiteral("catalogue");
    case ports::ProfileRole::Administrator: return QStringLiteral("members");
    }
    return QStringLiteral("library");
}

} // namespace

MainWindow::MainWindow(const ports::Ports &ports, Prompter &prompter, Theme &theme, QWidget *parent)
    : QMainWindow(parent), m_ports(ports), m_prompter(prompter), m_theme(theme)
{
    setWindowTitle(QStringLiteral("Amana"));
    setWindowIcon(icon(QStringLiteral("amana")));
    makeFrame();
    makeSections();
    makeMenus();
    resize(1280, 800);
    connect(&ports.events, &ports::Events::sessionChanged, this, &MainWindow::sessionChanged);
    sessionChanged();
}

QStringList MainWindow::sections()
{
    return {QStringLiteral("library"), QStringLiteral("import"), QStringLiteral("review"), QStringLiteral("publish"),
            QStringLiteral("catalogue"), QStringLiteral("requests"), QStringLiteral("downloads"), QStringLiteral("jobs"),
            QStringLiteral("keys"), QStringLiteral("members"), QStringLiteral("audit")};
}

void MainWindow::makeFrame()
{
    m_toggleJobs = new QAction(icon(QStringLiteral("jobs")), tr("Jobs drawer"), this);
    m_toggleJobs->setCheckable(true);
    m_sideBar = new SideBar;
    m_stack = new QStackedWidget;
    m_workspace = new QWidget;
    m_drawer = new JobsView(PaneContext{m_ports, m_prompter});
    m_drawer->setMaximumHeight(kDrawerHeight);
    m_drawer->setContentsMargins(16, 4, 16, 4);
    m_drawer->hide();
    m_strip = new StatusStrip(m_ports, m_toggleJobs);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_stack, 1);
    right->addWidget(m_drawer);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_sideBar);
    middle->addLayout(right, 1);
    auto *all = new QVBoxLayout(m_workspace);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(middle, 1);
    all->addWidget(m_strip);
    m_welcome = new WelcomePage(PaneContext{m_ports, m_prompter});
    auto *pages = new QStackedWidget;
    pages->addWidget(m_welcome);
    pages->addWidget(m_workspace);
    setCentralWidget(pages);
    connect(m_sideBar, &SideBar::sectionChosen, this, [this](const QString &id) { goTo(id); });
    connect(m_welcome, &WelcomePage::ready, this, &MainWindow::enterWorkspace);
    connect(m_toggleJobs, &QAction::toggled, m_drawer, &QWidget::setVisible);
    connect(m_toggleJobs, &QAction::toggled, m_drawer, &JobsView::reload);
    connect(&m_ports.events, &ports::Events::jobChanged, m_drawer, [this] {
        if (m_drawer->isVisible())
            m_drawer->reload();
    });
}

void MainWindow::makeSections()
{
    m_makers = {
        {QStringLiteral("library"), maker<LibraryPane>(m_ports, m_prompter)},
        {QStringLiteral("import"), maker<ImportPane>(m_ports, m_prompter)},
        {QStringLiteral("review"), maker<ReviewPane>(m_ports, m_prompter)},
        {QStringLiteral("publish"), maker<PublishPane>(m_ports, m_prompter)},
        {QStringLiteral("catalogue"), maker<CataloguePane>(m_ports, m_prompter)},
        {QStringLiteral("requests"), maker<RequestsPane>(m_ports, m_prompter)},
        {QStringLiteral("downloads"), maker<DownloadsPane>(m_ports, m_prompter)},
        {QStringLiteral("jobs"), maker<JobsPane>(m_ports, m_prompter)},
        {QStringLiteral("keys"), maker<KeysPane>(m_ports, m_prompter)},
        {QStringLiteral("members"), maker<MembersPane>(m_ports, m_prompter)},
        {QStringLiteral("audit"), maker<AuditPane>(m_ports, m_prompter)},
    };
    const auto add = [this](const QString &id, const QString &title) { m_sideBar->addSection(id, title, id); };
    m_sideBar->addHeading(tr("Data"));
    add(QStringLiteral("library"), tr("Library"));
    add(QStringLiteral("import"), tr("Import"));
    add(QStringLiteral("review"), tr("Review"));
    add(QStringLiteral("publish"), tr("Publish"));
    m_sideBar->addHeading(tr("Sharing"));
    add(QStringLiteral("catalogue"), tr("Catalogue"));
    add(QStringLiteral("requests"), tr("Requests"));
    add(QStringLiteral("downloads"), tr("Downloads"));
    m_sideBar->addHeading(tr("Here"));
    add(QStringLiteral("jobs"), tr("Jobs"));
    add(QStringLiteral("keys"), tr("Keys"));
    add(QStringLiteral("members"), tr("Members"));
    add(QStringLiteral("audit"), tr("Audit"));
}

Pane *MainWindow::pane(const QString &section)
{
    const auto existing = m_panes.find(section);
    if (existing != m_panes.end())
        return existing->second;
    const auto made = m_makers.find(section);
    if (made == m_makers.end())
        return nullptr;
    Pane *fresh = made->second();
    m_panes.emplace(section, fresh);
    m_stack->addWidget(fresh);
    connect(fresh, &Pane::goTo, this, [this](const QString &to, const QString &what) { goTo(to, what); });
    connect(fresh, &Pane::badgeChanged, this,
            [this, fresh] { m_sideBar->setBadge(fresh->info().id, fresh->badge()); });
    return fresh;
}

Pane *MainWindow::currentPane() const
{
    return isWelcoming() ? static_cast<Pane *>(m_welcome) : m_current;
}

bool MainWindow::goTo(const QString &section, const QString &what)
{
    Pane *target = pane(section);
    if (target == nullptr)
        return false;
    if (m_current != target)
        showPane(target);
    if (!what.isEmpty())
        target->open(what);
    return true;
}

void MainWindow::showPane(Pane *target)
{
    m_current = target;
    m_stack->setCurrentWidget(target);
    m_sideBar->setCurrent(target->info().id);
    setWindowTitle(tr("%1 – Amana").arg(target->info().title));
    fillPageMenu();
}

bool MainWindow::isWelcoming() const
{
    return !m_entered;
}

void MainWindow::presetRole(ports::ProfileRole role)
{
    m_welcome->presetRole(role);
}

void MainWindow::sessionChanged()
{
    if (m_ports.session.current().open && !m_welcome->holdsWindow()) {
        enterWorkspace();
    } else if (!m_entered) {
        static_cast<QStackedWidget *>(centralWidget())->setCurrentWidget(m_welcome);
        m_goMenu->setEnabled(false);
        fillPageMenu();
    }
}

void MainWindow::enterWorkspace()
{
    if (m_entered)
        return;
    m_entered = true;
    m_goMenu->setEnabled(true);
    static_cast<QStackedWidget *>(centralWidget())->setCurrentWidget(m_workspace);
    goTo(homeSection(m_ports.session.current().profile.role));
    currentPane()->firstFocus()->setFocus();
    // Panes with a badge read in the background, after the window is painted.
    QTimer::singleShot(0, this, [this] {
        for (const QString &section : {QStringLiteral("review"), QStringLiteral("publish"), QStringLiteral("requests"),
                                       QStringLiteral("jobs")})
            std::ignore = pane(section);
    });
}

void MainWindow::moveFocus(int step)
{
    QList<QWidget *> stops;
    if (!isWelcoming())
        stops << m_sideBar;
    stops << currentPane()->focusStops();
    if (m_drawer->isVisible())
        stops << m_drawer->findChild<QTableView *>();
    if (!isWelcoming())
        stops << m_strip->findChild<QToolButton *>();
    qsizetype at = 0;
    for (qsizetype i = 0; i < stops.size(); ++i) {
        if (stops[i] == focusWidget() || stops[i]->isAncestorOf(focusWidget()))
            at = i;
    }
    stops[(at + step + stops.size()) % stops.size()]->setFocus(Qt::TabFocusReason);
}

void MainWindow::network(bool start)
{
    const auto failed = [this](const Error &error) { currentPane()->messages().showError(error); };
    whenDone<ports::NetworkStatus>(start ? m_ports.session.startNetwork() : m_ports.session.stopNetwork(), this,
                                   [](const ports::NetworkStatus &) {}, failed);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_shown, true))
        return;
    QTimer::singleShot(0, &m_theme, [this] { m_theme.followDesktop(); });
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_drawer->reload();
    if (m_closing || m_drawer->activeJobs() == 0) {
        event->accept();
        return;
    }
    event->ignore();
    m_prompter.confirm(this,
                       {tr("Close Amana"),
                        tr("%n job(s) still run. They are paused and go on when you open Amana again.", nullptr,
                           m_drawer->activeJobs()),
                        tr("Pause and close"), false},
                       [this] {
                           m_closing = true;
                           QTimer::singleShot(0, this, [this] { close(); }); // not from within this event
                       });
}

} // namespace amana::ui
