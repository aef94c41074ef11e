// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/text_catalogue.h"

#include <QObject>
#include <QTranslator>

class QApplication;

namespace amana::ui {

/// The words of the window in one language: own catalogue, Qt's own, locale of numbers and dates.
class Translations final : public QObject {
    Q_OBJECT
public:
    explicit Translations(QApplication &app, QObject *parent = nullptr);
    /// Takes effect for widgets made afterwards: the window is made anew after a change.
    void use(Language language);

private:
    QApplication &m_app;
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace amana::ui
