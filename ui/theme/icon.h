// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace amana::ui {

/// The drawing resources/icons/<name>.svg in the text colour of the application's palette (disabled and selected
/// states too), at any size, following a theme switch without being made anew.
[[nodiscard]] QIcon icon(const QString &name);

/// The same drawing in one colour, `size` in device-independent pixels.
[[nodiscard]] QPixmap iconPixmap(const QString &name, int size, const QColor &colour, qreal ratio = 1);

} // namespace amana::ui
