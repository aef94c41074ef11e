// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/ports.h"
#include "ui/widgets/async.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/prompter.h"

#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>

class QAction;

namespace amana::ui {

/// What every pane is given.
struct PaneContext {
    const ports::Ports &ports;
    Prompter &prompter;
};

struct PaneInfo {
    QString id;    ///< "library", "review", …: stable, for navigation and tests
    QString title;
    QString icon;
    bool counts = false; ///< has a badge, so it reads even while hidden
};

/// One section of the window. A pane reads from its port when it is first shown and when it is told that something
/// changed; a hidden pane only notes that it is stale.
class Pane : public QWidget {
    Q_OBJECT
public:
    Pane(PaneInfo info, PaneContext context, QWidget *parent = nullptr);

    [[nodiscard]] const PaneInfo &info() const { return m_info; }
    [[nodiscard]] int badge() const { return m_badge; } ///< what waits for the user here
    [[nodiscard]] MessageBar &messages() { return *m_messages; }
    [[nodiscard]] virtual QWidget *firstFocus() = 0;
    /// Where F6 goes inside this pane, in order.
    [[nodiscard]] virtual QList<QWidget *> focusStops() { return {firstFocus()}; }
    /// Another pane sends the user here, to one thing.
    virtual void open(const QString &what) { Q_UNUSED(what) }

public Q_SLOTS:
    void reloadSoon(); ///< folds bursts into one read

Q_SIGNALS:
    void badgeChanged();
    void goTo(const QString &pane, const QString &what);

protected:
    virtual void reload() = 0;
    void showEvent(QShowEvent *event) override;

    [[nodiscard]] const ports::Ports &ports() const { return m_context.ports; }
    [[nodiscard]] Prompter &prompter() const { return m_context.prompter; }
    [[nodiscard]] QVBoxLayout *body() const { return m_body; } ///< below title and message bar
    void setBadge(int count);

    /// Adds an action to the pane: it appears in the Page menu, and its shortcut works anywhere in the pane.
    QAction *addPaneAction(const QString &name, const QString &text, const QKeySequence &shortcut,
                           const QString &iconName = {});
    /// A failure handler that shows the error in this pane's message bar.
    [[nodiscard]] std::function<void(const Error &)> showFailure();

private:
    PaneInfo m_info;
    PaneContext m_context;
    MessageBar *m_messages;
    QVBoxLayout *m_body;
    QTimer m_timer;
    int m_badge = 0;
    bool m_stale = true;
};

} // namespace amana::ui
