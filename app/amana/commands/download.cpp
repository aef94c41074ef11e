// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/base/files.h"
#include "core/sharing/downloader.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

constexpr qint64 kMaxCapsule = 64 << 20;

Result<sharing::Downloader> requestDownload(const Arguments &arguments, sharing::Actor &actor, const QString &folder)
{
    AMANA_TRY(const std::uint64_t request, arguments.positionalNumber(0));
    return sharing::Downloader(actor, request, folder);
}

Result<sharing::Downloader> emergencyDownload(const Arguments &arguments, sharing::Actor &actor, const QString &folder)
{
    AMANA_TRY(const std::uint64_t dataset, arguments.number(QStringLiteral("emergency"), 0));
    AMANA_TRY(const QString file, arguments.required(QStringLiteral("keys")));
    AMANA_TRY(const QByteArray keys, readFile(file, kMaxCapsule));
    return sharing::Downloader::forEmergency(actor, dataset, keys, folder);
}

Status download(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("download"), QStringLiteral("REQUEST | --emergency DATASET --keys FILE"),
        QStringLiteral("Checks the grant, verifies every block, unwraps the keys and decrypts into a new"
                       " folder. Run again after a crash it goes on."));
    arguments.option({QStringLiteral("o")}, QStringLiteral("DIR"), QStringLiteral("a new or empty folder"));
    arguments.option({QStringLiteral("emergency")}, QStringLiteral("DATASET"),
                     QStringLiteral("under the emergency that you declared, with --keys"));
    arguments.option({QStringLiteral("keys")}, QStringLiteral("FILE"),
                     QStringLiteral("of “amana emergency-keys”, made for you"));
    AMANA_CHECK(arguments.parse(context, list, 0, 1));
    const bool emergency = arguments.has(QStringLiteral("emergency"));
    if (emergency == !arguments.positionals().isEmpty())
        return arguments.misuse(emergency ? "conflict" : "tooFew", QStringLiteral("REQUEST | --emergency DATASET"));
    AMANA_TRY(const QString folder, arguments.required(QStringLiteral("o")));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_TRY(sharing::Downloader downloader, emergency ? emergencyDownload(arguments, *actor, folder)
                                                        : requestDownload(arguments, *actor, folder));
    AMANA_CHECK(downloader.checkGrant());
    context.out.note(QStringLiteral("The contract allows it. Fetching and verifying every block…"));
    AMANA_CHECK(downloader.fetch(context.out.progress("fetch")));
    AMANA_CHECK(downloader.verify(context.out.progress("verify")));
    AMANA_CHECK(downloader.unwrap());
    AMANA_CHECK(downloader.open(context.out.progress("open")));
    const sharing::Opened &opened = downloader.opened();
    context.out.json({{emergency ? "dataset" : "request",
                       (emergency ? arguments.value(QStringLiteral("emergency")) : arguments.positional(0)).toULongLong()},
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
