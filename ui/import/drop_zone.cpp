// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/import/drop_zone.h"

#include "ui/theme/tokens.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>

namespace amana::ui {

namespace {

QStringList localPaths(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

DropZone::DropZone(QWidget *content, QWidget *parent) : QFrame(parent)
{
    setAcceptDrops(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(content);
}

void DropZone::dragEnterEvent(QDragEnterEvent *event)
{
    m_over = !localPaths(event->mimeData()).isEmpty();
    if (m_over)
        event->acceptProposedAction();
    update();
}

void DropZone::dragLeaveEvent(QDragLeaveEvent *)
{
    m_over = false;
    update();
}

void DropZone::dropEvent(QDropEvent *event)
{
    m_over = false;
    update();
    event->acceptProposedAction();
    Q_EMIT dropped(localPaths(event->mimeData()));
}

void DropZone::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_over ? tokens.accent : tokens.line, 2, Qt::DashLine));
    painter.setBrush(m_over ? tokens.tint(tokens.accent, 0.10) : tokens.surface0);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
}

} // namespace amana::ui
