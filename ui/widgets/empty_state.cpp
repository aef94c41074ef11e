// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include "ui/theme/icon.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/korean_break.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace amana::ui {

namespace {

constexpr int kIconSize = 56;
constexpr int kSentenceWidth = 460;

} // namespace

QPushButton *buttonFor(QAction *action, const QString &tone, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    // Shown only after it was hidden: showing a button that has no parent yet would open a window of its own.
    auto follow = [button, action, shown = true]() mutable {
        button->setText(action->text());
        button->setEnabled(action->isEnabled());
        if (action->isVisible() != shown)
            button->setVisible(shown = action->isVisible());
        button->setToolTip(action->toolTip());
        QString name = action->text();
        button->setAccessibleName(name.remove(QLatin1Char('&')));
    };
    follow();
    if (!tone.isEmpty())
        button->setProperty("tone", tone);
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

EmptyState::EmptyState(const QString &iconName, const QString &sentence, QAction *primary, QAction *alternative,
                       QWidget *parent)
    : QWidget(parent), m_iconName(iconName), m_icon(new QLabel), m_sentence(new QLabel)
{
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setFixedWidth(kSentenceWidth);
    m_sentence->setForegroundRole(QPalette::Text);
    m_icon->setAlignment(Qt::AlignCenter);
    setSentence(sentence);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(16);
    layout->addStretch(2);
    layout->addWidget(m_icon);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    auto *row = new QHBoxLayout;
    row->addStretch();
    if (primary != nullptr)
        row->addWidget(buttonFor(primary, QStringLiteral("primary")));
    if (alternative != nullptr)
        row->addWidget(buttonFor(alternative));
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch(3);
    paintIcon();
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(breakAtSpaces(sentence));
    m_sentence->setAccessibleName(sentence);
    fitSentence();
}

/// A centred label gets the height of its hint, which is that of another width.
void EmptyState::fitSentence()
{
    m_sentence->ensurePolished();
    m_sentence->setMinimumHeight(m_sentence->heightForWidth(kSentenceWidth));
}

void EmptyState::paintIcon()
{
    m_icon->setPixmap(iconPixmap(m_iconName, kIconSize, tokensOf(palette()).text3, devicePixelRatioF()));
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitSentence();
    QWidget::changeEvent(event);
}

} // namespace amana::ui
