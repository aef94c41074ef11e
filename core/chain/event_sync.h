// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/chain/event_store.h"

#include <map>

/// Copies the contracts' logs into SQLite and keeps them what the chain says. Internal to core/chain.
namespace amana::chain {

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
    [[nodiscard]] Status writeRows(const Log &log, std::uint64_t time);
    [[nodiscard]] Status writeRowsAgain();

    Database &m_db;
    const Chain &m_chain;
    Block m_head;
    std::uint64_t m_final = 0;
};

} // namespace amana::chain
