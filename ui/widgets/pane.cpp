// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pane.h"

#include "ui/theme/icon.h"

#include <QAction>

#include <utility>

namespace amana::ui {

namespace {

constexpr int kFoldMs = 60;

} // namespace

Pane::Pane(PaneInfo info, PaneContext context, QWidget *parent)
    : QWidget(parent), m_info(std::move(info)), m_context(context), m_messages(new MessageBar),
      m_body(new QVBoxLayout)
{
    setObjectName(m_info.id);
    setAccessibleName(m_info.title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_messages);
    layout->addLayout(m_body, 1);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_stale = false;
        reload();
    });
    if (m_info.counts)
        m_timer.start(kFoldMs);
}

void Pane::reloadSoon()
{
    m_stale = true;
    if ((isVisible() || m_info.counts) && !m_timer.isActive())
        m_timer.start(kFoldMs);
}

void Pane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale && !m_timer.isActive())
        m_timer.start(0);
}

void Pane::setBadge(int count)
{
    if (count == m_badge)
        return;
    m_badge = count;
    Q_EMIT badgeChanged();
}

QAction *Pane::addPaneAction(const QString &name, const QString &text, const QKeySequence &shortcut,
                             const QString &iconName)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    addAction(action);
    return action;
}

std::function<void(const Error &)> Pane::showFailure()
{
    return [this](const Error &error) { m_messages->showError(error); };
}

} // namespace amana::ui
