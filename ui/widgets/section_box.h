// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace amana::ui {

/// A titled block of a detail page: who, what, why, until when, consequences.
class SectionBox final : public QFrame {
    Q_OBJECT
public:
    explicit SectionBox(const QString &title, QWidget *parent = nullptr);

    /// Adds a line "label  value"; the returned value label can be changed later.
    QLabel *addLine(const QString &label, const QString &value = {});
    /// Adds text over the whole width.
    QLabel *addText(const QString &text = {});
    void addRow(QWidget *widget);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QGridLayout *m_grid;
};

/// A wrapping label whose text can be selected with mouse and keyboard.
QLabel *valueLabel(const QString &text = {});
/// A page title.
QLabel *titleLabel(const QString &text);
/// Secondary text.
QLabel *hintLabel(const QString &text);

} // namespace amana::ui
