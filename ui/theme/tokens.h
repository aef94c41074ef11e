// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace amana::ui {

/// Colours by meaning. Each text and meaning colour reads on each surface with at least 4.5 : 1.
struct Tokens {
    QColor surface0; ///< content: tables, text
    QColor surface1; ///< window
    QColor surface2; ///< side bar, headers, raised
    QColor line;
    QColor text1, text2, text3; ///< body, secondary, hints
    QColor accent, onAccent;
    QColor info, ok, caution, danger, sealed, pending;

    /// A quiet background for a banner, chip or mark in `colour`.
    [[nodiscard]] QColor tint(const QColor &colour, double amount = 0.14) const;
};

enum class Tone { Plain, Info, Ok, Caution, Danger, Sealed, Pending };

[[nodiscard]] const Tokens &lightTokens();
[[nodiscard]] const Tokens &darkTokens();
/// The table that belongs to a palette made by this theme (by the brightness of its window colour).
[[nodiscard]] const Tokens &tokensOf(const QPalette &palette);
[[nodiscard]] QColor colourOf(const Tokens &tokens, Tone tone);
[[nodiscard]] bool isDark(const QPalette &palette);
[[nodiscard]] QPalette paletteOf(const Tokens &tokens);

/// WCAG 2.1 contrast ratio, 1…21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

} // namespace amana::ui
