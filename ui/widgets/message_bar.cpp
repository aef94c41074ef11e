// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include "ui/text/text_catalogue.h"
#include "ui/theme/icon.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/text_offsets.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace amana::ui {

namespace {

constexpr int kIconSize = 20;

QString iconFor(Tone tone)
{
    switch (tone) {
    case Tone::Ok: return QStringLiteral("check");
    case Tone::Caution: return QStringLiteral("warning");
    case Tone::Danger: return QStringLiteral("problem");
    case Tone::Sealed: return QStringLiteral("sealed");
    case Tone::Plain:
    case Tone::Info:
    case Tone::Pending: break;
    }
    return QStringLiteral("info");
}

QToolButton *toolButton(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    return button;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel), m_title(new QLabel), m_body(new QLabel),
      m_copy(new QAction(icon(QStringLiteral("copy")), tr("Copy details"), this)),
      m_close(new QAction(icon(QStringLiteral("cross")), tr("Close message"), this))
{
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel *label : {m_title, m_body}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        texts->addWidget(label);
    }
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    m_copyButton = toolButton(m_copy);
    row->addWidget(m_copyButton, 0, Qt::AlignTop);
    row->addWidget(toolButton(m_close), 0, Qt::AlignTop);
    connect(m_close, &QAction::triggered, this, &MessageBar::clear);
    connect(m_copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_details); });
    hide();
}

void MessageBar::showError(const Error &error)
{
    const ErrorText text = TextCatalogue::current().error(error);
    const Tone tone = error.code == ErrorCode::Cancelled ? Tone::Info : Tone::Danger;
    const QString body = text.next.isEmpty() ? text.meaning : text.meaning + QLatin1Char(' ') + text.next;
    set(text.title, body, tone, fromUtf8(error.debugString()));
}

void MessageBar::showMessage(const QString &text, Tone tone)
{
    set(text, {}, tone, {});
}

void MessageBar::clear()
{
    hide();
    m_title->clear();
    m_body->clear();
    m_details.clear();
}

QString MessageBar::text() const
{
    return accessibleName();
}

void MessageBar::set(const QString &title, const QString &body, Tone tone, const QString &details)
{
    m_tone = tone;
    m_details = details;
    m_title->setText(breakAtSpaces(title));
    m_body->setText(breakAtSpaces(body));
    m_body->setVisible(!body.isEmpty());
    m_copyButton->setVisible(!details.isEmpty());
    setAccessibleName(body.isEmpty() ? title : title + QStringLiteral(". ") + body);
    paintIcon();
    show();
}

void MessageBar::paintIcon()
{
    m_icon->setPixmap(iconPixmap(iconFor(m_tone), kIconSize, colourOf(tokensOf(palette()), m_tone),
                                 devicePixelRatioF()));
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(palette());
    const QColor colour = colourOf(tokens, m_tone);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.tint(colour, 0.4));
    painter.setBrush(tokens.tint(colour, 0.10));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void MessageBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
    QFrame::changeEvent(event);
}

} // namespace amana::ui
