// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/sharing/downloader.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

Status download(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("download"), QStringLiteral("REQUEST"),
        QStringLiteral("Checks the grant, verifies every block, unwraps the keys and decrypts into a new"
                       " folder. Run again after a crash it goes on."));
    arguments.option({QStringLiteral("o")}, QStringLiteral("DIR"), QStringLiteral("a new or empty folder"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const std::uint64_t request, arguments.positionalNumber(0));
    AMANA_TRY(const QString folder, arguments.required(QStringLiteral("o")));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    sharing::Downloader downloader(*actor, request, folder);
    AMANA_CHECK(downloader.checkGrant());
    context.out.note(QStringLiteral("The contract allows it. Verifying every block…"));
    AMANA_CHECK(downloader.verify(context.out.progress("verify")));
    AMANA_CHECK(downloader.unwrap());
    AMANA_CHECK(downloader.open(context.out.progress("open")));
    const sharing::Opened &opened = downloader.opened();
    context.out.json({{"request", request},
                      {"folder", opened.folder.toStdString()},
                      {"parts", opened.parts},
                      {"skippedParts", opened.skippedParts},
                      {"documents", opened.documents},
                      {"bytes", opened.bytes},
                      {"linked", opened.linked}});
    context.out.line(QStringLiteral("%1 document(s), %2, in %3")
                         .arg(opened.documents)
                         .arg(sizeOf(opened.bytes))
                         .arg(opened.folder));
    if (opened.linked > 0)
        context.out.line(
            QStringLiteral("True name and dates of %1 person(s): folder “true”.").arg(opened.linked));
    if (opened.skippedParts > 0)
        context.out.line(QStringLiteral("%1 part(s) are left out: people who withdrew before the grant.").arg(opened.skippedParts));
    return {};
}

} // namespace

std::vector<Command> downloadCommands()
{
    return {{QStringLiteral("download"), QStringLiteral("fetch and open what was approved"), download}};
}

} // namespace amana::cli
