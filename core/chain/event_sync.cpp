// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_sync.h"

#include "core/chain/event_tables.h"
#include "core/chain/fault.h"
#include "core/chain/journal.h"
#include "core/chain/json_fields.h"

#include <algorithm>
#include <set>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::uint64_t kFirstWindow = 1000; // blocks a question; Besu's limit, widened when it goes well
constexpr std::uint64_t kMaxWindow = 10000;
constexpr std::uint64_t kRing = 64;
constexpr int kMaxTimeouts = 3;
constexpr int kMaxRestarts = 20;

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

QString networkKey(const Chain &chain)
{
    const NetworkProfile &p = chain.profile();
    return QStringLiteral("%1:%2:%3")
        .arg(p.chainId)
        .arg(QString::fromStdString(toHex(p.genesisHash)),
             QString::fromStdString(toHex(p.contracts.identity)));
}

template <class Array>
Array arrayOf(const QByteArray &bytes)
{
    Array array{};
    std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), static_cast<qsizetype>(array.size())),
                array.begin());
    return array;
}

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

/// Nodes limit range, size and duration of an answer, each in its own words: less may do.
bool asksForLess(const Error &error)
{
    return error.code == ErrorCode::ChainRpcError || error.code == ErrorCode::ChainTimeout
           || (error.code == ErrorCode::ChainBadReply && error.param("what") == "size");
}

} // namespace

Status makeEventTables(Database &database)
{
    for (const char *sql : kTables)
        AMANA_CHECK(database.run(sql));
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

Status EventSync::reset()
{
    const std::uint64_t first = m_chain.profile().firstBlock;
    AMANA_TRY(const Block before, m_chain.block(first == 0 ? 0 : first - 1));
    return m_db.transaction([&]() -> Status {
        AMANA_CHECK(makeEventTables(m_db));
        AMANA_CHECK(m_db.run("INSERT INTO source VALUES (?,?)", {networkKey(m_chain), sqlNumber(before.number)}));
        AMANA_CHECK(m_db.run("INSERT INTO ring VALUES (?,?,?)", {sqlNumber(before.number), toByteArray(before.hash),
                                                                 sqlNumber(before.time)}));
        return {};
    });
}

/// Goes on where the last call ended, if that is still part of this chain.
Status EventSync::takeUp()
{
    AMANA_TRY(QSqlQuery source, m_db.run("SELECT network FROM source"));
    const bool same = source.next() && source.value(0).toString() == networkKey(m_chain);
    source.finish();
    AMANA_TRY(const auto newest, newestRead(m_db));
    if (!same || !newest)
        return reset();
    AMANA_TRY(const auto now, m_chain.findBlock(newest->number));
    if (now && now->hash == newest->hash)
        return {};
    AMANA_TRY(const bool kept, agrees());
    return kept ? Status() : reset();
}

/// The newest block was not found as it was read: walks the ring back to the first that is. A node that only
/// lacks the newest ones lags behind; then there is nothing to take back. False when the whole ring is of
/// another history.
Result<bool> EventSync::agrees()
{
    AMANA_TRY(QSqlQuery query, m_db.run("SELECT number, hash FROM ring ORDER BY number DESC"));
    std::vector<std::pair<std::uint64_t, Digest>> ring;
    std::vector<std::uint64_t> numbers;
    while (query.next()) {
        ring.emplace_back(query.value(0).toULongLong(), arrayOf<Digest>(column(query, 1)));
        numbers.push_back(ring.back().first);
    }
    query.finish();
    AMANA_TRY(const Headers now, headers(numbers));
    bool differs = false;
    for (const auto &[number, hash] : ring) {
        const auto found = now.find(number);
        if (found == now.end())
            continue;
        if (found->second.hash != hash) {
            differs = true;
            continue;
        }
        if (differs)
            AMANA_CHECK(rollBack(number));
        return true;
    }
    return false;
}

Status EventSync::rollBack(std::uint64_t common)
{
    return m_db.transaction([&]() -> Status {
        AMANA_TRY(const QSqlQuery gone, m_db.run("DELETE FROM log WHERE block > ?", {sqlNumber(common)}));
        AMANA_CHECK(m_db.run("DELETE FROM ring WHERE number > ?", {sqlNumber(common)}));
        AMANA_CHECK(m_db.run("UPDATE source SET final = MIN(final, ?)", {sqlNumber(common)}));
        return gone.numRowsAffected() > 0 ? writeRowsAgain() : Status();
    });
}

/// What a row was before an event is not kept; it follows from the logs that stay.
Status EventSync::writeRowsAgain()
{
    AMANA_CHECK(makeIndexTables(m_db));
    AMANA_TRY(QSqlQuery query, m_db.run("SELECT block, blockhash, idx, time, tx, address, topics, data FROM log"
                                        " ORDER BY block, idx"));
    while (query.next())
        AMANA_CHECK(writeRows(readLog(query), query.value(3).toULongLong()));
    return {};
}

/// The one place where logs become rows (event_tables.h).
Status EventSync::writeRows(const Log &log, std::uint64_t time)
{
    AMANA_TRY(const auto event, decodeEvent(log, m_chain.contracts()));
    return event ? applyEvent(m_db, log, *event, time) : Status();
}

/// Blocks that the node does not have are left out.
Result<EventSync::Headers> EventSync::headers(const std::vector<std::uint64_t> &numbers) const
{
    std::vector<RpcRequest> requests;
    for (const std::uint64_t number : numbers)
        requests.push_back({"eth_getBlockByNumber", {quantity(number), false}});
    AMANA_TRY(const auto answers, m_chain.rpc().batch(requests));
    Headers headers;
    for (const RpcAnswer &answer : answers) {
        if (answer.error)
            return fail(meaningOf(*answer.error, "eth_getBlockByNumber"));
        if (answer.result.is_null())
            continue;
        AMANA_TRY(const Block block, readBlock(answer.result));
        headers[block.number] = block;
    }
    return headers;
}

/// Blocks after `from`, up to `to`. Again: what was read does not fit together, because the chain changed
/// meanwhile.
Result<EventSync::Step> EventSync::readWindow(const Block &from, std::uint64_t to)
{
    AMANA_TRY(const auto logs, m_chain.logs(from.number + 1, to));
    std::set<std::uint64_t> numbers{from.number, to};
    for (const Log &log : logs)
        numbers.insert(log.block);
    // Every block that may still change is remembered, so that a reorganisation costs no more than it took.
    for (std::uint64_t number = std::max(from.number, m_final) + 1; number <= to; ++number)
        numbers.insert(number);
    AMANA_TRY(const Headers found, headers({numbers.begin(), numbers.end()}));
    if (found.size() != numbers.size() || found.at(from.number).hash != from.hash)
        return Step::Again;
    for (const Log &log : logs)
        if (found.at(log.block).hash != log.blockHash)
            return Step::Again;
    AMANA_CHECK(store(from, to, logs, found));
    return Step::Read;
}

Status EventSync::addLog(const Log &log, std::uint64_t time)
{
    AMANA_TRY(const QSqlQuery added,
              m_db.run("INSERT OR IGNORE INTO log VALUES (?,?,?,?,?,?,?,?)",
                       {sqlNumber(log.block), toByteArray(log.blockHash), log.index, sqlNumber(time),
                        toByteArray(log.txHash), toByteArray(log.address), joined(log.topics),
                        log.data.isNull() ? QByteArray("") : log.data}));
    return added.numRowsAffected() == 1 ? writeRows(log, time) : Status();
}

Status EventSync::store(const Block &from, std::uint64_t to, const std::vector<Log> &logs,
                        const Headers &headers)
{
    return m_db.transaction([&]() -> Status {
        // Another process may have read on, or rolled back, meanwhile.
        AMANA_TRY(const auto now, newestRead(m_db));
        if (!now || now->number != from.number || now->hash != from.hash)
            return {};
        for (const Log &log : logs)
            AMANA_CHECK(addLog(log, headers.at(log.block).time));
        for (const auto &[number, block] : headers)
            if (number > m_final || number == to)
                AMANA_CHECK(m_db.run("INSERT OR REPLACE INTO ring VALUES (?,?,?)",
                                     {sqlNumber(number), toByteArray(block.hash), sqlNumber(block.time)}));
        AMANA_CHECK(m_db.run("DELETE FROM ring WHERE number NOT IN"
                             " (SELECT number FROM ring ORDER BY number DESC LIMIT ?)",
                             {sqlNumber(kRing)}));
        AMANA_CHECK(m_db.run("UPDATE source SET final = MAX(final, ?)", {sqlNumber(std::min(m_final, to))}));
        faultPoint("index.stored");
        return {};
    });
}

Status EventSync::run(const Progress &progress)
{
    AMANA_CHECK(takeUp());
    AMANA_TRY(m_head, m_chain.head());
    AMANA_TRY(m_final, m_chain.finalBlock(m_head));
    std::uint64_t window = kFirstWindow;
    int timeouts = 0;
    int restarts = 0;
    while (true) {
        AMANA_TRY(const auto from, newestRead(m_db));
        if (!from || from->number >= m_head.number)
            break;
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(from->number, m_head.number);
        // Final blocks in wide windows, then the others, each with its header.
        const bool pending = from->number >= m_final;
        const std::uint64_t to = pending ? std::min(from->number + std::min(window, kRing), m_head.number)
                                         : std::min(from->number + window, m_final);
        const auto step = readWindow(*from, to);
        if (!step && window > 1 && asksForLess(step.error())
            && (step.error().code != ErrorCode::ChainTimeout || ++timeouts < kMaxTimeouts)) {
            window /= 2;
            continue;
        }
        if (!step)
            return fail(step.error());
        if (*step == Step::Again) {
            if (++restarts > kMaxRestarts)
                return fail(ErrorCode::ChainBadReply, {{"what", "blocks"}});
            AMANA_CHECK(takeUp());
            AMANA_TRY(m_head, m_chain.head());
            continue;
        }
        window = std::min(window * 2, kMaxWindow);
    }
    AMANA_CHECK(m_db.run("UPDATE source SET final = MAX(final, ?) WHERE final < ?",
                         {sqlNumber(m_final), sqlNumber(m_final)}));
    progress.report(m_head.number, m_head.number);
    return {};
}

} // namespace amana::chain
