// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_text_view.h"

#include "ui/theme/tokens.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace amana::ui {

namespace {

constexpr int kMargin = 12;
constexpr int kGutter = 24;
constexpr int kBlockGap = 10;
constexpr std::size_t kKeptLayouts = 300;

bool isProse(records::FieldKind kind)
{
    return kind == records::FieldKind::FreeText;
}

int wordEdge(const QString &text, int from, int step)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(from);
    const qsizetype to = step > 0 ? finder.toNextBoundary() : finder.toPreviousBoundary();
    return to < 0 ? (step > 0 ? int(text.size()) : 0) : int(to);
}

int characterEdge(const QString &text, int from, int step)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(from);
    const qsizetype to = step > 0 ? finder.toNextBoundary() : finder.toPreviousBoundary();
    return to < 0 ? from : int(to);
}

} // namespace

ReviewTextView::ReviewTextView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    // With an input method on, J would type ㅓ instead of moving on.
    setAttribute(Qt::WA_InputMethodEnabled, false);
    viewport()->setAttribute(Qt::WA_InputMethodEnabled, false);
    viewport()->setCursor(Qt::IBeamCursor);
    verticalScrollBar()->setSingleStep(fontMetrics().height());
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
}

void ReviewTextView::setDocument(const ports::ReviewDocument *document, bool allFields)
{
    m_document = document;
    m_allFields = allFields;
    m_selectionField = -1;
    makeBlocks();
    verticalScrollBar()->setValue(0);
    viewport()->update();
}

void ReviewTextView::refresh()
{
    const int before = int(m_blocks.size());
    const int scroll = verticalScrollBar()->value();
    std::vector<Block> old = m_blocks;
    makeBlocks();
    if (int(m_blocks.size()) == before) { // heights that were exact stay a good guess, so nothing jumps
        for (std::size_t i = 0; i < m_blocks.size(); ++i)
            m_blocks[i].height = old[i].height;
        place();
    }
    verticalScrollBar()->setValue(scroll);
    viewport()->update();
}

void ReviewTextView::makeBlocks()
{
    m_blocks.clear();
    m_layouts.clear();
    if (m_document != nullptr) {
        for (int f = 0; f < int(m_document->fields.size()); ++f) {
            const ports::ReviewField &field = m_document->fields[std::size_t(f)];
            if (m_allFields || isProse(field.kind) || !field.spans.empty())
                m_blocks.push_back({f, 0, estimatedHeight(f)});
        }
    }
    place();
}

void ReviewTextView::place()
{
    int y = kMargin;
    for (Block &block : m_blocks) {
        block.top = y;
        y += block.height + kBlockGap;
    }
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, y - viewport()->height()));
}

int ReviewTextView::headingHeight() const
{
    return fontMetrics().height() + 2;
}

double ReviewTextView::sideWidth() const
{
    return (viewport()->width() - 2 * kMargin - kGutter) / 2.0;
}

int ReviewTextView::estimatedHeight(int field) const
{
    const ports::ReviewField &source = m_document->fields[std::size_t(field)];
    const double perLine = std::max(10.0, sideWidth() / fontMetrics().averageCharWidth());
    const auto breaks = std::count(source.original.begin(), source.original.end(), '\n');
    const int lines = 1 + int(double(source.original.size()) / perLine) + int(breaks);
    const int labels = source.spans.empty() ? 0 : fontMetrics().height();
    return headingHeight() + lines * (fontMetrics().height() + 3) + labels;
}

const FieldLayout &ReviewTextView::layoutOf(int block)
{
    auto it = m_layouts.find(block);
    if (it == m_layouts.end()) {
        if (m_layouts.size() > kKeptLayouts)
            m_layouts.clear();
        it = m_layouts.emplace(block, layOut(*m_document, m_blocks[std::size_t(block)].field, font(), sideWidth()))
                 .first;
    }
    return it->second;
}

int ReviewTextView::blockAt(int y) const
{
    const auto it = std::upper_bound(m_blocks.begin(), m_blocks.end(), y,
                                     [](int value, const Block &block) { return value < block.top; });
    return std::max(0, int(it - m_blocks.begin()) - 1);
}

int ReviewTextView::blockOfField(int field) const
{
    const auto it = std::lower_bound(m_blocks.begin(), m_blocks.end(), field,
                                     [](const Block &block, int value) { return block.field < value; });
    return it != m_blocks.end() && it->field == field ? int(it - m_blocks.begin()) : -1;
}

void ReviewTextView::layOutVisible()
{
    if (m_blocks.empty())
        return;
    bool moved = false;
    int y = 0;
    const int first = blockAt(verticalScrollBar()->value());
    y = m_blocks[std::size_t(first)].top;
    const int bottom = verticalScrollBar()->value() + viewport()->height();
    for (int i = first; i < int(m_blocks.size()) && y < bottom; ++i) {
        Block &block = m_blocks[std::size_t(i)];
        const int exact = headingHeight() + int(std::ceil(layoutOf(i).height()));
        moved = moved || exact != block.height;
        block.height = exact;
        y += exact + kBlockGap;
    }
    if (moved)
        place();
}

void ReviewTextView::setCurrent(const QString &markId, int field)
{
    m_currentMark = markId;
    const int block = blockOfField(field);
    if (block >= 0) {
        int offset = 0;
        const ports::ReviewField &source = m_document->fields[std::size_t(field)];
        const QString text = fromUtf8(source.original);
        for (const ports::ReviewSpan &span : source.spans) {
            if (fromUtf8(span.edit.id) == markId)
                offset = toUtf16(text, span.edit.span).begin;
        }
        for (const ports::SamplePiece &piece : m_document->sample) {
            if (piece.id == markId && piece.path == source.path)
                offset = toUtf16(text, piece.span).begin;
        }
        if (!selection()) { // the caret follows, so that Shift+arrows select from the mark
            m_selectionField = field;
            m_anchor = m_caret = offset;
        }
        scrollTo(block, offset);
    }
    viewport()->update();
}

void ReviewTextView::scrollTo(int block, int offset)
{
    const auto [top, bottom] = layoutOf(block).original->lineAt(offset);
    Block &target = m_blocks[std::size_t(block)];
    target.height = headingHeight() + int(std::ceil(layoutOf(block).height()));
    place();
    const int lineTop = target.top + headingHeight() + int(top);
    const int lineBottom = target.top + headingHeight() + int(bottom);
    const int view = verticalScrollBar()->value();
    const int margin = std::min(3 * fontMetrics().height(), viewport()->height() / 4);
    if (lineTop - margin < view || lineBottom + margin > view + viewport()->height())
        verticalScrollBar()->setValue(lineTop - viewport()->height() / 3);
}

std::optional<ReviewTextView::Selection> ReviewTextView::selection() const
{
    if (m_document == nullptr || m_selectionField < 0 || m_anchor == m_caret)
        return std::nullopt;
    const ports::ReviewField &field = m_document->fields[std::size_t(m_selectionField)];
    const Utf16Range range{std::min(m_anchor, m_caret), std::abs(m_anchor - m_caret)};
    return Selection{field.path, toCodePoints(fromUtf8(field.original), range)};
}

void ReviewTextView::clearSelection()
{
    m_anchor = m_caret;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void ReviewTextView::select(int field, Utf16Range range)
{
    m_selectionField = field;
    m_anchor = range.begin;
    m_caret = range.end();
    viewport()->update();
    Q_EMIT selectionChanged();
}

void ReviewTextView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (m_document == nullptr)
        return;
    layOutVisible();
    painter.setPen(tokensOf(palette()).line);
    painter.drawLine(viewport()->width() / 2, 0, viewport()->width() / 2, viewport()->height());
    const int scroll = verticalScrollBar()->value();
    for (int i = m_blocks.empty() ? 0 : blockAt(scroll); i < int(m_blocks.size()); ++i) {
        const int y = m_blocks[std::size_t(i)].top - scroll;
        if (y > viewport()->height())
            break;
        paintBlock(painter, i, y);
    }
}

void ReviewTextView::paintBlock(QPainter &painter, int block, int y)
{
    const int field = m_blocks[std::size_t(block)].field;
    const ports::ReviewField &source = m_document->fields[std::size_t(field)];
    const int width = int(sideWidth());
    const int right = kMargin + width + kGutter;
    painter.setFont(font());
    painter.setPen(tokensOf(palette()).text3);
    const QString name = fontMetrics().elidedText(fromUtf8(source.element.empty() ? source.path : source.element),
                                                  Qt::ElideMiddle, width);
    painter.drawText(QRect(kMargin, y, width, headingHeight()), Qt::AlignVCenter | Qt::AlignLeft, name);
    painter.drawText(QRect(right, y, width, headingHeight()), Qt::AlignVCenter | Qt::AlignLeft, name);
    const FieldLayout &layout = layoutOf(block);
    const bool selecting = field == m_selectionField;
    const Utf16Range selected{std::min(m_anchor, m_caret), std::abs(m_anchor - m_caret)};
    layout.original->draw(painter, QPointF(kMargin, y + headingHeight()), palette(), m_currentMark,
                          selecting ? selected : Utf16Range{}, selecting && hasFocus() ? m_caret : -1);
    layout.released->draw(painter, QPointF(right, y + headingHeight()), palette(), m_currentMark, {}, -1);
}

void ReviewTextView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const int keep = m_blocks.empty() ? -1 : m_blocks[std::size_t(blockAt(verticalScrollBar()->value()))].field;
    makeBlocks();
    const int block = keep < 0 ? -1 : blockOfField(keep);
    if (block >= 0)
        verticalScrollBar()->setValue(m_blocks[std::size_t(block)].top);
}

void ReviewTextView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        makeBlocks();
        viewport()->update();
    }
}

ReviewTextView::Hit ReviewTextView::hitAt(QPoint point)
{
    if (m_blocks.empty())
        return {};
    const int y = point.y() + verticalScrollBar()->value();
    const int block = blockAt(y);
    const bool released = point.x() > viewport()->width() / 2;
    const double left = released ? kMargin + sideWidth() + kGutter : kMargin;
    const int top = m_blocks[std::size_t(block)].top + headingHeight();
    return {block, released, QPointF(point.x() - left, y - top)};
}

void ReviewTextView::mousePressEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->pos());
    if (hit.block < 0 || event->button() != Qt::LeftButton)
        return;
    const FieldLayout &layout = layoutOf(hit.block);
    const QString mark = (hit.released ? layout.released : layout.original)->markAt(hit.inside);
    if (!hit.released) {
        m_selectionField = m_blocks[std::size_t(hit.block)].field;
        m_anchor = m_caret = layout.original->offsetAt(hit.inside);
    }
    if (!mark.isEmpty())
        Q_EMIT markClicked(mark);
    viewport()->update();
    Q_EMIT selectionChanged();
}

void ReviewTextView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || m_selectionField < 0)
        return;
    const int block = blockOfField(m_selectionField);
    if (block < 0)
        return;
    const int top = m_blocks[std::size_t(block)].top + headingHeight() - verticalScrollBar()->value();
    moveCaret(layoutOf(block).original->offsetAt(QPointF(event->pos().x() - kMargin, event->pos().y() - top)), true);
}

void ReviewTextView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->pos());
    if (hit.block < 0 || hit.released)
        return;
    const SideLayout &side = *layoutOf(hit.block).original;
    const int at = side.offsetAt(hit.inside);
    const int from = wordEdge(side.text(), std::min<int>(at + 1, int(side.text().size())), -1);
    select(m_blocks[std::size_t(hit.block)].field, {from, wordEdge(side.text(), from, 1) - from});
}

void ReviewTextView::moveCaret(int to, bool extend)
{
    m_caret = to;
    if (!extend)
        m_anchor = to;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void ReviewTextView::keyPressEvent(QKeyEvent *event)
{
    const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (!sideways || m_document == nullptr || m_selectionField < 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const QString text = fromUtf8(m_document->fields[std::size_t(m_selectionField)].original);
    const int step = event->key() == Qt::Key_Right ? 1 : -1;
    const bool words = event->modifiers() & Qt::ControlModifier;
    moveCaret(words ? wordEdge(text, m_caret, step) : characterEdge(text, m_caret, step),
              event->modifiers() & Qt::ShiftModifier);
}

} // namespace amana::ui
