// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/database.h"

/// How to take back what the newest blocks changed in the tables of the index, row by row, so that a reorganisation
/// costs as much as it took. Internal to core/chain.
namespace amana::chain {

/// undo(place, block, sql)  the opposite of each change, in its order
/// undoable(after)          all changes of later blocks are in it
[[nodiscard]] Status makeUndoTables(Database &database, std::uint64_t after);

/// Writes the opposite of every change on this connection, for the block that is named.
class UndoLog {
public:
    explicit UndoLog(Database &database) : m_db(database) {}

    /// Within the caller's transaction, as are all below.
    [[nodiscard]] Status record(std::uint64_t block);
    /// Changes are not written down any more.
    [[nodiscard]] Status pause();
    /// The tables were made anew, or a transaction that recorded was rolled back.
    void forget() { m_watching = false; }

private:
    [[nodiscard]] Status watch();

    Database &m_db;
    bool m_watching = false;
};

/// Takes back what came after block `common`; false when too little was kept: then nothing has changed.
[[nodiscard]] Result<bool> undoAfter(Database &database, std::uint64_t common);
/// The blocks up to `block` will not be taken back one by one.
[[nodiscard]] Status forgetUndoUpTo(Database &database, std::uint64_t block);

} // namespace amana::chain
