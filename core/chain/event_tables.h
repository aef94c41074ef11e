// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/database.h"
#include "core/chain/events.h"

/// What an event changes in the tables of the index. Internal to core/chain.
namespace amana::chain {

inline constexpr int kIndexSchema = 3;

/// Drops what is there and makes the empty tables.
[[nodiscard]] Status makeIndexTables(Database &database);
/// The tables that events write, without those of the search, which follow them.
[[nodiscard]] std::vector<std::string> indexTableNames();
/// Applies one event, in the order of the chain, within the caller's transaction. `time` is that of its
/// block.
[[nodiscard]] Status applyEvent(Database &database, const Log &log, const DecodedEvent &event,
                                std::uint64_t time);

[[nodiscard]] inline QVariant sqlNumber(std::uint64_t number)
{
    return QVariant::fromValue<qulonglong>(number);
}

} // namespace amana::chain
