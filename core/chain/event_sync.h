// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/chain/database.h"
#include "core/chain/network.h"

#include <map>

/// Copies the contracts' logs into SQLite and keeps them what the chain says. Internal to core/chain.
namespace amana::chain {

/// Drops the tables of the engine and those of the rows made from its logs, and makes them anew, empty:
///   source(network, final)        which chain this is a copy of; blocks up to `final` will stay
///   ring(number, hash, time)      the newest 64 blocks that were looked at; the last one is where reading
///                                 goes on
///   log(block, blockhash, idx …)  every log as it came, so that rows can be made again without the network
[[nodiscard]] Status makeEventTables(Database &database);

/// The newest block that was read: nothing when none was.
[[nodiscard]] Result<std::optional<Block>> newestRead(Database &database);
/// Rows of later blocks are pending: they may still be taken away.
[[nodiscard]] Result<std::uint64_t> newestFinal(Database &database);

class EventSync {
public:
    EventSync(Database &database, const Chain &chain) : m_db(database), m_chain(chain) {}

    /// Reads up to the newest block. Fails as Chain does, StoreUnavailable, Cancelled; what is stored stays
    /// whole, and the next call goes on there.
    [[nodiscard]] Status run(const Progress &progress);

private:
    using Headers = std::map<std::uint64_t, Block>;
    enum class Step { Read, Again };

    [[nodiscard]] Status takeUp();
    [[nodiscard]] Status reset();
    [[nodiscard]] Result<bool> agrees(); ///< false: something was rolled back or lacks
    [[nodiscard]] Status rollBack(std::uint64_t common);
    [[nodiscard]] Result<Step> readWindow(const Block &from, std::uint64_t to);
    [[nodiscard]] Result<Headers> headers(const std::vector<std::uint64_t> &numbers) const;
    [[nodiscard]] Status store(const Block &from, std::uint64_t to, const std::vector<Log> &logs,
                               const Headers &headers);
    [[nodiscard]] Status addLog(const Log &log, std::uint64_t time);
    [[nodiscard]] Status writeRows(const Log &log, std::uint64_t time);
    [[nodiscard]] Status writeRowsAgain();

    Database &m_db;
    const Chain &m_chain;
    Block m_head;
    std::uint64_t m_final = 0;
};

} // namespace amana::chain
