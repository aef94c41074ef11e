// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/database.h"
#include "core/chain/event_index.h"
#include "core/chain/event_tables.h"

/// From a row of the index to a value; columns are found by their names. Internal to core/chain.
namespace amana::chain {

/// Blocks after `final` may still be taken back.
[[nodiscard]] Result<IndexedDataset> readDataset(Database &db, const QSqlQuery &row, std::uint64_t final);
/// A row of the request table with `current`, the generation of its dataset, and `newest`, the block of its newest
/// event; the state is that of `now`.
[[nodiscard]] IndexedRequest readRequest(const QSqlQuery &row, std::uint64_t now, std::uint64_t final);
[[nodiscard]] IndexedMember readMember(const QSqlQuery &row);
[[nodiscard]] IndexedBatch readBatch(const QSqlQuery &row);
[[nodiscard]] IndexedEmergency readEmergency(const QSqlQuery &row);
[[nodiscard]] Result<IndexedPurchase> readPurchase(const QSqlQuery &row);

} // namespace amana::chain
