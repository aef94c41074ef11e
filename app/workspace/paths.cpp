// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace amana::app {

QString defaultHome()
{
    const QString chosen = qEnvironmentVariable("AMANA_HOME");
    if (!chosen.isEmpty())
        return QDir(chosen).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/amana");
}

QString resourcesFolder()
{
    const QString program = QCoreApplication::applicationDirPath();
    const QString candidates[] = {qEnvironmentVariable("AMANA_RESOURCES"), program + QStringLiteral("/../share/amana"),
                                  program + QStringLiteral("/../../../resources")};
    for (const QString &folder : candidates)
        if (!folder.isEmpty() && QFileInfo(folder + QStringLiteral("/policies")).isDir())
            return QDir(folder).canonicalPath();
    return {};
}

} // namespace amana::app
