// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include <QSqlError>

#include <array>
#include <atomic>

namespace amana::store {

namespace {

constexpr int kSchemaVersion = 1;

// Sealed columns are ChaCha20-Poly1305 with the row's table and id as additional data; link and fingerprint are HMACs.
constexpr std::array<const char *, 8> kSchema{
    "CREATE TABLE items (id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL UNIQUE, state INTEGER NOT NULL,"
    " format TEXT NOT NULL, bytes INTEGER NOT NULL, records INTEGER NOT NULL, problems INTEGER NOT NULL,"
    " imported_at TEXT NOT NULL, sealed BLOB NOT NULL)",
    "CREATE TABLE subjects (key TEXT PRIMARY KEY, created INTEGER NOT NULL, sealed BLOB NOT NULL)",
    "CREATE TABLE subject_links (link BLOB PRIMARY KEY, subject TEXT NOT NULL REFERENCES subjects(key))",
    "CREATE TABLE documents (id TEXT PRIMARY KEY, item TEXT NOT NULL REFERENCES items(id), ordinal INTEGER NOT NULL,"
    " blob TEXT NOT NULL, format TEXT NOT NULL, subject TEXT NOT NULL, bytes INTEGER NOT NULL,"
    " fields INTEGER NOT NULL, imported_at TEXT NOT NULL, sealed BLOB NOT NULL, UNIQUE(item, ordinal))",
    "CREATE INDEX documents_by_subject ON documents(subject)",
    "CREATE INDEX links_by_subject ON subject_links(subject)",
    "CREATE TABLE drafts (id TEXT PRIMARY KEY, updated TEXT NOT NULL)",
    "CREATE TABLE jobs (id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, updated TEXT NOT NULL,"
    " sealed BLOB NOT NULL)",
};

Error sqlError(const QSqlError &error)
{
    // SQLite result codes, https://www.sqlite.org/rescode.html: the low byte is the primary code.
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case 5:
    case 6: return Error(ErrorCode::StoreLocked);
    case 11:
    case 26: return Error(ErrorCode::StoreCorrupt);
    case 13: return Error(ErrorCode::FileDiskFull, {{"path", "library.sqlite"}});
    default: return Error(ErrorCode::StoreUnavailable, {{"sqlite", error.nativeErrorCode().toStdString()}});
    }
}

} // namespace

Result<std::unique_ptr<Connection>> Connection::open(const QString &path)
{
    static std::atomic<std::uint64_t> counter{0};
    std::unique_ptr<Connection> connection(new Connection(QStringLiteral("amana-store-%1").arg(counter++)));
    connection->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    connection->m_database.setDatabaseName(path);
    connection->m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=15000"));
    if (!connection->m_database.open())
        return fail(sqlError(connection->m_database.lastError()));
    AMANA_CHECK(connection->run(QStringLiteral("PRAGMA journal_mode=WAL")));
    AMANA_CHECK(connection->run(QStringLiteral("PRAGMA synchronous=FULL")));
    AMANA_CHECK(connection->run(QStringLiteral("PRAGMA foreign_keys=ON")));
    AMANA_CHECK(connection->run(QStringLiteral("PRAGMA secure_delete=ON")));
    return connection;
}

Connection::~Connection()
{
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<QSqlQuery> Connection::run(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return fail(sqlError(query.lastError()));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return fail(sqlError(query.lastError()));
    return query;
}

Result<std::unique_ptr<Transaction>> Transaction::begin(Connection &connection)
{
    AMANA_CHECK(connection.run(QStringLiteral("BEGIN IMMEDIATE")));
    return std::unique_ptr<Transaction>(new Transaction(connection));
}

Transaction::~Transaction()
{
    if (m_open)
        static_cast<void>(m_connection.run(QStringLiteral("ROLLBACK")));
}

Status Transaction::commit()
{
    AMANA_CHECK(m_connection.run(QStringLiteral("COMMIT")));
    m_open = false;
    return {};
}

Status prepareSchema(Connection &connection)
{
    AMANA_TRY(auto transaction, Transaction::begin(connection));
    int version = 0;
    {
        AMANA_TRY(QSqlQuery query, connection.run(QStringLiteral("PRAGMA user_version")));
        version = query.next() ? query.value(0).toInt() : 0;
    }
    if (version > kSchemaVersion)
        return fail(ErrorCode::StoreTooNew, {{"version", std::to_string(version)}});
    if (version == 0) {
        for (const char *sql : kSchema)
            AMANA_CHECK(connection.run(QString::fromLatin1(sql)));
        AMANA_CHECK(connection.run(QStringLiteral("PRAGMA user_version=%1").arg(kSchemaVersion)));
    }
    return transaction->commit();
}

} // namespace amana::store
