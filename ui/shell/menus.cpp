// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of the main window: every action has an entry and a shortcut.
#include "ui/shell/main_window.h"

#include "ui/theme/icon.h"
#include "ui/widgets/message_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QLocale>
#include <QMenuBar>

namespace amana::ui {

namespace {

constexpr int kZoomStep = 10;

} // namespace

QAction *MainWindow::addAction(QMenu *menu, const QString &name, const QString &text, const QKeySequence &key,
                               std::function<void()> slot, const QString &iconName)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(name);
    action->setShortcut(key);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    connect(action, &QAction::triggered, this, [slot = std::move(slot)] { slot(); });
    return action;
}

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeGoMenu();
    m_pageMenu = menuBar()->addMenu(tr("&Page"));
    makeViewMenu();
    makeNetworkMenu();
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    addAction(help, QStringLiteral("start"), tr("Getting started"), QKeySequence::HelpContents, [this] {
        currentPane()->messages().showMessage(
            tr("1 Import files. 2 Choose records in the Library and de-identify them. 3 Review what is proposed. "
               "4 Publish. Research staff then ask in the Catalogue; those who decide answer under Requests; Downloads "
               "opens what was approved."),
            Tone::Info);
    }, QStringLiteral("info"));
}

void MainWindow::makeFileMenu()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    addAction(file, QStringLiteral("import"), tr("Import…"), Qt::CTRL | Qt::Key_I,
              [this] {
                  if (!isWelcoming())
                      goTo(QStringLiteral("import"));
              },
              QStringLiteral("import"));
    file->addSeparator();
    addAction(file, QStringLiteral("quit"), tr("Quit"), Qt::CTRL | Qt::Key_Q, [this] { close(); });
}

void MainWindow::makeGoMenu()
{
    m_goMenu = menuBar()->addMenu(tr("&Go"));
    const QStringList all = sections();
    const QStringList titles{tr("Library"), tr("Import"), tr("Review"), tr("Publish"), tr("Catalogue"), tr("Requests"),
                             tr("Downloads"), tr("Jobs"), tr("Keys"), tr("Members"), tr("Audit")};
    for (qsizetype i = 0; i < all.size(); ++i) {
        // Ctrl+1 … Ctrl+9, Ctrl+0, then Ctrl+Shift+1
        const QKeySequence key = i < 9 ? QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i))
            : i == 9                   ? QKeySequence(Qt::CTRL | Qt::Key_0)
                                       : QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A);
        addAction(m_goMenu, all[i], titles[i], key, [this, id = all[i]] {
            goTo(id);
            currentPane()->firstFocus()->setFocus(Qt::ShortcutFocusReason);
        }, all[i]);
    }
}

void MainWindow::makeViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    auto *schemes = new QActionGroup(this);
    const std::tuple<QString, Scheme, Qt::Key> themes[] = {{tr("Theme: as the system"), Scheme::System, Qt::Key_S},
                                                           {tr("Theme: light"), Scheme::Light, Qt::Key_L},
                                                           {tr("Theme: dark"), Scheme::Dark, Qt::Key_D}};
    for (const auto &[text, scheme, key] : themes) {
        QAction *action = addAction(view, {}, text, Qt::CTRL | Qt::ALT | key,
                                    [this, wanted = scheme] { m_theme.setScheme(wanted); });
        action->setCheckable(true);
        action->setChecked(m_theme.scheme() == scheme);
        schemes->addAction(action);
    }
    view->addSeparator();
    addAction(view, QStringLiteral("zoomIn"), tr("Larger"), Qt::CTRL | Qt::Key_Plus,
              [this] { m_theme.setZoom(m_theme.zoom() + kZoomStep); })
        ->setShortcuts({Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal});
    addAction(view, QStringLiteral("zoomOut"), tr("Smaller"), Qt::CTRL | Qt::Key_Minus,
              [this] { m_theme.setZoom(m_theme.zoom() - kZoomStep); });
    addAction(view, QStringLiteral("zoomReset"), tr("Normal size"), Qt::CTRL | Qt::ALT | Qt::Key_0,
              [this] { m_theme.setZoom(100); });
    view->addSeparator();
    auto *languages = new QActionGroup(this);
    const Language now = languageOf(QLocale());
    const std::tuple<QString, Language, Qt::Key> spoken[] = {
        {QStringLiteral("English"), Language::English, Qt::Key_E},
        {QStringLiteral("한국어"), Language::Korean, Qt::Key_K}};
    for (const auto &[text, language, key] : spoken) {
        QAction *action = addAction(view, {}, text, Qt::CTRL | Qt::ALT | key,
                                    [this, wanted = language] { Q_EMIT languageChosen(wanted); });
        action->setCheckable(true);
        action->setChecked(language == now);
        languages->addAction(action);
    }
    view->addSeparator();
    m_toggleJobs->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_J);
    view->addAction(m_toggleJobs);
    addAction(view, QStringLiteral("nextArea"), tr("Next area"), Qt::Key_F6, [this] { moveFocus(1); });
    addAction(view, QStringLiteral("previousArea"), tr("Previous area"), Qt::SHIFT | Qt::Key_F6, [this] { moveFocus(-1); });
}

void MainWindow::makeNetworkMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Network"));
    addAction(menu, QStringLiteral("startNetwork"), tr("Start the network of this computer"),
              Qt::CTRL | Qt::ALT | Qt::Key_N, [this] { network(true); }, QStringLiteral("network"));
    addAction(menu, QStringLiteral("stopNetwork"), tr("Stop the network of this computer"),
              Qt::CTRL | Qt::ALT | Qt::Key_B, [this] { network(false); }, QStringLiteral("stop"));
}

void MainWindow::fillPageMenu()
{
    m_pageMenu->clear(); // the actions belong to their pane and are only shown here
    m_pageMenu->addActions(currentPane()->actions());
    m_pageMenu->setEnabled(!m_pageMenu->isEmpty());
}

} // namespace amana::ui
