// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_sync.h"

#include "core/chain/event_store.h"
#include "core/chain/event_tables.h"
#include "core/chain/fault.h"
#include "core/chain/journal.h"
#include "core/chain/json_fields.h"

#include <algorithm>
#include <future>
#include <set>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::uint64_t kFirstWindow = 100; // blocks a question
constexpr std::uint64_t kMaxWindow = 10000;
/// Logs of a window: enough that a transaction costs little, few enough that reading and writing overlap and the answer
/// stays far below 64 MiB.
constexpr std::uint64_t kWindowLogs = 8000;
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

} // namespace

/// How many blocks to ask for at once.
class EventSync::Pace {
public:
    [[nodiscard]] std::uint64_t window() const { return m_window; }
    void wentWell(std::size_t logs)
    {
        m_window = logs > kWindowLogs ? std::max<std::uint64_t>(m_window * kWindowLogs / logs, 1)
                                      : std::min(m_window * 2, kMaxWindow);
    }
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
        AMANA_CHECK(m_undo.pause());
        AMANA_TRY(const bool undone, undoAfter(m_db, common));
        return undone || !changed ? Status() : writeRowsAgain(common);
    });
}

/// What rows were so long ago is not kept; it follows from the logs that stay.
Status EventSync::writeRowsAgain(std::uint64_t common)
{
    AMANA_CHECK(makeIndexTables(m_db));
    AMANA_CHECK(makeUndoTables(m_db, common));
    m_undo.forget();
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

Result<EventSync::Window> EventSync::fetch(const Block &from, std::uint64_t to) const
{
    Window window{from, to, {}, {}, false};
    AMANA_TRY(window.logs, m_chain.logs(from.number + 1, to));
    std::set<std::uint64_t> numbers{from.number, to};
    for (const Log &log : window.logs) {
        if (log.block <= from.number || log.block > to)
            return fail(ErrorCode::ChainBadReply, {{"what", "logs"}});
        numbers.insert(log.block);
    }
    // Every block that may still change is remembered, so that a reorganisation costs no more than it took.
    for (std::uint64_t number = std::max(from.number, m_final) + 1; number <= to; ++number)
        numbers.insert(number);
    AMANA_TRY(window.headers, headers({numbers.begin(), numbers.end()}));
    const Headers &found = window.headers;
    window.whole = found.size() == numbers.size() && found.at(from.number).hash == from.hash
                   && std::all_of(window.logs.begin(), window.logs.end(), [&found](const Log &log) {
                          return found.at(log.block).hash == log.blockHash;
                      });
    return window;
}

Status EventSync::storeLogs(const Window &window)
{
    for (const Log &log : window.logs) {
        const std::uint64_t time = window.headers.at(log.block).time;
        AMANA_TRY(const bool added, addLog(m_db, log, time));
        if (!added)
            continue;
        if (log.block > m_kept)
            AMANA_CHECK(m_undo.record(log.block));
        AMANA_CHECK(writeRows(log, time));
    }
    return m_undo.pause();
}

Result<bool> EventSync::store(const Window &window)
{
    bool stored = false;
    const Status done = m_db.transaction([&]() -> Status {
        AMANA_TRY(const auto now, newestRead(m_db));
        if (!now || now->number != window.from.number || now->hash != window.from.hash)
            return {};
        AMANA_CHECK(storeLogs(window));
        for (const auto &[number, block] : window.headers)
            if (number > m_final || number == window.to)
                AMANA_CHECK(addToRing(m_db, block));
        AMANA_CHECK(trimRing(m_db));
        AMANA_CHECK(forgetUndoUpTo(m_db, std::min(m_kept, window.to)));
        AMANA_CHECK(m_db.run("UPDATE source SET final = MAX(final, ?)", {sqlNumber(std::min(m_final, window.to))}));
        faultPoint("index.stored");
        stored = true;
        return {};
    });
    if (!done)
        m_undo.forget();
    AMANA_CHECK(done);
    return stored;
}

/// Final blocks in wide windows, then the others, each with its header.
std::uint64_t EventSync::endOf(const Block &from, const Pace &pace) const
{
    return from.number >= m_final ? std::min(from.number + std::min(pace.window(), kRing), m_head.number)
                                  : std::min(from.number + pace.window(), m_final);
}

Status EventSync::lookAgain()
{
    AMANA_CHECK(takeUp());
    AMANA_TRY(m_head, m_chain.head());
    AMANA_TRY(m_final, m_chain.finalBlock(m_head));
    m_kept = std::min(m_final, m_head.number > kRing ? m_head.number - kRing : 0);
    return {};
}

Status EventSync::readAll(const Progress &progress)
{
    Pace pace;
    std::future<Result<Window>> ahead; // the next window, read while the last one is written
    AMANA_TRY(auto from, newestRead(m_db));
    for (int restarts = 0; from && from->number < m_head.number;) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(from->number, m_head.number);
        const auto window = ahead.valid() ? ahead.get() : fetch(*from, endOf(*from, pace));
        if (!window && pace.askForLess(window.error()))
            continue;
        AMANA_CHECK(window);
        if (!window->whole) {
            if (++restarts > kMaxRestarts)
                return fail(ErrorCode::ChainBadReply, {{"what", "blocks"}});
            AMANA_CHECK(lookAgain());
            AMANA_TRY(from, newestRead(m_db));
            continue;
        }
        pace.wentWell(window->logs.size());
        const Block next = window->headers.at(window->to);
        if (next.number < m_head.number)
            ahead = std::async(std::launch::async,
                               [this, next, to = endOf(next, pace)] { return fetch(next, to); });
        AMANA_TRY(const bool stored, store(*window));
        from = next;
        if (!stored) {
            ahead = {}; // waits for it
            AMANA_TRY(from, newestRead(m_db));
        }
    }
    return {};
}

Status EventSync::run(const Progress &progress)
{
    // Addresses fall anywhere in their indexes: those of a hundred thousand rows fit in this.
    AMANA_CHECK(m_db.run("PRAGMA cache_size=-65536"));
    AMANA_CHECK(lookAgain());
    AMANA_CHECK(readAll(progress));
    AMANA_CHECK(m_db.run("UPDATE source SET final = MAX(final, ?)", {sqlNumber(m_final)}));
    progress.report(m_head.number, m_head.number);
    return {};
}

} // namespace amana::chain
