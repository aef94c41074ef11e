// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"

namespace amana::cli {

namespace {

Command later(const QString &name, const QString &summary)
{
    return {name, summary + QStringLiteral(" (not in this version)"),
            [name](Context &, const QStringList &) -> Status {
                return fail(ErrorCode::UsageNotInThisVersion, {{"command", "amana " + name.toStdString()}});
            }};
}

} // namespace

std::vector<Command> laterCommands()
{
    return {later(QStringLiteral("train"), QStringLiteral("train a model from opened data")),
            later(QStringLiteral("models"), QStringLiteral("list models")),
            later(QStringLiteral("buy"), QStringLiteral("buy a model")),
            later(QStringLiteral("predict"), QStringLiteral("use a model")),
            later(QStringLiteral("backup"), QStringLiteral("back up and restore a profile"))};
}

} // namespace amana::cli
