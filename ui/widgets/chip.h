// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

namespace amana::ui {

/// A short word in a rounded box, with an icon; the colour only repeats what the word says.
class Chip final : public QWidget {
    Q_OBJECT
public:
    explicit Chip(QWidget *parent = nullptr);
    void set(const QString &text, Tone tone, const QString &iconName = {});
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    /// The same drawing for delegates: returns the width used.
    static int paint(QPainter &painter, const QRect &area, const QPalette &palette, const QString &text, Tone tone,
                     const QString &iconName = {});

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_text;
    QString m_icon;
    Tone m_tone = Tone::Plain;
};

} // namespace amana::ui
