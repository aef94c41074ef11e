// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/phase_bar.h"

#include "ui/theme/icon.h"
#include "ui/theme/tokens.h"

#include <QPainter>

namespace amana::ui {

namespace {

constexpr int kDot = 18;
constexpr int kSteps = 5;

// InReview is not a step of its own: the document is imported and its review has begun.
int doneSteps(ports::Phase phase)
{
    switch (phase) {
    case ports::Phase::Imported:
    case ports::Phase::InReview: return 1;
    case ports::Phase::Reviewed: return 2;
    case ports::Phase::Sealed: return 3;
    case ports::Phase::Published: return 4;
    case ports::Phase::Shared: return 5;
    }
    return 0;
}

} // namespace

PhaseBar::PhaseBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setPhase(ports::Phase::Imported);
}

QString phaseText(ports::Phase phase)
{
    switch (phase) {
    case ports::Phase::Imported: return PhaseBar::tr("Imported");
    case ports::Phase::InReview: return PhaseBar::tr("In review");
    case ports::Phase::Reviewed: return PhaseBar::tr("Reviewed");
    case ports::Phase::Sealed: return PhaseBar::tr("Sealed");
    case ports::Phase::Published: return PhaseBar::tr("Published");
    case ports::Phase::Shared: return PhaseBar::tr("Shared");
    }
    return {};
}

void PhaseBar::setPhase(ports::Phase phase)
{
    m_phase = phase;
    setAccessibleName(tr("Phase: %1").arg(phaseText(phase)));
    update();
}

QStringList PhaseBar::names() const
{
    return {phaseText(ports::Phase::Imported), phaseText(ports::Phase::Reviewed), phaseText(ports::Phase::Sealed),
            phaseText(ports::Phase::Published), phaseText(ports::Phase::Shared)};
}

QSize PhaseBar::sizeHint() const
{
    return {minimumSizeHint().width() + 60, minimumSizeHint().height()};
}

QSize PhaseBar::minimumSizeHint() const
{
    const QFontMetrics metrics(font());
    int widest = 0;
    for (const QString &name : names())
        widest = std::max(widest, metrics.horizontalAdvance(name));
    return {kSteps * (widest + 6), kDot + metrics.height() + 8};
}

void PhaseBar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int done = doneSteps(m_phase);
    const QStringList labels = names();
    const double step = double(width()) / kSteps;
    for (int i = 0; i < kSteps; ++i) {
        const QPointF centre(step * (i + 0.5), kDot / 2.0 + 1);
        if (i + 1 < kSteps) {
            painter.setPen(QPen(i + 1 < done ? tokens.accent : tokens.line, 2));
            painter.drawLine(centre + QPointF(kDot / 2.0 + 2, 0), centre + QPointF(step - kDot / 2.0 - 2, 0));
        }
        painter.setPen(QPen(i < done ? tokens.accent : tokens.line, 2));
        painter.setBrush(i < done ? tokens.accent : tokens.surface0);
        painter.drawEllipse(centre, kDot / 2.0 - 1, kDot / 2.0 - 1);
        if (i < done) {
            painter.drawPixmap(QPointF(centre.x() - 6, centre.y() - 6),
                               iconPixmap(QStringLiteral("check"), 12, tokens.onAccent, devicePixelRatioF()));
        }
        painter.setPen(i < done ? tokens.text1 : tokens.text3);
        painter.drawText(QRectF(step * i, kDot + 4, step, height() - kDot - 4), Qt::AlignHCenter | Qt::AlignTop,
                         labels[i]);
    }
}

} // namespace amana::ui
