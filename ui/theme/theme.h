// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>

class QApplication;
class QDBusVariant;

namespace amana::ui {

enum class Scheme { System, Light, Dark };

/// The look of the whole application; made once by the composition root before the first window.
class Theme final : public QObject {
    Q_OBJECT
public:
    static constexpr int kMinZoom = 80;
    static constexpr int kMaxZoom = 200;

    /// Sets style, palette and font of `app`.
    explicit Theme(QApplication &app, QObject *parent = nullptr);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    [[nodiscard]] int zoom() const { return m_zoom; }
    void setZoom(int percent); ///< clamped to 80…200

    /// Asks the desktop whether it prefers dark; answers later, does nothing without a session bus.
    void followDesktop();

private Q_SLOTS:
    void desktopChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void apply();
    void applyFont();

    QApplication &m_app;
    Scheme m_scheme = Scheme::System;
    int m_zoom = 100;
    QString m_baseFamily;
    double m_basePoints;
    bool m_desktopDark;
};

} // namespace amana::ui
