// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"
#include "core/base/log.h"

#include <QApplication>
#include <QMessageBox>

namespace {

// The window could not be made: say why in a box of its own, or on standard error where nobody looks at a screen.
int refuse(const amana::Error &error, bool withBox)
{
    amana::log(amana::LogLevel::Error, error);
    if (!withBox)
        return 1;
    const amana::ui::ErrorText text = amana::ui::TextCatalogue::current().error(error);
    QMessageBox box(QMessageBox::Critical, text.title, text.meaning + QLatin1Char(' ') + text.next, QMessageBox::Close);
    QObject::connect(&box, &QMessageBox::finished, qApp, &QCoreApplication::quit);
    box.show();
    QApplication::exec();
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("amana"));
    QCoreApplication::setApplicationVersion(QStringLiteral(AMANA_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("amana-desktop"));
    auto options = amana::app::readOptions(QCoreApplication::arguments());
    if (!options) {
        amana::log(amana::LogLevel::Error, options.error());
        return 2;
    }
    const bool watched = options->captureFolder.isEmpty() && !options->exitAfterPaint;
    amana::app::Desktop desktop(app, std::move(*options), sinceStart);
    if (const amana::Status started = desktop.start(); !started)
        return refuse(started.error(), watched);
    return QApplication::exec();
}
