// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/library_words.h"

#include "app/amana/commands/commands.h"
#include "app/workspace/session.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

using nlohmann::json;

json importToJson(const store::ImportSummary &summary)
{
    json items = json::array();
    for (const store::ImportedItem &item : summary.items) {
        json row{{"path", item.path.toStdString()},
                 {"state", store::itemStateName(item.state)},
                 {"item", item.item},
                 {"format", item.format},
                 {"records", item.records},
                 {"documents", item.documents},
                 {"problems", json::array()}};
        for (const formats::Problem &problem : item.problems)
            row["problems"].push_back({{"place", problem.place}, {"error", errorToJson(problem.error)}});
        if (item.error)
            row["error"] = errorToJson(withPath(*item.error, item.path));
        items.push_back(std::move(row));
    }
    json ignored = json::array();
    for (const QString &path : summary.ignored)
        ignored.push_back(path.toStdString());
    return {{"found", summary.found},
            {"imported", summary.imported},
            {"duplicates", summary.duplicates},
            {"quarantined", summary.quarantined},
            {"items", items},
            {"ignored", ignored}};
}

QString importLine(const store::ImportSummary &summary)
{
    return QStringLiteral("%1 found = %2 imported + %3 duplicates + %4 quarantined")
        .arg(summary.found)
        .arg(summary.imported)
        .arg(summary.duplicates)
        .arg(summary.quarantined);
}

std::optional<Error> nothingTaken(const store::ImportSummary &summary)
{
    if (summary.quarantined == 0 || summary.imported + summary.duplicates > 0)
        return std::nullopt;
    for (const store::ImportedItem &item : summary.items)
        if (item.error && summary.quarantined == 1)
            return withPath(*item.error, item.path);
    return Error(ErrorCode::SharingQuarantined, {{"count", std::to_string(summary.quarantined)}});
}

namespace {

void printItems(const Output &out, const store::ImportSummary &summary)
{
    for (const store::ImportedItem &item : summary.items) {
        if (item.error)
            out.line(QStringLiteral("  set aside: %1: %2")
                         .arg(item.path, errorLine(withPath(*item.error, item.path))));
        for (const formats::Problem &problem : item.problems)
            out.line(QStringLiteral("  %1, %2: %3")
                         .arg(item.path, QString::fromStdString(problem.place), errorLine(problem.error)));
    }
}

Status import(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("import"), QStringLiteral("PATH…"),
        QStringLiteral(
            "Takes files and folders into the library. Every file found is imported, a duplicate or"
            " quarantined with a reason. Exit 1 when nothing could be taken."));
    arguments.option({QStringLiteral("subject")}, QStringLiteral("KEY"),
                     QStringLiteral("whose the files are, where they do not say so themselves"));
    arguments.option({QStringLiteral("source")}, QStringLiteral("NAME"),
                     QStringLiteral("a live source (not in this version)"));
    AMANA_CHECK(arguments.parse(context, list, 0, kAnyNumber));
    if (arguments.has(QStringLiteral("source")))
        return fail(ErrorCode::UsageNotInThisVersion, {{"command", "amana import --source"}});
    if (arguments.positionals().isEmpty())
        return arguments.misuse("tooFew", QStringLiteral("PATH…"));
    AMANA_TRY(const auto session, context.session());
    store::ImportOptions options;
    options.subject = arguments.text(QStringLiteral("subject"));
    AMANA_TRY(const store::ImportSummary summary,
              session->library().import(arguments.positionals(), options, context.out.progress("store")));
    context.out.json(importToJson(summary));
    context.out.line(importLine(summary));
    printItems(context.out, summary);
    if (auto error = nothingTaken(summary))
        return fail(std::move(*error));
    return {};
}

} // namespace

std::vector<Command> libraryCommands()
{
    return {{QStringLiteral("import"), QStringLiteral("take files into the library"), import}};
}

} // namespace amana::cli
