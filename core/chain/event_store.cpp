// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_store.h"

#include "core/chain/catalogue_search.h"
#include "core/chain/event_tables.h"
#include "core/chain/event_undo.h"

#include <algorithm>

namespace amana::chain {

namespace {

constexpr const char *kTables[] = {
    "DROP TABLE IF EXISTS source",
    "DROP TABLE IF EXISTS ring",
    "DROP TABLE IF EXISTS log",
    "CREATE TABLE source (network TEXT NOT NULL, final INTEGER NOT NULL)",
    "CREATE TABLE ring (number INTEGER PRIMARY KEY, hash BLOB NOT NULL, time INTEGER NOT NULL)",
    "CREATE TABLE log (block INTEGER NOT NULL, blockhash BLOB NOT NULL, idx INTEGER NOT NULL, time INTEGER NOT "
    "NULL,"
    " tx BLOB NOT NULL, address BLOB NOT NULL, topics BLOB NOT NULL, data BLOB NOT NULL,"
    " PRIMARY KEY (block, blockhash, idx)) WITHOUT ROWID"};

QByteArray joined(const std::vector<Digest> &topics)
{
    QByteArray bytes("");
    for (const Digest &topic : topics)
        bytes += toByteArray(topic);
    return bytes;
}

Log readLog(const QSqlQuery &row)
{
    Log log;
    log.block = row.value(0).toULongLong();
    log.blockHash = arrayOf<Digest>(column(row, 1));
    log.index = row.value(2).toUInt();
    log.txHash = arrayOf<Digest>(column(row, 4));
    log.address = arrayOf<Address>(column(row, 5));
    const QByteArray topics = column(row, 6);
    for (qsizetype at = 0; at + 32 <= topics.size(); at += 32)
        log.topics.push_back(arrayOf<Digest>(topics.mid(at, 32)));
    log.data = column(row, 7);
    return log;
}

} // namespace

Status makeEventTables(Database &database)
{
    for (const char *sql : kTables)
        AMANA_CHECK(database.run(sql));
    AMANA_CHECK(makeUndoTables(database, 0));
    AMANA_CHECK(forgetCards(database));
    return makeIndexTables(database);
}

Result<std::optional<Block>> newestRead(Database &database)
{
    AMANA_TRY(QSqlQuery query, database.run("SELECT number, hash, time FROM ring ORDER BY number DESC LIMIT 1"));
    if (!query.next())
        return std::optional<Block>();
    return std::optional(Block{query.value(0).toULongLong(), arrayOf<Digest>(column(query, 1)),
                               query.value(2).toULongLong()});
}

Result<std::uint64_t> newestFinal(Database &database)
{
    AMANA_TRY(QSqlQuery query, database.run("SELECT final FROM source"));
    return query.next() ? query.value(0).toULongLong() : 0;
}

Result<std::vector<Block>> readRing(Database &database)
{
    AMANA_TRY(QSqlQuery query, database.run("SELECT number, hash FROM ring ORDER BY number DESC"));
    std::vector<Block> ring;
    while (query.next())
        ring.push_back({query.value(0).toULongLong(), arrayOf<Digest>(column(query, 1)), 0});
    return ring;
}

Status addToRing(Database &database, const Block &block)
{
    AMANA_CHECK(database.write("INSERT OR REPLACE INTO ring VALUES (?,?,?)",
                             {sqlNumber(block.number), toByteArray(block.hash), sqlNumber(block.time)}));
    return {};
}

Status trimRing(Database &database)
{
    AMANA_CHECK(database.run("DELETE FROM ring WHERE number NOT IN"
                             " (SELECT number FROM ring ORDER BY number DESC LIMIT ?)",
                             {sqlNumber(kRing)}));
    return {};
}

Result<bool> addLog(Database &database, const Log &log, std::uint64_t time)
{
    AMANA_TRY(const int added,
              database.write("INSERT OR IGNORE INTO log VALUES (?,?,?,?,?,?,?,?)",
                           {sqlNumber(log.block), toByteArray(log.blockHash), log.index, sqlNumber(time),
                            toByteArray(log.txHash), toByteArray(log.address), joined(log.topics),
                            log.data.isNull() ? QByteArray("") : log.data}));
    return added == 1;
}

Result<bool> forgetAfter(Database &database, std::uint64_t common)
{
    AMANA_TRY(const QSqlQuery gone, database.run("DELETE FROM log WHERE block > ?", {sqlNumber(common)}));
    AMANA_CHECK(database.run("DELETE FROM ring WHERE number > ?", {sqlNumber(common)}));
    AMANA_CHECK(database.run("UPDATE source SET final = MIN(final, ?)", {sqlNumber(common)}));
    return gone.numRowsAffected() > 0;
}

Status eachLog(Database &database, const std::function<Status(const Log &log, std::uint64_t time)> &use)
{
    AMANA_TRY(QSqlQuery query,
              database.run("SELECT block, blockhash, idx, time, tx, address, topics, data FROM log"
                           " ORDER BY block, idx"));
    while (query.next())
        AMANA_CHECK(use(readLog(query), query.value(3).toULongLong()));
    return {};
}

} // namespace amana::chain
