// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/phrase_view.h"

#include "ui/theme/tokens.h"

#include <QPainter>

namespace amana::ui {

namespace {

constexpr int kColumns = 4;

} // namespace

PhraseView::PhraseView(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Recovery phrase: shown on screen only, not read aloud"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PhraseView::setPhrase(ports::Secret phrase)
{
    m_phrase = std::move(phrase);
    updateGeometry();
    update();
}

void PhraseView::clear()
{
    setPhrase(nullptr);
}

std::string_view PhraseView::word(int index) const
{
    if (!m_phrase)
        return {};
    std::string_view rest = m_phrase->text();
    for (int i = 0;; ++i) {
        const std::size_t blank = rest.find(' ');
        if (i == index)
            return rest.substr(0, blank);
        if (blank == std::string_view::npos)
            return {};
        rest.remove_prefix(blank + 1);
    }
}

int PhraseView::wordCount() const
{
    int count = 0;
    while (!word(count).empty())
        ++count;
    return count;
}

bool PhraseView::isWord(int number, const QString &typed) const
{
    const std::string_view right = word(number - 1);
    const QByteArray given = typed.trimmed().toLower().toUtf8();
    return !right.empty() && right == std::string_view(given.constData(), std::size_t(given.size()));
}

QSize PhraseView::sizeHint() const
{
    return {420, (24 / kColumns) * (fontMetrics().height() + 10) + 12};
}

void PhraseView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.surface0);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const int count = wordCount();
    const int rowHeight = fontMetrics().height() + 10;
    const int columnWidth = (width() - 24) / kColumns;
    const int numberWidth = fontMetrics().horizontalAdvance(QStringLiteral("00 "));
    for (int i = 0; i < count; ++i) {
        const QRect cell(12 + (i % kColumns) * columnWidth, 6 + (i / kColumns) * rowHeight, columnWidth, rowHeight);
        painter.setPen(tokens.text3);
        painter.drawText(cell, Qt::AlignVCenter | Qt::AlignLeft, QString::number(i + 1));
        painter.setPen(tokens.text1);
        const std::string_view text = word(i);
        QString shown = QString::fromUtf8(text.data(), qsizetype(text.size()));
        painter.drawText(cell.adjusted(numberWidth, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, shown);
        shown.fill(QLatin1Char('x')); // the buffer is ours alone: overwrite before it is freed
    }
}

} // namespace amana::ui
