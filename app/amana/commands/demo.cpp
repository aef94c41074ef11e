// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/demo/demo.h"
#include "app/amana/commands/commands.h"

namespace amana::cli {

namespace {

Status demo(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("demo"), {},
        QStringLiteral("The eight steps on invented data, in a temporary home with a chain of its own, then"
                       " four refusals. Touches nothing of yours. Exit 1 when anything does not come out."));
    arguments.flag(QStringLiteral("keep"),
                   QStringLiteral("keep the temporary folder to look at (its chain is stopped)"));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    Cast cast(context.clock, arguments.has(QStringLiteral("keep")));
    context.out.json({{"ok", false}});
    const Status done = Demo(cast, context.out, context.clock).run();
    if (cast.keeps()) {
        context.out.json({{"folder", cast.folder({}).toStdString()}});
        context.out.line(QStringLiteral("Kept: %1").arg(cast.folder({})));
    }
    return done;
}

} // namespace

std::vector<Command> demoCommands()
{
    return {{QStringLiteral("demo"), QStringLiteral("the eight steps, end to end, on invented data"), demo}};
}

} // namespace amana::cli
