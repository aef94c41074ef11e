// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTableView>

class QSortFilterProxyModel;

namespace amana::ui {

/// A sortable, filterable table of rows with identifiers (RowModel): fixed row height, chips, copy as TSV,
/// selection kept by identifier when the rows are replaced. Good to about 100,000 rows.
class Table final : public QTableView {
    Q_OBJECT
public:
    explicit Table(const QString &accessibleName, QWidget *parent = nullptr);

    void setSource(QAbstractItemModel *model);
    void setFilterText(const QString &text);
    [[nodiscard]] QString currentId() const;
    [[nodiscard]] QStringList selectedIds() const;
    [[nodiscard]] int shownRows() const;
    void selectId(const QString &id);
    void selectFirst();
    void setWidths(const QList<int> &characters); ///< column widths in characters; the widest by 0 takes the rest

Q_SIGNALS:
    void currentIdChanged(const QString &id);
    void idActivated(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyFont();
    void copySelection() const;
    void rememberSelection();
    void restoreSelection();

    QSortFilterProxyModel *m_proxy;
    QList<int> m_widths;
    QStringList m_remembered;
    QString m_rememberedCurrent;
    bool m_restoring = false;
};

} // namespace amana::ui
