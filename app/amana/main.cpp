// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/cli.h"
#include "app/amana/interrupt.h"

#include <QCoreApplication>
#include <QLocale>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("amana"));
    QCoreApplication::setApplicationVersion(QStringLiteral(AMANA_VERSION));
    amana::cli::watchForInterrupt();
    return amana::cli::runProgram(QCoreApplication::arguments().mid(1));
}
