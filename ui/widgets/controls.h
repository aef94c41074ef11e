// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QScrollArea>
#include <QSplitter>

#include <functional>

class QListWidget;

namespace amana::ui {

/// A search field that calls `changed` 200 ms after the last key.
QLineEdit *searchField(const QString &name, std::function<void(QString)> changed);

/// Two widgets with a movable border that cannot be lost; sizes in pixels at 1280.
QSplitter *sideBySide(QWidget *left, QWidget *right, int leftSize, int rightSize);

/// Vertical scrolling for a detail page.
QScrollArea *scrolled(QWidget *content);

/// A list of things to tick, as high as `rows` lines.
QListWidget *tickList(const QString &name, int rows);
void addTick(QListWidget *list, const QString &text, const QString &id, bool ticked = false);
[[nodiscard]] QStringList tickedIds(const QListWidget *list);

} // namespace amana::ui
