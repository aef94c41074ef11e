// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/storage.h"

#include "app/amana/commands/commands.h"
#include "app/amana/interrupt.h"
#include "app/amana/shown.h"
#include "app/workspace/network_secrets.h"
#include "app/workspace/session.h"
#include "core/chain/registered_dataset.h"
#include "core/sharing/keeping.h"

#include <nlohmann/json.hpp>

#include <QThread>

#include <algorithm>
#include <map>

namespace amana::cli {

namespace {

using nlohmann::json;
using replication::Record;

Status listPlaces(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage list"), {},
                        QStringLiteral("Who keeps copies of the chosen network's blocks, and who gives them."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto places, replication::loadPlaces(app::networkFolder(context.home, context.network)));
    json rows = json::array();
    std::vector<QStringList> table;
    for (const replication::Place &place : places) {
        rows.push_back(placeToJson(place));
        table.push_back({toQ(place.name), toQ(replication::placeKindName(place.kind)), toQ(place.url)});
    }
    context.out.json({{"network", context.network}, {"storage", rows}});
    context.out.table({QStringLiteral("Name"), QStringLiteral("Kind"), QStringLiteral("Address")}, table,
                      QStringLiteral("This computer only."));
    return {};
}

/// A dataset's number, or nothing for all.
Result<std::vector<Record>> recordsFor(const Arguments &arguments, const replication::Storage &storage)
{
    AMANA_TRY(std::vector<Record> records, storage.records());
    if (arguments.positionals().isEmpty())
        return records;
    AMANA_TRY(const std::uint64_t dataset, arguments.positionalNumber(0));
    std::vector<Record> chosen;
    for (const char *what : {"dataset ", "card ", "report "})
        for (const Record &record : records)
            if (record.name == what + std::to_string(dataset))
                chosen.push_back(record);
    if (chosen.empty())
        return fail(ErrorCode::SharingNotPublishedHere, {{"dataset", std::to_string(dataset)}});
    return chosen;
}

QString shownReceipt(const replication::Receipt &receipt)
{
    const QString copies = QStringLiteral("%1: %2 of %3").arg(toQ(receipt.place)).arg(receipt.kept).arg(receipt.wanted);
    return receipt.problem.empty() ? copies : copies + QStringLiteral(" (%1)").arg(toQ(receipt.problem));
}

void printRecords(const Output &out, const std::vector<Record> &records)
{
    json rows = json::array();
    std::vector<QStringList> table;
    for (const Record &record : records) {
        rows.push_back(recordToJson(record));
        QStringList kept;
        for (const replication::Receipt &receipt : record.receipts)
            kept << shownReceipt(receipt);
        table.push_back({toQ(record.name), toQ(record.foundBy), kept.join(QStringLiteral(", ")), toQ(record.root.text())});
    }
    out.json({{"records", rows}});
    out.table({QStringLiteral("What"), QStringLiteral("Found by"), QStringLiteral("Kept by"), QStringLiteral("CID")}, table,
              QStringLiteral("Nothing was published yet."));
}

bool isWhole(const Record &record)
{
    return std::all_of(record.receipts.begin(), record.receipts.end(),
                       [](const replication::Receipt &receipt) { return receipt.isWhole(); });
}

using Ask = Result<Record> (*)(replication::Storage &, const Record &, const Progress &);

Result<std::vector<Record>> askAll(const Context &context, const Arguments &arguments, replication::Storage &storage, Ask ask,
                                   const std::string &stage)
{
    AMANA_TRY(std::vector<Record> records, recordsFor(arguments, storage));
    const Progress progress = context.out.progress(stage);
    for (Record &record : records) {
        AMANA_TRY(record, ask(storage, record, progress));
    }
    return records;
}

Result<Record> give(replication::Storage &storage, const Record &record, const Progress &progress)
{
    return storage.replicate(record.root, progress);
}

Result<Record> look(replication::Storage &storage, const Record &record, const Progress &progress)
{
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    return storage.look(record.root);
}

Status showStorage(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage status"), QStringLiteral("[DATASET]"),
                        QStringLiteral("What of what was published here is kept where, asked now: the three truths."));
    AMANA_CHECK(arguments.parse(context, list, 0, 1));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(const auto storage, storageOf(context, *session));
    AMANA_TRY(const auto records, askAll(context, arguments, *storage, look, "look"));
    printRecords(context.out, records);
    AMANA_TRY(const std::uint64_t bytes, storage->store().totalBytes());
    AMANA_TRY(const std::uint64_t quota, storage->store().quota());
    context.out.json({{"bytes", bytes}, {"limit", quota == 0 ? json() : json(quota)}});
    context.out.line(quota == 0 ? QStringLiteral("This computer: %1.").arg(sizeOf(bytes))
                                : QStringLiteral("This computer: %1 of %2.").arg(sizeOf(bytes), sizeOf(quota)));
    return {};
}

/// Sleeps in small pieces: Ctrl+C ends it.
bool waitSeconds(std::uint64_t seconds)
{
    for (std::uint64_t tenths = 0; tenths < seconds * 10 && !interrupted(); ++tenths)
        QThread::msleep(100);
    return !interrupted();
}

/// What was last told of a record.
struct Told {
    bool whole = false;
    std::int64_t asked = 0; ///< when somebody was last given it

    friend bool operator==(const Told &, const Told &) = default;
};

Told toldOf(const Record &record)
{
    Told told{isWhole(record)};
    for (const replication::Receipt &receipt : record.receipts)
        told.asked = std::max(told.asked, receipt.asked);
    return told;
}

void printChange(const Output &out, const Record &record, const char *what)
{
    QStringList kept;
    for (const replication::Receipt &receipt : record.receipts)
        kept << shownReceipt(receipt);
    out.line(QStringLiteral("%1  %2  %3  %4")
                 .arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODate), QLatin1String(what), toQ(record.name),
                      kept.join(QStringLiteral(", "))));
}

/// Every few seconds, until Ctrl+C: what is missing is given again, and each change for the worse or the better is told.
Status watch(const Context &context, const Arguments &arguments, replication::Storage &storage, std::uint64_t seconds)
{
    std::map<std::string, Told> known;
    do {
        auto records = askAll(context, arguments, storage, give, "keep");
        if (!records && records.error().code == ErrorCode::Cancelled)
            break;
        if (!records)
            return fail(records.error());
        for (const Record &record : *records) {
            const Told now = toldOf(record);
            const auto [before, isNew] = known.emplace(record.name, now);
            if (isNew || before->second != now)
                printChange(context.out, record,
                            !now.whole                                     ? "MISSING"
                            : !isNew && now.asked != before->second.asked ? "again  " // copies were lost, and given anew
                                                                          : "whole  ");
            before->second = now;
        }
    } while (waitSeconds(seconds));
    return {};
}

Status keepCopies(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage keep"), QStringLiteral("[DATASET]"),
                        QStringLiteral("Gives what was published here to every storage that has too few copies of it, and"
                                       " shows their receipts. Fails when copies are missing afterwards."));
    arguments.option({QStringLiteral("watch")}, QStringLiteral("SECONDS"),
                     QStringLiteral("go on until Ctrl+C, and tell when copies get lost or are whole again"));
    AMANA_CHECK(arguments.parse(context, list, 0, 1));
    AMANA_TRY(const std::uint64_t seconds, arguments.number(QStringLiteral("watch"), 0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    if (!actor->blocks.hasKeepers())
        return fail(ErrorCode::StorageNone, {{"network", context.network}});
    AMANA_CHECK(sharing::announceOwn(*actor));
    if (seconds > 0)
        return watch(context, arguments, actor->blocks, seconds);
    AMANA_TRY(const auto records, askAll(context, arguments, actor->blocks, give, "keep"));
    printRecords(context.out, records);
    const auto broken = std::find_if_not(records.begin(), records.end(), isWhole);
    if (broken == records.end())
        return {};
    return fail(ErrorCode::IpfsPinFailed, {{"cid", broken->root.text()}, {"detail", broken->name}});
}

Status release(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage release"), QStringLiteral("DATASET"),
                        QStringLiteral("Tells every storage that it need not keep the dataset any longer, and unpins it here."
                                       " Others may have copies; the registry is not changed (see: amana withdraw)."));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(const auto storage, storageOf(context, *session));
    AMANA_TRY(const auto records, recordsFor(arguments, *storage));
    for (const Record &record : records)
        AMANA_CHECK(storage->withdraw(record.root));
    context.out.json({{"released", arguments.positional(0).toULongLong()}});
    context.out.line(QStringLiteral("Nobody is asked to keep dataset %1 any more.").arg(arguments.positional(0)));
    return {};
}

Status scan(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage check"), {},
                        QStringLiteral("Reads and hashes every block on this computer. Damaged ones are set aside and, where"
                                       " others have them, fetched anew."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(const auto storage, storageOf(context, *session));
    AMANA_TRY(const content::ScanReport report, storage->store().scan(context.out.progress("verify")));
    std::uint64_t repaired = 0;
    json lost = json::array();
    for (const content::Cid &cid : report.damaged) {
        if (storage->get(cid))
            ++repaired;
        else
            lost.push_back(cid.text());
    }
    AMANA_CHECK(storage->flush());
    context.out.json({{"blocks", report.blocks}, {"bytes", report.bytes}, {"damaged", report.damaged.size()},
                      {"repaired", repaired}, {"lost", lost}});
    context.out.line(QStringLiteral("%1 block(s), %2: %3 damaged, %4 of them fetched anew.")
                         .arg(report.blocks)
                         .arg(sizeOf(report.bytes))
                         .arg(report.damaged.size())
                         .arg(repaired));
    if (lost.empty())
        return {};
    return fail(ErrorCode::BlockAltered, {{"cid", lost.front().get<std::string>()}});
}

Status clean(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage clean"), {},
                        QStringLiteral("Frees what neither the contracts name nor any download needs."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(sharing::Actor *const actor, context.connect(*session));
    AMANA_CHECK(sharing::pinRegistered(*actor));
    AMANA_TRY(const content::CollectReport report, actor->blocks.store().collect(context.out.progress("clean")));
    context.out.json({{"blocks", report.blocks}, {"bytes", report.bytes}, {"kept", report.kept}});
    context.out.line(QStringLiteral("%1 block(s), %2 freed; %3 kept.").arg(report.blocks).arg(sizeOf(report.bytes)).arg(report.kept));
    return {};
}

Status limit(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("storage limit"), QStringLiteral("MEGABYTES"),
                        QStringLiteral("How much the blocks of the chosen network may take on this computer; 0: no limit."));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const std::uint64_t megabytes, arguments.positionalNumber(0));
    if (megabytes > UINT64_MAX / 1'000'000)
        return arguments.misuse("badNumber", arguments.positional(0));
    AMANA_TRY(const auto session, context.session());
    AMANA_TRY(const auto storage, storageOf(context, *session));
    AMANA_CHECK(storage->store().setQuota(megabytes * 1'000'000));
    context.out.json({{"limit", megabytes * 1'000'000}});
    context.out.line(megabytes == 0 ? QStringLiteral("No limit.") : QStringLiteral("At most %1.").arg(sizeOf(megabytes * 1'000'000)));
    return {};
}

} // namespace

Result<std::unique_ptr<replication::Storage>> storageOf(const Context &context, app::Session &session)
{
    return replication::Storage::open(app::networkFolder(context.home, context.network),
                                      app::storageSecrets(session.library()), context.clock);
}

std::vector<Command> storageCommands()
{
    return {{QStringLiteral("storage"), QStringLiteral("who keeps copies, and whether they do; the space on this computer"),
             dispatch(QStringLiteral("storage"),
                      {{QStringLiteral("list"), listPlaces},
                       {QStringLiteral("add"), addPlace},
                       {QStringLiteral("remove"), removePlace},
                       {QStringLiteral("status"), showStorage},
                       {QStringLiteral("keep"), keepCopies},
                       {QStringLiteral("release"), release},
                       {QStringLiteral("check"), scan},
                       {QStringLiteral("clean"), clean},
                       {QStringLiteral("limit"), limit}},
                      QStringLiteral("list"))}};
}

} // namespace amana::cli
