// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/chain/event_store.h"
#include "core/chain/event_undo.h"

#include <map>

/// Copies the contracts' logs into SQLite and keeps them what the chain says. Internal to core/chain.
namespace amana::chain {

class EventSync {
public:
    EventSync(Database &database, const Chain &chain) : m_db(database), m_chain(chain), m_undo(database) {}

    /// Reads up to the newest block. Fails as Chain does, StoreUnavailable, Cancelled; what is stored stays
    /// whole, and the next call goes on there.
    [[nodiscard]] Status run(const Progress &progress);

private:
    using Headers = std::map<std::uint64_t, Block>;
    struct Window {
        Block from;
        std::uint64_t to = 0;
        std::vector<Log> logs;
        Headers headers;
        bool whole = false; ///< false: what was read does not fit together, because the chain changed meanwhile
    };
    class Pace;

    [[nodiscard]] Status takeUp();
    [[nodiscard]] Status reset();
    [[nodiscard]] Result<bool> agrees(); ///< false: something was rolled back or lacks
    [[nodiscard]] Status rollBack(std::uint64_t common);
    /// Blocks after `from`, up to `to`. Talks to the chain alone: it runs while the window before is written.
    [[nodiscard]] Result<Window> fetch(const Block &from, std::uint64_t to) const;
    [[nodiscard]] std::uint64_t endOf(const Block &from, const Pace &pace) const;
    [[nodiscard]] Status readAll(const Progress &progress);
    [[nodiscard]] Status lookAgain();
    [[nodiscard]] Result<Headers> headers(const std::vector<std::uint64_t> &numbers) const;
    /// False when another process has read on, or rolled back, meanwhile.
    [[nodiscard]] Result<bool> store(const Window &window);
    [[nodiscard]] Status storeLogs(const Window &window);
    [[nodiscard]] Status writeRows(const Log &log, std::uint64_t time);
    [[nodiscard]] Status writeRowsAgain(std::uint64_t common);

    Database &m_db;
    const Chain &m_chain;
    UndoLog m_undo;
    Block m_head;
    std::uint64_t m_final = 0;
    std::uint64_t m_kept = 0; ///< what later blocks change can be taken back
};

} // namespace amana::chain
