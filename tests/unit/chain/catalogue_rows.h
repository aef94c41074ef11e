// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/database.h"
#include "core/chain/dataset_registry.h"
#include "core/chain/event_store.h"
#include "core/chain/event_tables.h"

/// Datasets in the tables of the index, as their events would write them.
namespace amana::chain::test {

struct CatalogueRow {
    std::uint64_t id = 0;
    std::uint64_t mask = 1u << 1;
    DatasetKind kind = DatasetKind::Dataset;
    DatasetStatus status = DatasetStatus::Published;
    Address owner{};
    std::uint32_t institution = 1;
    Digest card{};
    Digest cid{};
};

inline Status addRow(Database &db, const CatalogueRow &row)
{
    AMANA_CHECK(db.write("INSERT INTO dataset (id, owner, institution, previous, kind, codec, threshold, status, currency,"
                         " breakglass, mask, price, cid, card, report, subjects, block, time, tx)"
                         " VALUES (?,?,?,0,?,112,1,?,0,0,?,'0',?,?,x'',x'',?,?,x'')",
                         {sqlNumber(row.id), toByteArray(row.owner), row.institution, static_cast<int>(row.kind),
                          static_cast<int>(row.status), sqlNumber(row.mask), toByteArray(row.cid),
                          toByteArray(row.card), sqlNumber(row.id), sqlNumber(1'700'000'000 + row.id)}));
    return {};
}

} // namespace amana::chain::test
