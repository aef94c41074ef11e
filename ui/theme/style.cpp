// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/icon.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace amana::ui {

namespace {

void drawFrame(QPainter &painter, const QStyleOption &option, const QColor &colour, double width, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    const double inset = width / 2;
    painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

// Fusion darkens the window colour for outlines, which vanishes on a dark window.
void drawField(QPainter &painter, const QStyleOption &option, double radius)
{
    const Tokens &tokens = tokensOf(option.palette);
    const bool focus = (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Enabled);
    drawFrame(painter, option, focus ? tokens.accent : tokens.line, focus ? 2 : 1, radius);
}

void drawCheck(QPainter &painter, const QStyleOption &option)
{
    const Tokens &tokens = tokensOf(option.palette);
    const bool on = option.state & QStyle::State_On;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
    painter.setPen(QPen(on ? tokens.accent : tokens.text3, 1.4));
    painter.setBrush(on ? tokens.accent : tokens.surface0);
    painter.drawRoundedRect(box, 3, 3);
    if (on)
        painter.drawPixmap(box.topLeft() + QPointF(1, 1),
                           iconPixmap(QStringLiteral("check"), int(box.width()) - 2, tokens.onAccent,
                                      painter.device()->devicePixelRatioF()));
    painter.restore();
}

} // namespace

Style::Style() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect: drawFrame(*painter, *option, tokensOf(option->palette).accent, 2, 3); return;
    case PE_FrameLineEdit: drawField(*painter, *option, 3); return;
    case PE_Frame: drawField(*painter, *option, 0); return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheck(*painter, *option); return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin: return 6; // the text margin of table and list cells
    case PM_FocusFrameVMargin: return 3;
    case PM_HeaderMargin: return 7;
    case PM_ButtonMargin: return 14;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *data) const
{
    if (hint == SH_Widget_Animation_Duration)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace amana::ui
