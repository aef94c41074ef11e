// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/translations.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace amana::ui {

Translations::Translations(QApplication &app, QObject *parent) : QObject(parent), m_app(app) {}

void Translations::use(Language language)
{
    // The territory of the system's locale is kept where it speaks the language: en_GB dates stay British.
    const QLocale system = QLocale::system();
    const bool systemSpeaks = language == Language::Korean ? system.language() == QLocale::Korean
                                                           : system.language() == QLocale::English;
    const QLocale locale = systemSpeaks ? system : QLocale(languageCode(language));
    QLocale::setDefault(locale);
    m_app.removeTranslator(&m_own);
    m_app.removeTranslator(&m_qt);
    if (m_own.load(QStringLiteral(":/i18n/amana_%1.qm").arg(languageCode(language))))
        m_app.installTranslator(&m_own);
    if (m_qt.load(QLocale(languageCode(language)), QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        m_app.installTranslator(&m_qt);
}

} // namespace amana::ui
