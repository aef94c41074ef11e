// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/downloads/steps_view.h"

#include "ui/text/text_catalogue.h"
#include "ui/theme/icon.h"
#include "ui/widgets/format_text.h"

#include <QPainter>

namespace amana::ui {

namespace {

constexpr int kIcon = 18;
constexpr int kMinWidth = 260;

StateWords wordsOf(ports::StepState state)
{
    switch (state) {
    case ports::StepState::Waiting: return {StepsView::tr("Not yet"), Tone::Pending, QStringLiteral("clock")};
    case ports::StepState::Running: return {StepsView::tr("Running"), Tone::Info, QStringLiteral("play")};
    case ports::StepState::Done: return {StepsView::tr("Done"), Tone::Ok, QStringLiteral("check")};
    case ports::StepState::Failed: return {StepsView::tr("Failed"), Tone::Danger, QStringLiteral("problem")};
    }
    return {};
}

} // namespace

StepsView::StepsView(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StepsView::show(const std::vector<ports::DownloadStep> &steps)
{
    m_steps = steps;
    QStringList spoken;
    for (const ports::DownloadStep &step : steps)
        spoken << termText(QStringLiteral("step"), step.step) + QStringLiteral(": ") + wordsOf(step.state).text;
    setAccessibleName(tr("Steps"));
    setAccessibleDescription(spoken.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

int StepsView::lineHeight() const
{
    return fontMetrics().height() + 12;
}

QSize StepsView::sizeHint() const
{
    return {kMinWidth, int(m_steps.size()) * lineHeight() + 4};
}

void StepsView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(palette());
    QPainter painter(this);
    int y = 2;
    for (const ports::DownloadStep &step : m_steps) {
        const StateWords words = wordsOf(step.state);
        const QColor colour = colourOf(tokens, words.tone);
        painter.drawPixmap(2, y + (lineHeight() - kIcon) / 2, iconPixmap(words.icon, kIcon, colour, devicePixelRatioF()));
        QString text = termText(QStringLiteral("step"), step.step);
        if (step.error)
            text += QStringLiteral(" · ") + TextCatalogue::current().error(*step.error).title;
        const int right = fontMetrics().horizontalAdvance(words.text) + 8;
        const QRect line(kIcon + 12, y, width() - kIcon - 12 - right - 8, lineHeight());
        painter.setPen(step.state == ports::StepState::Waiting ? tokens.text3 : tokens.text1);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                         fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
        painter.setPen(colour);
        painter.drawText(QRect(width() - right, y, right - 4, lineHeight()), Qt::AlignVCenter | Qt::AlignRight, words.text);
        y += lineHeight();
    }
}

} // namespace amana::ui
