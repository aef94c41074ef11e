// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/options.h"
#include "app/workspace/workspace.h"
#include "ui/shell/main_window.h"
#include "ui/shell/translations.h"
#include "ui/widgets/dialog_prompter.h"

#include <QElapsedTimer>
#include <QSettings>

#include <memory>

class QApplication;

namespace amana::app {

/// The running program: one workspace, one window, made anew when the language changes.
class Desktop final : public QObject {
    Q_OBJECT
public:
    /// `sinceStart` runs since the program began.
    Desktop(QApplication &app, DesktopOptions options, QElapsedTimer sinceStart);
    ~Desktop() override;

    /// Shows the window. FileUnwritable (home).
    [[nodiscard]] Status start();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeWindow(ui::Language language);
    void changeLanguage(ui::Language language);
    void waitForSession();
    void captureNext();

    QApplication &m_app;
    DesktopOptions m_options;
    QElapsedTimer m_sinceStart;
    QSettings m_settings;
    ui::Translations m_translations;
    ui::Theme m_theme;
    ui::DialogPrompter m_prompter;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ports::Ports> m_ports;
    std::unique_ptr<ui::MainWindow> m_window;
    std::vector<std::pair<ui::Language, ui::Scheme>> m_captures;
};

} // namespace amana::app
