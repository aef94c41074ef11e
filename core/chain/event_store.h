// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/database.h"
#include "core/chain/network.h"

#include <functional>

/// The copy of the contracts' logs in SQLite. Internal to core/chain.
namespace amana::chain {

inline constexpr std::uint64_t kRing = 64; ///< blocks whose hashes are remembered

/// Drops the copy and the rows that were made from it, and makes the tables anew, empty:
///   source(network, final)        which chain this is a copy of; blocks up to `final` will stay
///   ring(number, hash, time)      the newest blocks that were looked at; the last one is where reading goes on
///   log(block, blockhash, idx …)  every log as it came, so that rows can be made again without the network
[[nodiscard]] Status makeEventTables(Database &database);

/// The newest block that was read: nothing when none was.
[[nodiscard]] Result<std::optional<Block>> newestRead(Database &database);
/// Rows of later blocks are pending: they may still be taken away.
[[nodiscard]] Result<std::uint64_t> newestFinal(Database &database);

[[nodiscard]] Result<std::vector<Block>> readRing(Database &database); ///< newest first, without times
/// Within the caller's transaction, as are the next three.
[[nodiscard]] Status addToRing(Database &database, const Block &block);
/// Leaves the newest kRing.
[[nodiscard]] Status trimRing(Database &database);
/// False when it is there already, by hash of its block and place in it.
[[nodiscard]] Result<bool> addLog(Database &database, const Log &log, std::uint64_t time);
/// Forgets what came after block `common`; whether there were logs in it.
[[nodiscard]] Result<bool> forgetAfter(Database &database, std::uint64_t common);
/// In the order of the chain; `time` is that of its block.
[[nodiscard]] Status eachLog(Database &database,
                             const std::function<Status(const Log &log, std::uint64_t time)> &use);

} // namespace amana::chain
