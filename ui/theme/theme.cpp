// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLocale>

#include <algorithm>

namespace amana::ui {

namespace {

constexpr auto kPortal = "org.freedesktop.portal.Desktop";
constexpr auto kPortalPath = "/org/freedesktop/portal/desktop";
constexpr auto kPortalSettings = "org.freedesktop.portal.Settings";
constexpr auto kAppearance = "org.freedesktop.appearance";
constexpr auto kColourScheme = "color-scheme";
constexpr unsigned kPreferDark = 1; // XDG desktop portal, Settings: 1 prefers dark, 2 light, 0 no preference
constexpr double kDefaultPoints = 10;

// The portal wraps the value in one or two variants, by its version.
unsigned schemeValue(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value.toUInt();
}

// Style sheets only where a palette cannot say it: the primary and the dangerous button.
QString buttonSheet(const Tokens &t)
{
    const QString rule = QStringLiteral(
        "QPushButton[tone=\"%1\"] { background: %2; color: %3; border: 1px solid %2; border-radius: 4px;"
        " padding: 5px 14px; }"
        "QPushButton[tone=\"%1\"]:hover { background: %4; }"
        "QPushButton[tone=\"%1\"]:pressed { background: %5; }"
        "QPushButton[tone=\"%1\"]:focus { border: 2px solid %6; padding: 4px 13px; }"
        "QPushButton[tone=\"%1\"]:disabled { background: %7; color: %8; border: 1px solid %9; }");
    const auto sheet = [&](const QString &tone, const QColor &back) {
        return rule.arg(tone, back.name(), t.onAccent.name(), back.lighter(112).name(), back.darker(112).name(),
                        t.text1.name(), t.surface2.name(), t.text3.name(), t.line.name());
    };
    return sheet(QStringLiteral("primary"), t.accent) + sheet(QStringLiteral("danger"), t.danger);
}

} // namespace

Theme::Theme(QApplication &app, QObject *parent)
    : QObject(parent), m_app(app), m_baseFamily(QFontInfo(app.font()).family()),
      m_basePoints(app.font().pointSizeF() > 0 ? std::max(app.font().pointSizeF(), kDefaultPoints) : kDefaultPoints),
      m_desktopDark(isDark(app.palette()))
{
    app.setStyle(new Style); // the application owns its style
    apply();
    applyFont();
}

void Theme::setScheme(Scheme scheme)
{
    m_scheme = scheme;
    apply();
}

void Theme::setZoom(int percent)
{
    m_zoom = std::clamp(percent, kMinZoom, kMaxZoom);
    applyFont();
}

void Theme::apply()
{
    const bool dark = m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_desktopDark);
    const Tokens &tokens = dark ? darkTokens() : lightTokens();
    m_app.setPalette(paletteOf(tokens));
    m_app.setStyleSheet(buttonSheet(tokens));
}

void Theme::applyFont()
{
    QFont font = m_app.font();
    const QString nanum = QStringLiteral("NanumGothic");
    QStringList families{m_baseFamily};
    if (m_baseFamily != nanum && QFontDatabase::hasFamily(nanum))
        families.insert(QLocale().language() == QLocale::Korean ? 0 : families.size(), nanum);
    font.setFamilies(families);
    font.setPointSizeF(m_basePoints * m_zoom / 100.0);
    m_app.setFont(font);
}

void Theme::followDesktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(QString(), QLatin1String(kPortalPath), QLatin1String(kPortalSettings),
                QStringLiteral("SettingChanged"), this,
                SLOT(desktopChanged(QString, QString, QDBusVariant)));
    QDBusMessage call = QDBusMessage::createMethodCall(QLatin1String(kPortal), QLatin1String(kPortalPath),
                                                       QLatin1String(kPortalSettings), QStringLiteral("Read"));
    call << QLatin1String(kAppearance) << QLatin1String(kColourScheme);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (reply.isValid())
            desktopChanged(QLatin1String(kAppearance), QLatin1String(kColourScheme), reply.value());
        done->deleteLater();
    });
}

void Theme::desktopChanged(const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space != QLatin1String(kAppearance) || key != QLatin1String(kColourScheme))
        return;
    const bool dark = schemeValue(value.variant()) == kPreferDark;
    if (dark == m_desktopDark)
        return;
    m_desktopDark = dark;
    apply();
}

} // namespace amana::ui
