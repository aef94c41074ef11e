// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace amana::ui {

class MainWindow;

/// Renders every section of the window as it is now to `<folder>/<section>-<suffix>.png`; the names of files that could
/// not be written. Each section gets `settleMs` to read what it shows.
void capture(MainWindow &window, const QString &folder, const QString &suffix, int settleMs,
             const std::function<void(QStringList failed)> &done);

} // namespace amana::ui
