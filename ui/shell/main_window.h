// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/text_catalogue.h"
#include "ui/theme/theme.h"
#include "ui/widgets/pane.h"

#include <QMainWindow>

#include <functional>
#include <map>
#include <optional>

class QMenu;
class QStackedWidget;

namespace amana::ui {

class JobsView;
class SideBar;
class WelcomePage;

/// The window. The ports, prompter and theme outlive it.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(const ports::Ports &ports, Prompter &prompter, Theme &theme, QWidget *parent = nullptr);

    /// Shows a section, making its pane if need be; false for an unknown one.
    bool goTo(const QString &section, const QString &what = {});
    [[nodiscard]] Pane *pane(const QString &section);
    [[nodiscard]] Pane *currentPane() const;
    [[nodiscard]] static QStringList sections();
    [[nodiscard]] bool isWelcoming() const;
    /// The role that the first page proposes (a command line option).
    void presetRole(ports::ProfileRole role);

Q_SIGNALS:
    void languageChosen(Language language);

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeSections();
    void makeFrame();
    void makeMenus();
    void makeFileMenu();
    void makeGoMenu();
    void makeViewMenu();
    void makeNetworkMenu();
    void fillPageMenu();
    QAction *addAction(QMenu *menu, const QString &name, const QString &text, const QKeySequence &key,
                       std::function<void()> slot, const QString &iconName = {});
    void sessionChanged();
    void enterWorkspace();
    void showPane(Pane *pane);
    void moveFocus(int step);
    void network(bool start);

    const ports::Ports &m_ports;
    Prompter &m_prompter;
    Theme &m_theme;
    std::map<QString, std::function<Pane *()>> m_makers;
    std::map<QString, Pane *> m_panes;
    SideBar *m_sideBar;
    QStackedWidget *m_stack;
    QWidget *m_workspace;
    WelcomePage *m_welcome;
    Pane *m_current = nullptr;
    JobsView *m_drawer;
    QWidget *m_strip;
    QAction *m_toggleJobs;
    QMenu *m_pageMenu;
    QMenu *m_goMenu;
    bool m_entered = false;
    bool m_closing = false;
    bool m_shown = false;
};

} // namespace amana::ui
