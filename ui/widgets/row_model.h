// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/format_text.h"

#include <QAbstractTableModel>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace amana::ui {

/// Roles that tables and delegates of this program understand.
enum RowRole {
    IdRole = Qt::UserRole,  ///< stable identifier of the row
    SortRole,               ///< typed value behind the display text
    ToneRole,               ///< int(Tone) when the cell is a chip
    ChipIconRole,
};

/// One column as data. Only `title` and `text` are needed.
template <class Row>
struct Column {
    QString title;
    std::function<QString(const Row &)> text;
    std::function<QVariant(const Row &)> sort = {};
    std::function<StateWords(const Row &)> chip = {}; ///< drawn as a chip; its words should equal `text`
    bool number = false;                              ///< right-aligned
};

/// A table over plain values. Rows are replaced as a whole; unchanged identifiers keep selection and scroll place. A
/// list that comes in pages asks for the next one when a view has come to its end.
template <class Row>
class RowModel final : public QAbstractTableModel {
public:
    RowModel(std::vector<Column<Row>> columns, std::function<QString(const Row &)> id, QObject *parent = nullptr)
        : QAbstractTableModel(parent), m_columns(std::move(columns)), m_id(std::move(id))
    {
    }

    void setRows(std::vector<Row> rows)
    {
        const bool sameRows = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                         [this](const Row &a, const Row &b) { return m_id(a) == m_id(b); });
        if (sameRows) {
            m_rows = std::move(rows);
            if (!m_rows.empty())
                Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, int(m_columns.size()) - 1));
            return;
        }
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }

    /// `fetch` asks for the next page; it ends in append(), or in setRows() when the list begins anew.
    void setFetch(std::function<void()> fetch) { m_fetch = std::move(fetch); }
    /// Whether there is another page after these rows.
    void setMore(bool more)
    {
        m_more = more;
        m_fetching = false;
    }
    void append(std::vector<Row> rows, bool more)
    {
        setMore(more);
        if (rows.empty())
            return;
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + rows.size()) - 1);
        m_rows.insert(m_rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
        endInsertRows();
    }
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override
    {
        return !parent.isValid() && m_more && !m_fetching && m_fetch;
    }
    void fetchMore(const QModelIndex &parent) override
    {
        if (!canFetchMore(parent))
            return;
        m_fetching = true; // one page at a time
        m_fetch();
    }

    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] const Row *find(const QString &id) const
    {
        const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &r) { return m_id(r) == id; });
        return it == m_rows.end() ? nullptr : &*it;
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_columns.size());
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column<Row> &column = m_columns[std::size_t(section)];
        if (role == Qt::DisplayRole)
            return column.title;
        if (role == Qt::TextAlignmentRole)
            return alignment(column);
        return {};
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Row &row = m_rows[std::size_t(index.row())];
        const Column<Row> &column = m_columns[std::size_t(index.column())];
        switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole: return column.text(row);
        case Qt::AccessibleTextRole: return column.title + QStringLiteral(": ") + column.text(row);
        case Qt::TextAlignmentRole: return alignment(column);
        case IdRole: return m_id(row);
        case SortRole: return column.sort ? column.sort(row) : QVariant(column.text(row));
        case ToneRole: return column.chip ? QVariant(int(column.chip(row).tone)) : QVariant();
        case ChipIconRole: return column.chip ? QVariant(column.chip(row).icon) : QVariant();
        default: return {};
        }
    }

private:
    static QVariant alignment(const Column<Row> &column)
    {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (column.number ? Qt::AlignRight : Qt::AlignLeft)));
    }

    std::vector<Column<Row>> m_columns;
    std::function<QString(const Row &)> m_id;
    std::vector<Row> m_rows;
    std::function<void()> m_fetch;
    bool m_more = false;
    bool m_fetching = false;
};

} // namespace amana::ui
