// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/row_model.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

namespace amana::ui {

namespace {

constexpr int kRowPadding = 12;

class CellDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QVariant tone = index.data(ToneRole);
        QStyleOptionViewItem cell(option);
        cell.state &= ~QStyle::State_HasFocus; // the whole row is the item: the selection shows where we are
        if (!tone.isValid()) {
            QStyledItemDelegate::paint(painter, cell, index);
            return;
        }
        initStyleOption(&cell, index);
        cell.text.clear();
        cell.widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
        painter->save();
        painter->setFont(cell.font);
        Chip::paint(*painter, cell.rect.adjusted(4, 2, -4, -2), cell.palette,
                    index.data(Qt::DisplayRole).toString(), Tone(tone.toInt()), index.data(ChipIconRole).toString());
        painter->restore();
    }
};

// Hides rows without the text in any column, case-insensitively.
class RowFilter final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text)
    {
        m_text = text.trimmed();
        invalidateRowsFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        if (m_text.isEmpty())
            return true;
        for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
            const QModelIndex cell = sourceModel()->index(row, column, parent);
            if (cell.data().toString().contains(m_text, Qt::CaseInsensitive))
                return true;
        }
        return false;
    }

private:
    QString m_text;
};

} // namespace

Table::Table(const QString &accessibleName, QWidget *parent) : QTableView(parent), m_proxy(new RowFilter(this))
{
    setAccessibleName(accessibleName);
    setItemDelegate(new CellDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideMiddle);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setSortingEnabled(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    m_proxy->setSortRole(SortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortLocaleAware(true);
    setModel(m_proxy);
    m_proxy->sort(-1);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT idActivated(index.data(IdRole).toString()); });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_restoring)
            Q_EMIT currentIdChanged(currentId());
    });
    applyFont();
}

void Table::setSource(QAbstractItemModel *model)
{
    // Connected before the proxy is, so that the selection is read while it still stands.
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &Table::rememberSelection);
    m_proxy->setSourceModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &Table::restoreSelection);
    setWidths(m_widths);
}

void Table::setFilterText(const QString &text)
{
    static_cast<RowFilter *>(m_proxy)->setText(text);
}

QString Table::currentId() const
{
    return currentIndex().data(IdRole).toString();
}

QStringList Table::selectedIds() const
{
    QStringList ids;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        ids << index.data(IdRole).toString();
    return ids;
}

int Table::shownRows() const
{
    return m_proxy->rowCount();
}

void Table::selectId(const QString &id)
{
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        if (m_proxy->index(row, 0).data(IdRole).toString() == id) {
            selectRow(row);
            scrollTo(m_proxy->index(row, 0));
            return;
        }
    }
}

void Table::selectFirst()
{
    if (!currentIndex().isValid() && m_proxy->rowCount() > 0)
        selectRow(0);
}

void Table::setWidths(const QList<int> &characters)
{
    m_widths = characters;
    const int unit = fontMetrics().averageCharWidth();
    QHeaderView *header = horizontalHeader();
    if (header->count() == 0)
        return;
    header->setStretchLastSection(!characters.contains(0));
    for (int i = 0; i < characters.size() && i < header->count(); ++i) {
        header->setSectionResizeMode(i, characters[i] == 0 ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (characters[i] > 0)
            header->resizeSection(i, characters[i] * unit + 2 * kRowPadding);
    }
}

void Table::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        applyFont();
    QTableView::changeEvent(event);
}

void Table::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

void Table::applyFont()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowPadding);
    setWidths(m_widths);
}

void Table::copySelection() const
{
    QStringList lines;
    for (const QModelIndex &first : selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < m_proxy->columnCount(); ++column)
            cells << first.siblingAtColumn(column).data().toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void Table::rememberSelection()
{
    m_remembered = selectedIds();
    m_rememberedCurrent = currentId();
}

void Table::restoreSelection()
{
    m_restoring = true;
    QItemSelection selection;
    QModelIndex current;
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        const QModelIndex index = m_proxy->index(row, 0);
        const QString id = index.data(IdRole).toString();
        if (m_remembered.contains(id))
            selection.select(index, index);
        if (id == m_rememberedCurrent)
            current = index;
    }
    if (current.isValid())
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_restoring = false;
    if (currentId() != m_rememberedCurrent)
        Q_EMIT currentIdChanged(currentId());
}

} // namespace amana::ui
