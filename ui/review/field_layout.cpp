// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/field_layout.h"

#include "ui/review/span_model.h"
#include "ui/theme/icon.h"

#include <QCoreApplication>
#include <QPainter>
#include <QTextLine>

#include <algorithm>

namespace amana::ui {

namespace {

constexpr double kLabelScale = 0.75;
constexpr double kLineGap = 3;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(amana::ui::Review)
};

// Line breaks inside a paragraph layout are U+2028; one replacement per character keeps the offsets.
QString layoutText(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral(" \u2028"));
    return text.replace(QLatin1Char('\n'), QChar(0x2028)).replace(QLatin1Char('\r'), QChar(0x2028));
}

QColor markColour(const Tokens &tokens, MarkStyle style)
{
    switch (style) {
    case MarkStyle::Proposed: return tokens.caution;
    case MarkStyle::Accepted: return tokens.ok;
    case MarkStyle::Rejected: return tokens.text3;
    case MarkStyle::Added: return tokens.sealed;
    case MarkStyle::Sample:
    case MarkStyle::SampleDone: return tokens.info;
    }
    return tokens.text2;
}

MarkStyle styleOf(records::Decision decision)
{
    switch (decision) {
    case records::Decision::Proposed: return MarkStyle::Proposed;
    case records::Decision::Accepted: return MarkStyle::Accepted;
    case records::Decision::Rejected: return MarkStyle::Rejected;
    case records::Decision::Added: return MarkStyle::Added;
    }
    return MarkStyle::Proposed;
}

// The same paragraph stands at the same height on both sides, so that a reader's eye finds it.
void alignParagraphs(SideLayout &left, SideLayout &right)
{
    const std::vector<double> a = left.paragraphTops();
    const std::vector<double> b = right.paragraphTops();
    if (a.size() != b.size())
        return;
    std::vector<double> downLeft;
    std::vector<double> downRight;
    double shiftLeft = 0;
    double shiftRight = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double gap = (a[i] + shiftLeft) - (b[i] + shiftRight);
        (gap < 0 ? shiftLeft : shiftRight) += std::abs(gap);
        downLeft.push_back(shiftLeft);
        downRight.push_back(shiftRight);
    }
    left.moveParagraphs(downLeft);
    right.moveParagraphs(downRight);
}

} // namespace

SideLayout::SideLayout(const QString &text, std::vector<Mark> marks, const QFont &font, double width)
    : m_text(text), m_marks(std::move(marks)), m_labelFont(font), m_layout(layoutText(text), font)
{
    m_labelFont.setPointSizeF(font.pointSizeF() * kLabelScale);
    m_labelHeight = QFontMetricsF(m_labelFont).height();
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout.setTextOption(option);
    m_layout.setCacheEnabled(true);
    m_layout.beginLayout();
    while (true) {
        QTextLine line = m_layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(std::max(width, 40.0));
        const int from = line.textStart();
        const int to = from + std::max(line.textLength(), 1);
        const bool labelled = std::any_of(m_marks.begin(), m_marks.end(), [&](const Mark &m) {
            return !m.label.isEmpty() && m.range.begin >= from && m.range.begin < to;
        });
        m_height += labelled ? m_labelHeight : 0;
        line.setPosition({0, m_height});
        m_height += line.height() + kLineGap;
    }
    m_layout.endLayout();
}

int SideLayout::paragraphOf(const QTextLine &line) const
{
    return int(QStringView(m_layout.text()).left(line.textStart()).count(QChar(0x2028)));
}

std::vector<double> SideLayout::paragraphTops() const
{
    std::vector<double> tops;
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        if (paragraphOf(m_layout.lineAt(i)) == int(tops.size()))
            tops.push_back(m_layout.lineAt(i).y());
    }
    return tops;
}

void SideLayout::moveParagraphs(const std::vector<double> &down)
{
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        QTextLine line = m_layout.lineAt(i);
        line.setPosition({line.x(), line.y() + down[std::size_t(paragraphOf(line))]});
    }
    m_height += down.empty() ? 0 : down.back();
}

int SideLayout::offsetAt(QPointF point) const
{
    int best = 0;
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        const QTextLine line = m_layout.lineAt(i);
        if (i == 0 || line.y() - m_labelHeight <= point.y())
            best = line.xToCursor(point.x());
    }
    return std::clamp(best, 0, int(m_text.size()));
}

QString SideLayout::markAt(QPointF point) const
{
    for (const Mark &mark : m_marks) {
        for (const QRectF &box : boxesOf(mark.range)) {
            if (box.adjusted(-2, -m_labelHeight, 2, 2).contains(point))
                return mark.id;
        }
    }
    return {};
}

std::pair<double, double> SideLayout::lineAt(int offset) const
{
    const QTextLine line = m_layout.lineForTextPosition(std::min<int>(offset, int(m_text.size())));
    return line.isValid() ? std::pair(line.y() - m_labelHeight, line.y() + line.height()) : std::pair(0.0, 0.0);
}

std::vector<QRectF> SideLayout::boxesOf(Utf16Range range) const
{
    std::vector<QRectF> boxes;
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        const QTextLine line = m_layout.lineAt(i);
        const int from = std::max(range.begin, line.textStart());
        const int to = std::min(range.end(), line.textStart() + line.textLength());
        const bool emptyHere = range.length == 0 && range.begin >= line.textStart()
            && range.begin <= line.textStart() + line.textLength();
        if (from < to || emptyHere) {
            const double left = line.cursorToX(from);
            const double right = emptyHere ? left + 3 : line.cursorToX(to);
            boxes.emplace_back(QPointF(std::min(left, right), line.y()),
                               QSizeF(std::max(std::abs(right - left), 3.0), line.height()));
        }
        if (emptyHere)
            break;
    }
    return boxes;
}

void SideLayout::drawMark(QPainter &painter, QPointF topLeft, const Tokens &tokens, const Mark &mark,
                          bool current) const
{
    const QColor colour = markColour(tokens, mark.style);
    for (QRectF box : boxesOf(mark.range)) {
        box.translate(topLeft);
        const QRectF frame = box.adjusted(-1.5, -0.5, 1.5, 0.5);
        painter.setPen(Qt::NoPen);
        if (mark.style != MarkStyle::Rejected && mark.style != MarkStyle::SampleDone)
            painter.fillRect(frame, tokens.tint(colour, current ? 0.28 : 0.14));
        painter.setBrush(Qt::NoBrush);
        switch (mark.style) {
        case MarkStyle::Proposed:
            painter.setPen(QPen(colour, 2, Qt::DashLine));
            painter.drawLine(frame.bottomLeft(), frame.bottomRight());
            break;
        case MarkStyle::Accepted:
        case MarkStyle::Added:
            painter.setPen(QPen(colour, 2));
            painter.drawLine(frame.bottomLeft(), frame.bottomRight());
            break;
        case MarkStyle::Rejected:
            painter.setPen(QPen(colour, 1.4, Qt::DotLine));
            painter.drawRoundedRect(frame, 2, 2);
            break;
        case MarkStyle::Sample:
        case MarkStyle::SampleDone:
            painter.setPen(QPen(colour, 1, Qt::DashDotLine));
            painter.drawLine(frame.bottomLeft(), frame.bottomRight());
            break;
        }
        if (current) {
            painter.setPen(QPen(tokens.accent, 2));
            painter.drawRoundedRect(frame.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3);
        }
    }
}

void SideLayout::drawLabel(QPainter &painter, QPointF topLeft, const Tokens &tokens, const Mark &mark) const
{
    const std::vector<QRectF> boxes = boxesOf(mark.range);
    if (boxes.empty() || mark.label.isEmpty())
        return;
    const QColor colour = markColour(tokens, mark.style);
    QPointF at = topLeft + boxes.front().topLeft() - QPointF(0, m_labelHeight + 1);
    painter.setFont(m_labelFont);
    if (mark.style == MarkStyle::Added) {
        const int size = int(m_labelHeight);
        painter.drawPixmap(at, iconPixmap(QStringLiteral("hand"), size, colour, painter.device()->devicePixelRatioF()));
        at.rx() += size + 2;
    }
    painter.setPen(colour);
    painter.drawText(QRectF(at, QSizeF(400, m_labelHeight)), Qt::AlignLeft | Qt::AlignVCenter, mark.label);
}

void SideLayout::draw(QPainter &painter, QPointF topLeft, const QPalette &palette, const QString &currentMark,
                      Utf16Range selection, int caret) const
{
    const Tokens &tokens = tokensOf(palette);
    for (const Mark &mark : m_marks)
        drawMark(painter, topLeft, tokens, mark, mark.id == currentMark);
    QList<QTextLayout::FormatRange> selections;
    if (selection.length > 0) {
        QTextLayout::FormatRange range;
        range.start = selection.begin;
        range.length = selection.length;
        range.format.setBackground(palette.brush(QPalette::Highlight));
        range.format.setForeground(palette.brush(QPalette::HighlightedText));
        selections << range;
    }
    painter.setPen(palette.color(QPalette::Text));
    m_layout.draw(&painter, topLeft, selections);
    if (caret >= 0)
        m_layout.drawCursor(&painter, topLeft, caret, 2);
    for (const Mark &mark : m_marks)
        drawLabel(painter, topLeft, tokens, mark);
}

FieldLayout layOut(const ports::ReviewDocument &document, int field, const QFont &font, double width)
{
    const ports::ReviewField &source = document.fields[std::size_t(field)];
    const QString original = fromUtf8(source.original);
    const QString released = fromUtf8(source.released);
    std::vector<Mark> left;
    std::vector<Mark> right;
    for (const ports::ReviewSpan &span : source.spans) {
        const QString id = fromUtf8(span.edit.id);
        const MarkStyle style = styleOf(span.edit.decision);
        left.push_back({id, toUtf16(original, span.edit.span), style, typeText(span)});
        if (!source.removed)
            right.push_back({id, toUtf16(released, span.inReleased), style, {}});
    }
    for (const ports::SamplePiece &piece : document.sample) {
        if (piece.path == source.path) {
            left.push_back({piece.id, toUtf16(original, piece.span),
                            piece.confirmed ? MarkStyle::SampleDone : MarkStyle::Sample,
                            piece.confirmed ? QString() : Words::tr("Look here")});
        }
    }
    const QString shown = source.removed ? Words::tr("(removed)") : released;
    FieldLayout layout{std::make_unique<SideLayout>(original, std::move(left), font, width),
                       std::make_unique<SideLayout>(shown, std::move(right), font, width)};
    alignParagraphs(*layout.original, *layout.released);
    return layout;
}

} // namespace amana::ui
