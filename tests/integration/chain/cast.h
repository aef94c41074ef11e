// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

/// The public `cast` of Foundry, from the packages of contracts/ (npm ci), as an independent second opinion.
namespace amana::chain::test {

/// What it prints, without the line end; empty, with its message as a warning, when it fails.
inline QByteArray cast(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(AMANA_SOURCE_DIR "/contracts/node_modules/.bin/cast"), arguments);
    const bool done = process.waitForFinished(60000) && process.exitCode() == 0;
    if (!done)
        qWarning("cast %s: %s", qPrintable(arguments.value(0)), process.readAllStandardError().constData());
    return done ? process.readAllStandardOutput().trimmed() : QByteArray();
}

} // namespace amana::chain::test
