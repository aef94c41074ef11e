// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "ui/shell/capture.h"

#include <QApplication>
#include <QEvent>
#include <QLocale>
#include <QTimer>

#include <cstdio>

namespace amana::app {

namespace {

const QString kLanguage = QStringLiteral("language");
const QString kScheme = QStringLiteral("theme");
const QString kZoom = QStringLiteral("zoom");
constexpr int kSettleMs = 400;       // a section reads, answers and paints
constexpr int kSessionWaitMs = 8000; // for a profile to open on another thread; without one, the welcome page

ui::Language startLanguage(const DesktopOptions &options, const QSettings &settings)
{
    if (options.language)
        return *options.language;
    const QString kept = settings.value(kLanguage).toString();
    return ui::languageOf(kept.isEmpty() ? QLocale::system() : QLocale(kept));
}

} // namespace

Desktop::Desktop(QApplication &app, DesktopOptions options, QElapsedTimer sinceStart)
    : m_app(app), m_options(std::move(options)), m_sinceStart(sinceStart),
      m_settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("amana"), QStringLiteral("desktop")),
      m_translations(app), m_theme(app)
{
    m_theme.setScheme(m_options.scheme.value_or(ui::Scheme(m_settings.value(kScheme, 0).toInt())));
    m_theme.setZoom(m_options.zoom.value_or(m_settings.value(kZoom, 100).toInt()));
}

Desktop::~Desktop()
{
    if (!m_options.scheme)
        m_settings.setValue(kScheme, int(m_theme.scheme()));
    if (!m_options.zoom)
        m_settings.setValue(kZoom, m_theme.zoom());
}

Status Desktop::start()
{
    const ui::Language language = startLanguage(m_options, m_settings);
    m_translations.use(language); // also for the texts of a failure to open
    WorkspaceOptions where;
    where.home = m_options.home;
    where.profile = m_options.profile;
    where.network = m_options.network;
    where.goOnline = !m_options.offline;
    AMANA_TRY(m_workspace, Workspace::open(where));
    m_ports = std::make_unique<ports::Ports>(m_workspace->ports());
    makeWindow(language);
    if (!m_options.captureFolder.isEmpty()) {
        AMANA_CHECK(makeFolder(m_options.captureFolder));
        for (const ui::Language spoken : {ui::Language::English, ui::Language::Korean}) {
            for (const ui::Scheme scheme : {ui::Scheme::Light, ui::Scheme::Dark})
                m_captures.emplace_back(spoken, scheme);
        }
        waitForSession();
    }
    return {};
}

void Desktop::makeWindow(ui::Language language)
{
    m_translations.use(language);
    m_theme.setZoom(m_theme.zoom()); // the preferred font depends on the language
    const QByteArray geometry = m_window ? m_window->saveGeometry() : QByteArray();
    m_window = std::make_unique<ui::MainWindow>(*m_ports, m_prompter, m_theme);
    if (!geometry.isEmpty())
        m_window->restoreGeometry(geometry);
    if (m_options.role)
        m_window->presetRole(*m_options.role);
    // Queued: the window that asks must not be destroyed while its menu is still closing.
    connect(m_window.get(), &ui::MainWindow::languageChosen, this, &Desktop::changeLanguage, Qt::QueuedConnection);
    if (m_options.exitAfterPaint)
        m_window->installEventFilter(this);
    m_window->show();
}

void Desktop::changeLanguage(ui::Language language)
{
    m_settings.setValue(kLanguage, ui::languageCode(language));
    makeWindow(language);
}

bool Desktop::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        m_window->removeEventFilter(this);
        QTimer::singleShot(0, this, [this] { // after the paint itself
            std::printf("first paint %lld ms\n", static_cast<long long>(m_sinceStart.elapsed()));
            m_app.quit();
        });
    }
    return QObject::eventFilter(watched, event);
}

void Desktop::waitForSession()
{
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, timer] {
        timer->deleteLater();
        captureNext();
    });
    connect(&m_ports->events, &ports::Events::sessionChanged, timer, [this, timer] {
        if (m_ports->session.current().open)
            timer->start(kSettleMs);
    });
    timer->start(kSessionWaitMs);
}

void Desktop::captureNext()
{
    if (m_captures.empty()) {
        m_app.quit();
        return;
    }
    const auto [language, scheme] = m_captures.front();
    m_captures.erase(m_captures.begin());
    m_theme.setScheme(scheme);
    makeWindow(language);
    const QString suffix = ui::languageCode(language) + (scheme == ui::Scheme::Dark ? QStringLiteral("-dark")
                                                                                   : QStringLiteral("-light"));
    ui::capture(*m_window, m_options.captureFolder, suffix, kSettleMs, [this](const QStringList &failed) {
        for (const QString &path : failed)
            log(LogLevel::Error, Error(ErrorCode::FileUnwritable, {{"path", path.toStdString()}}));
        captureNext();
    });
}

} // namespace amana::app
