// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace amana::ui {

/// Qt breaks Korean lines between any two syllables; readers expect breaks at spaces only. Joins the syllables of a
/// word with U+2060 (word joiner). Text without Hangul comes back unchanged. For labels only, never for values.
[[nodiscard]] QString breakAtSpaces(const QString &text);

} // namespace amana::ui
