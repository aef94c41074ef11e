// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include "ui/theme/icon.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace amana::ui {

namespace {

constexpr int kPad = 8;
constexpr int kGap = 4;

int iconSize(const QFontMetrics &metrics)
{
    return metrics.ascent() + 1;
}

} // namespace

Chip::Chip(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::set(const QString &text, Tone tone, const QString &iconName)
{
    m_text = text;
    m_tone = tone;
    m_icon = iconName;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(font());
    const int icon = m_icon.isEmpty() ? 0 : iconSize(metrics) + kGap;
    return {metrics.horizontalAdvance(m_text) + icon + 2 * kPad, metrics.height() + 6};
}

int Chip::paint(QPainter &painter, const QRect &area, const QPalette &palette, const QString &text, Tone tone,
                const QString &iconName)
{
    const Tokens &tokens = tokensOf(palette);
    const QColor colour = colourOf(tokens, tone);
    const QFontMetrics metrics(painter.font());
    const int iconWidth = iconName.isEmpty() ? 0 : iconSize(metrics) + kGap;
    const int height = std::min(area.height(), metrics.height() + 6);
    const int width = std::min(area.width(), metrics.horizontalAdvance(text) + iconWidth + 2 * kPad);
    const QRect box(area.left(), area.top() + (area.height() - height) / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.tint(colour, 0.45), 1));
    painter.setBrush(tokens.tint(colour, 0.12));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    int x = box.left() + kPad;
    if (iconWidth > 0) {
        const int size = iconSize(metrics);
        painter.drawPixmap(x, box.top() + (height - size) / 2,
                           iconPixmap(iconName, size, colour, painter.device()->devicePixelRatioF()));
        x += iconWidth;
    }
    painter.setPen(colour);
    painter.drawText(QRect(x, box.top(), box.right() - kPad - x + 2, height), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(text, Qt::ElideRight, box.right() - kPad - x + 2));
    painter.restore();
    return width;
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), palette(), m_text, m_tone, m_icon);
}

void Chip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace amana::ui
