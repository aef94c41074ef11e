// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_tables.h"

#include "core/chain/catalogue_search.h"

namespace amana::chain {

namespace {

/// Every table with its columns. Numbers of 64 bits keep their bits, not their sign; amounts are decimal text.
constexpr struct {
    const char *name;
    const char *columns;
} kTables[] = {
    {"event", "(block INTEGER NOT NULL, log INTEGER NOT NULL, time INTEGER NOT NULL, tx BLOB NOT NULL,"
              " kind TEXT NOT NULL, who BLOB NOT NULL, dataset INTEGER NOT NULL, request INTEGER NOT NULL,"
              " PRIMARY KEY (block, log)) WITHOUT ROWID"},
    {"institution", "(id INTEGER PRIMARY KEY, admin BLOB NOT NULL, active INTEGER NOT NULL)"},
    {"member", "(who BLOB PRIMARY KEY, institution INTEGER NOT NULL, roles INTEGER NOT NULL,"
               " validfrom INTEGER NOT NULL, until INTEGER NOT NULL, suspended INTEGER NOT NULL DEFAULT 0,"
               " keyversion INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID"},
    {"memberkey", "(who BLOB NOT NULL, version INTEGER NOT NULL, type INTEGER NOT NULL, key BLOB NOT NULL,"
                  " revoked INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (who, version)) WITHOUT ROWID"},
    {"dataset", "(id INTEGER PRIMARY KEY, owner BLOB NOT NULL, institution INTEGER NOT NULL,"
                " previous INTEGER NOT NULL, kind INTEGER NOT NULL, codec INTEGER NOT NULL,"
                " threshold INTEGER NOT NULL, status INTEGER NOT NULL, currency INTEGER NOT NULL,"
                " breakglass INTEGER NOT NULL, mask INTEGER NOT NULL, price TEXT NOT NULL,"
                " withdrawals INTEGER NOT NULL DEFAULT 0, generation INTEGER NOT NULL DEFAULT 0,"
                " cid BLOB NOT NULL, card BLOB NOT NULL, report BLOB NOT NULL, subjects BLOB NOT NULL,"
                " block INTEGER NOT NULL, time INTEGER NOT NULL, tx BLOB NOT NULL)"},
    {"custodian", "(dataset INTEGER NOT NULL, place INTEGER NOT NULL, who BLOB NOT NULL,"
                  " capsuledigest BLOB NOT NULL DEFAULT x'', PRIMARY KEY (dataset, place)) WITHOUT ROWID"},
    {"custodyoffer", "(dataset INTEGER NOT NULL, giver BLOB NOT NULL, taker BLOB NOT NULL,"
                     " number INTEGER NOT NULL, PRIMARY KEY (dataset, giver)) WITHOUT ROWID"},
    {"withdrawn", "(dataset INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (dataset, place)) WITHOUT ROWID"},
    {"batch", "(id INTEGER PRIMARY KEY, who BLOB NOT NULL, root BLOB NOT NULL, leaves INTEGER NOT NULL,"
              " manifest BLOB NOT NULL, time INTEGER NOT NULL, tx BLOB NOT NULL)"},
    {"request", "(id INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, requester BLOB NOT NULL,"
                " purpose INTEGER NOT NULL, conditions INTEGER NOT NULL, until INTEGER NOT NULL,"
                " revision INTEGER NOT NULL, keyversion INTEGER NOT NULL, message BLOB NOT NULL,"
                " state INTEGER NOT NULL, votes INTEGER NOT NULL, generation INTEGER NOT NULL,"
                " created INTEGER NOT NULL, decision BLOB NOT NULL, capsule BLOB NOT NULL,"
                " capsuledigest BLOB NOT NULL, decider BLOB NOT NULL, time INTEGER NOT NULL)"},
    {"emergency", "(dataset INTEGER NOT NULL, who BLOB NOT NULL, until INTEGER NOT NULL, reason BLOB NOT NULL,"
                  " auditor BLOB NOT NULL, justified INTEGER NOT NULL, note BLOB NOT NULL, time INTEGER NOT NULL)"},
    {"purchase", "(request INTEGER PRIMARY KEY, buyer BLOB NOT NULL, terms INTEGER NOT NULL,"
                 " currency INTEGER NOT NULL, amount TEXT NOT NULL, state INTEGER NOT NULL, time INTEGER NOT NULL,"
                 " reason BLOB NOT NULL DEFAULT x'')"},
    {"listing", "(dataset INTEGER PRIMARY KEY, terms INTEGER NOT NULL, arbiter BLOB NOT NULL)"},
};

constexpr const char *kIndexes[] = {
    "CREATE INDEX event_dataset ON event (dataset)",
    "CREATE INDEX event_who ON event (who)",
    "CREATE INDEX dataset_cid ON dataset (cid)",
    "CREATE INDEX dataset_card ON dataset (card)",
    "CREATE INDEX custodian_who ON custodian (who)",
    "CREATE INDEX request_dataset ON request (dataset)",
    "CREATE INDEX request_requester ON request (requester)",
    "CREATE INDEX emergency_dataset ON emergency (dataset)",
};

} // namespace

std::vector<std::string> indexTableNames()
{
    std::vector<std::string> names;
    for (const auto &table : kTables)
        names.emplace_back(table.name);
    return names;
}

Status makeIndexTables(Database &database)
{
    for (const auto &table : kTables) {
        const std::string name = table.name;
        AMANA_CHECK(database.run(("DROP TABLE IF EXISTS " + name).c_str()));
        AMANA_CHECK(database.run(("CREATE TABLE " + name + " " + table.columns).c_str()));
    }
    for (const char *index : kIndexes)
        AMANA_CHECK(database.run(index));
    AMANA_CHECK(makeSearchTables(database));
    AMANA_CHECK(database.run(("PRAGMA user_version = " + std::to_string(kIndexSchema)).c_str()));
    return {};
}

} // namespace amana::chain
