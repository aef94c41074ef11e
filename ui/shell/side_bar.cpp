// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/side_bar.h"

#include "ui/theme/icon.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace amana::ui {

namespace {

constexpr int kIcon = 20;
constexpr int kPad = 10;
enum Role { SectionRole = Qt::UserRole, IconRole, BadgeRole };

class SectionDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool heading = index.data(SectionRole).toString().isEmpty();
        const int text = option.fontMetrics.horizontalAdvance(index.data().toString());
        return {text + kIcon + 4 * kPad + 28, option.fontMetrics.height() + (heading ? 16 : 14)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setFont(option.font);
        if (index.data(SectionRole).toString().isEmpty())
            paintHeading(*painter, option, tokens, index.data().toString());
        else
            paintSection(*painter, option, tokens, index);
        painter->restore();
    }

private:
    static void paintHeading(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &tokens,
                             const QString &text)
    {
        QFont font = option.font;
        font.setPointSizeF(font.pointSizeF() * 0.85);
        painter.setFont(font);
        painter.setPen(tokens.text3);
        painter.drawText(option.rect.adjusted(kPad + 4, 6, 0, -2), Qt::AlignLeft | Qt::AlignBottom, text);
    }

    static void paintSection(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &tokens,
                             const QModelIndex &index)
    {
        const QRect box = option.rect.adjusted(6, 1, -6, -1);
        const bool selected = option.state & QStyle::State_Selected;
        painter.setPen(Qt::NoPen);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter.setBrush(selected ? tokens.tint(tokens.accent, 0.18) : tokens.tint(tokens.text2, 0.10));
            painter.drawRoundedRect(box, 4, 4);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter.setPen(QPen(tokens.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4);
        }
        const QColor colour = selected ? tokens.accent : tokens.text2;
        const QString iconName = index.data(IconRole).toString();
        painter.drawPixmap(box.left() + kPad, box.center().y() - kIcon / 2 + 1,
                           iconPixmap(iconName, kIcon, colour, painter.device()->devicePixelRatioF()));
        painter.setPen(selected ? tokens.text1 : tokens.text2);
        painter.drawText(box.adjusted(kPad + kIcon + 8, 0, -kPad, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         index.data().toString());
        const int badge = index.data(BadgeRole).toInt();
        if (badge > 0)
            paintBadge(painter, option, tokens, box, badge > 99 ? QStringLiteral("99+") : QString::number(badge));
    }

    static void paintBadge(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &tokens, const QRect &box,
                           const QString &text)
    {
        const int height = option.fontMetrics.height();
        const int width = std::max(height, option.fontMetrics.horizontalAdvance(text) + 10);
        const QRect area(box.right() - width - 6, box.center().y() - height / 2 + 1, width, height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accent);
        painter.drawRoundedRect(area, height / 2.0, height / 2.0);
        painter.setPen(tokens.onAccent);
        painter.drawText(area, Qt::AlignCenter, text);
    }
};

} // namespace

SideBar::SideBar(QWidget *parent) : QListWidget(parent)
{
    setItemDelegate(new SectionDelegate(this));
    setAccessibleName(tr("Sections"));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Button);
    viewport()->setBackgroundRole(QPalette::Button);
    connect(this, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item != nullptr && !item->data(SectionRole).toString().isEmpty())
            Q_EMIT sectionChosen(item->data(SectionRole).toString());
    });
}

void SideBar::addHeading(const QString &text)
{
    auto *item = new QListWidgetItem(text, this);
    item->setFlags(Qt::NoItemFlags);
}

void SideBar::addSection(const QString &id, const QString &title, const QString &iconName)
{
    auto *item = new QListWidgetItem(title, this);
    item->setData(SectionRole, id);
    item->setData(IconRole, iconName);
    item->setData(Qt::AccessibleTextRole, title);
}

void SideBar::setBadge(const QString &id, int count)
{
    if (QListWidgetItem *item = itemOf(id)) {
        item->setData(BadgeRole, count);
        item->setData(Qt::AccessibleTextRole, count == 0 ? item->text() : tr("%1, %n waiting", nullptr, count).arg(item->text()));
    }
}

void SideBar::setCurrent(const QString &id)
{
    setCurrentItem(itemOf(id));
}

QListWidgetItem *SideBar::itemOf(const QString &id) const
{
    for (int i = 0; i < count(); ++i) {
        if (item(i)->data(SectionRole).toString() == id)
            return item(i);
    }
    return nullptr;
}

QSize SideBar::sizeHint() const
{
    return {sizeHintForColumn(0) + 8, 400};
}

} // namespace amana::ui
