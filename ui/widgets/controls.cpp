// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"

#include "ui/theme/icon.h"

#include <QAction>
#include <QListWidget>
#include <QTimer>

namespace amana::ui {

namespace {

constexpr int kDebounceMs = 200;

} // namespace

QLineEdit *searchField(const QString &name, std::function<void(QString)> changed)
{
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(name);
    edit->setAccessibleName(name);
    edit->setClearButtonEnabled(true);
    edit->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition)->setText(name);
    auto *timer = new QTimer(edit);
    timer->setSingleShot(true);
    timer->setInterval(kDebounceMs);
    QObject::connect(edit, &QLineEdit::textChanged, timer, qOverload<>(&QTimer::start));
    QObject::connect(timer, &QTimer::timeout, edit,
                     [edit, changed = std::move(changed)] { changed(edit->text().trimmed()); });
    return edit;
}

QSplitter *sideBySide(QWidget *left, QWidget *right, int leftSize, int rightSize)
{
    auto *split = new QSplitter;
    split->addWidget(left);
    split->addWidget(right);
    split->setSizes({leftSize, rightSize});
    split->setStretchFactor(0, 1);
    split->setChildrenCollapsible(false);
    return split;
}

QScrollArea *scrolled(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

QListWidget *tickList(const QString &name, int rows)
{
    auto *list = new QListWidget;
    list->setAccessibleName(name);
    list->setSpacing(2);
    list->setFixedHeight(rows * (list->fontMetrics().height() + 5) + 10);
    list->setUniformItemSizes(true);
    return list;
}

void addTick(QListWidget *list, const QString &text, const QString &id, bool ticked)
{
    auto *item = new QListWidgetItem(text, list);
    item->setData(Qt::UserRole, id);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
}

QStringList tickedIds(const QListWidget *list)
{
    QStringList ids;
    for (int i = 0; i < list->count(); ++i) {
        if (list->item(i)->checkState() == Qt::Checked)
            ids << list->item(i)->data(Qt::UserRole).toString();
    }
    return ids;
}

} // namespace amana::ui
