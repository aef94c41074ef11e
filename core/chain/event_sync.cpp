// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_sync.h"

#include "core/chain/event_store.h"
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
constexpr int kMaxTimeouts = 3;
constexpr int kMaxRestarts = 20;

QString networkKey(const Chain &chain)
{
    const NetworkProfile &p = chain.profile();
    return QStringLiteral("%1:%2:%3")
        .arg(p.chainId)
        .arg(QString::fromStdString(toHex(p.genesisHash)),
             QString::fromStdString(toHex(p.contracts.identity)));
}

/// How many blocks to ask for at once.
class Pace {
public:
    [[nodiscard]] std::uint64_t window() const { return m_window; }
    void wentWell() { m_window = std::min(m_window * 2, kMaxWindow); }
    /// Nodes limit range, size and duration of an answer, each in its own words. Whether less may do.
    bool askForLess(const Error &error)
    {
        const bool limit = error.code == ErrorCode::ChainRpcError
                           || (error.code == ErrorCode::ChainTimeout && ++m_timeouts < kMaxTimeouts)
                           || (error.code == ErrorCode::ChainBadReply && error.param("what") == "size");
        if (!limit || m_window == 1)
            return false;
        m_window /= 2;
        return true;
    }

private:
    std::uint64_t m_window = kFirstWindow;
    int m_timeouts = 0;
};

} // namespace

Status EventSync::reset()
{
    const std::uint64_t first = m_chain.profile().firstBlock;
    AMANA_TRY(const Block before, m_chain.block(first == 0 ? 0 : first - 1));
    return m_db.transaction([&]() -> Status {
        AMANA_CHECK(makeEventTables(m_db));
        AMANA_CHECK(m_db.run("INSERT INTO source VALUES (?,?)", {networkKey(m_chain), sqlNumber(before.number)}));
        return addToRing(m_db, before);
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
    AMANA_TRY(const auto ring, readRing(m_db));
    std::vector<std::uint64_t> numbers;
    for (const Block &block : ring)
        numbers.push_back(block.number);
    AMANA_TRY(const Headers now, headers(numbers));
    bool differs = false;
    for (const Block &block : ring) {
        const auto found = now.find(block.number);
        if (found == now.end())
            continue;
        if (found->second.hash != block.hash) {
            differs = true;
            continue;
        }
        if (differs)
            AMANA_CHECK(rollBack(block.number));
        return true;
    }
    return false;
}

Status EventSync::rollBack(std::uint64_t common)
{
    return m_db.transaction([&]() -> Status {
        AMANA_TRY(const bool changed, forgetAfter(m_db, common));
        return changed ? writeRowsAgain() : Status();
    });
}

/// What a row was before an event is not kept; it follows from the logs that stay.
Status EventSync::writeRowsAgain()
{
    AMANA_CHECK(makeIndexTables(m_db));
    return eachLog(m_db, [this](const Log &log, std::uint64_t time) { return writeRows(log, time); });
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
    for (const Log &log : logs) {
        if (log.block <= from.number || log.block > to)
            return fail(ErrorCode::ChainBadReply, {{"what", "logs"}});
        numbers.insert(log.block);
    }
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

Status EventSync::store(const Block &from, std::uint64_t to, const std::vector<Log> &logs,
                        const Headers &headers)
{
    return m_db.transaction([&]() -> Status {
        // Another process may have read on, or rolled back, meanwhile.
        AMANA_TRY(const auto now, newestRead(m_db));
        if (!now || now->number != from.number || now->hash != from.hash)
            return {};
        for (const Log &log : logs) {
            const std::uint64_t time = headers.at(log.block).time;
            AMANA_TRY(const bool added, addLog(m_db, log, time));
            if (added)
                AMANA_CHECK(writeRows(log, time));
        }
        for (const auto &[number, block] : headers)
            if (number > m_final || number == to)
                AMANA_CHECK(addToRing(m_db, block));
        AMANA_CHECK(trimRing(m_db));
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
    Pace pace;
    for (int restarts = 0;;) {
        AMANA_TRY(const auto from, newestRead(m_db));
        if (!from || from->number >= m_head.number)
            break;
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(from->number, m_head.number);
        // Final blocks in wide windows, then the others, each with its header.
        const bool pending = from->number >= m_final;
        const std::uint64_t to = pending
                                     ? std::min(from->number + std::min(pace.window(), kRing), m_head.number)
                                     : std::min(from->number + pace.window(), m_final);
        const auto step = readWindow(*from, to);
        if (!step && pace.askForLess(step.error()))
            continue;
        AMANA_CHECK(step);
        if (*step == Step::Read) {
            pace.wentWell();
            continue;
        }
        if (++restarts > kMaxRestarts)
            return fail(ErrorCode::ChainBadReply, {{"what", "blocks"}});
        AMANA_CHECK(takeUp());
        AMANA_TRY(m_head, m_chain.head());
    }
    AMANA_CHECK(m_db.run("UPDATE source SET final = MAX(final, ?)", {sqlNumber(m_final)}));
    progress.report(m_head.number, m_head.number);
    return {};
}

} // namespace amana::chain
