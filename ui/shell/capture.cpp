// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/capture.h"

#include "ui/shell/main_window.h"

#include <QDir>
#include <QPixmap>
#include <QTimer>

#include <memory>

namespace amana::ui {

namespace {

// One section after the other, each after its own turn of the event loop.
struct Walk {
    MainWindow &window;
    QString folder;
    QString suffix;
    int settleMs;
    std::function<void(QStringList)> done;
    QStringList left = {};
    QStringList failed = {};

    static void next(const std::shared_ptr<Walk> &walk)
    {
        if (walk->left.isEmpty()) {
            walk->done(walk->failed);
            return;
        }
        const QString section = walk->left.takeFirst();
        if (!walk->window.isWelcoming())
            walk->window.goTo(section);
        QTimer::singleShot(walk->settleMs, &walk->window, [walk, section] {
            const QString path = QDir(walk->folder).filePath(QStringLiteral("%1-%2.png").arg(section, walk->suffix));
            if (!walk->window.grab().save(path))
                walk->failed << path;
            next(walk);
        });
    }
};

} // namespace

void capture(MainWindow &window, const QString &folder, const QString &suffix, int settleMs,
             const std::function<void(QStringList)> &done)
{
    const auto walk = std::make_shared<Walk>(Walk{window, folder, suffix, settleMs, done}); // shared by its timers
    walk->left = window.isWelcoming() ? QStringList{QStringLiteral("welcome")} : MainWindow::sections();
    Walk::next(walk);
}

} // namespace amana::ui
