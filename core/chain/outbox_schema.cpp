// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/outbox_store.h"

namespace amana::chain {

namespace {

constexpr int kSchema = 2;

// `spent`: the nonce is used up (mined, or by another transaction); a refused one that never was is free again.
constexpr char kEntry[] =
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, network TEXT NOT NULL, account BLOB NOT NULL, nonce INTEGER,"
    " label TEXT NOT NULL, dedupe TEXT, target BLOB NOT NULL, data BLOB NOT NULL, value TEXT NOT NULL DEFAULT '0',"
    " hash BLOB NOT NULL DEFAULT x'',"
    " state INTEGER NOT NULL, spent INTEGER NOT NULL DEFAULT 0, block INTEGER NOT NULL DEFAULT 0,"
    " confirmations INTEGER NOT NULL DEFAULT 0, needed INTEGER NOT NULL DEFAULT 0, gas INTEGER NOT NULL "
    "DEFAULT 0,"
    " tip TEXT NOT NULL DEFAULT '0', fee TEXT NOT NULL DEFAULT '0', legacy INTEGER NOT NULL DEFAULT 0,"
    " created INTEGER NOT NULL, error TEXT NOT NULL DEFAULT '')";
constexpr char kAttempt[] =
    "CREATE TABLE attempt (id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entry (id),"
    " raw BLOB NOT NULL, hash BLOB NOT NULL UNIQUE, cancels INTEGER NOT NULL)";
constexpr const char *kTables[] = {kEntry, kAttempt, "CREATE INDEX attempt_entry ON attempt (entry)"};

// One nonce, one action: whoever reserves it second fails here.
constexpr char kOneNonce[] = "CREATE UNIQUE INDEX entry_nonce ON entry (network, account, nonce)"
                             " WHERE nonce IS NOT NULL AND (state < 7 OR spent = 1)";
// A call with this key is done once; only a rejected or replaced one may be done again.
constexpr char kOneKey[] =
    "CREATE UNIQUE INDEX entry_dedupe ON entry (network, dedupe) WHERE dedupe IS NOT NULL AND state < 8";
constexpr const char *kIndexes[] = {kOneNonce, kOneKey, "PRAGMA user_version = 2"};

/// Version 1 knew ready (which was: signed), sent, mined, final, failed, and one attempt an entry.
constexpr const char *kFromVersion1[] = {
    "DROP INDEX entry_account", "DROP INDEX entry_dedupe", "ALTER TABLE entry RENAME TO former",
    kTables[0],                 kTables[1],                kTables[2],
    "INSERT INTO entry (id, network, account, nonce, label, dedupe, target, data, hash, state, spent, block,"
    " created, error) SELECT id, network, account, nonce, label, dedupe, target, data, hash,"
    " CASE state WHEN 0 THEN 3 WHEN 1 THEN 4 WHEN 2 THEN 5 WHEN 3 THEN 7 ELSE 8 END, spent, block, created,"
    " error FROM former",
    "INSERT INTO attempt (entry, raw, hash, cancels) SELECT id, raw, hash, 0 FROM former", "DROP TABLE former"};

template <std::size_t N>
Status runAll(Database &database, const char *const (&list)[N])
{
    for (const char *sql : list)
        AMANA_CHECK(database.run(sql));
    return {};
}

} // namespace

Status OutboxStore::prepare(const QString &file)
{
    AMANA_TRY(Database database, Database::open(file));
    return database.transaction([&database, &file]() -> Status {
        AMANA_TRY(const int version, database.version());
        if (version > kSchema)
            return fail(ErrorCode::StoreTooNew, {{"path", file.toStdString()}});
        if (version == kSchema)
            return {};
        AMANA_CHECK(version == 1 ? runAll(database, kFromVersion1) : runAll(database, kTables));
        return runAll(database, kIndexes);
    });
}

} // namespace amana::chain
