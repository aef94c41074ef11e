// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/span_list.h"

#include "ui/review/span_model.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/chip.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace amana::ui {

namespace {

constexpr int kPad = 6;

class SpanDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, 2 * option.fontMetrics.height() + 3 * kPad + 4};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        painter->save();
        painter->fillRect(option.rect, selected ? tokens.tint(tokens.accent, 0.16) : tokens.surface0);
        if (selected)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), tokens.accent);
        const QRect inner = option.rect.adjusted(kPad + 3, kPad, -kPad, -kPad);
        const int chipHeight = option.fontMetrics.height() + 4;
        QRect top(inner.topLeft(), QSize(inner.width(), chipHeight));
        painter->setFont(option.font);
        const int used = Chip::paint(*painter, top, option.palette, index.data(SpanModel::StateRole).toString(),
                                     Tone(index.data(SpanModel::StateToneRole).toInt()),
                                     index.data(SpanModel::StateIconRole).toString());
        painter->setPen(tokens.text2);
        painter->drawText(top.adjusted(used + kPad, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          index.data(SpanModel::TypeRole).toString());
        const QRect line(inner.left(), top.bottom() + kPad, inner.width(), option.fontMetrics.height());
        const QString replacement = index.data(SpanModel::ReplacementRole).toString();
        QString text = index.data(Qt::DisplayRole).toString();
        if (!replacement.isEmpty())
            text += QStringLiteral(" → ") + replacement;
        painter->setPen(tokens.text1);
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                          option.fontMetrics.elidedText(text, Qt::ElideRight, line.width()));
        painter->setPen(tokens.line);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        painter->restore();
    }
};

} // namespace

SpanList::SpanList(QWidget *parent) : QListView(parent)
{
    setItemDelegate(new SpanDelegate(this));
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Marks in this document"));
}

} // namespace amana::ui
