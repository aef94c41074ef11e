// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/section_box.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/korean_break.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace amana::ui {

namespace {

constexpr double kTitleScale = 1.35;

} // namespace

QLabel *valueLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel *titleLabel(const QString &text)
{
    auto *label = new QLabel(text);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * kTitleScale);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel *hintLabel(const QString &text)
{
    QLabel *label = valueLabel(breakAtSpaces(text));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

SectionBox::SectionBox(const QString &title, QWidget *parent) : QFrame(parent), m_grid(new QGridLayout(this))
{
    auto *heading = new QLabel(title);
    QFont font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    m_grid->setContentsMargins(12, 8, 12, 10);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    m_grid->addWidget(heading, 0, 0, 1, 2);
    setAccessibleName(title);
}

QLabel *SectionBox::addLine(const QString &label, const QString &value)
{
    const int row = m_grid->rowCount();
    auto *name = new QLabel(label);
    name->setForegroundRole(QPalette::PlaceholderText);
    QLabel *text = valueLabel(value);
    text->setAccessibleName(label);
    m_grid->addWidget(name, row, 0, Qt::AlignTop);
    m_grid->addWidget(text, row, 1, Qt::AlignTop);
    return text;
}

QLabel *SectionBox::addText(const QString &text)
{
    QLabel *label = valueLabel(text);
    m_grid->addWidget(label, m_grid->rowCount(), 0, 1, 2);
    return label;
}

void SectionBox::addRow(QWidget *widget)
{
    m_grid->addWidget(widget, m_grid->rowCount(), 0, 1, 2);
}

void SectionBox::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.surface0);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

} // namespace amana::ui
