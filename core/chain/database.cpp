// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/database.h"

#include <QSqlError>
#include <QUuid>

namespace amana::chain {

Result<Database> Database::open(const QString &file)
{
    Database database(QStringLiteral("chain-") + QUuid::createUuid().toString(QUuid::WithoutBraces));
    QSqlDatabase connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database.m_name);
    connection.setDatabaseName(file);
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
    if (!connection.open())
        return fail(ErrorCode::StoreUnavailable,
                    {{"path", file.toStdString()},
                     {"sqlite", connection.lastError().nativeErrorCode().toStdString()}});
    // What REPLACE takes out is deleted as by DELETE: its triggers run.
    for (const char *pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
                               "PRAGMA recursive_triggers=ON"})
        AMANA_CHECK(database.run(pragma));
    return database;
}

Database::Database(Database &&other) noexcept
    : m_name(std::move(other.m_name)), m_writes(std::move(other.m_writes))
{
    other.m_name.clear();
}

Database::~Database()
{
    if (m_name.isEmpty())
        return;
    m_writes.clear();
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Error Database::lastError(const QSqlQuery &query) const
{
    return Error(ErrorCode::StoreUnavailable,
                 {{"path", QSqlDatabase::database(m_name, false).databaseName().toStdString()},
                  {"sqlite", query.lastError().nativeErrorCode().toStdString()}});
}

Result<QSqlQuery> Database::run(const char *sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.prepare(QLatin1String(sql)))
        return fail(lastError(query));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return fail(lastError(query));
    return query;
}

Result<int> Database::write(const char *sql, const QVariantList &values)
{
    auto found = m_writes.find(std::string_view(sql));
    if (found == m_writes.end()) {
        QSqlQuery fresh(QSqlDatabase::database(m_name, false));
        if (!fresh.prepare(QLatin1String(sql)))
            return fail(lastError(fresh));
        found = m_writes.emplace(sql, std::move(fresh)).first;
    }
    QSqlQuery &query = found->second;
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values[i]);
    if (!query.exec())
        return fail(lastError(query));
    return query.numRowsAffected();
}

Status Database::transaction(const std::function<Status()> &work)
{
    AMANA_CHECK(run("BEGIN IMMEDIATE"));
    Status done = work();
    if (done)
        if (auto committed = run("COMMIT"); !committed)
            done = fail(std::move(committed).error());
    if (!done)
        if (const auto undone = run("ROLLBACK"); !undone)
            return done; // SQLite has rolled back by itself already
    return done;
}

Result<int> Database::version()
{
    AMANA_TRY(QSqlQuery query, run("PRAGMA user_version"));
    return query.next() ? query.value(0).toInt() : 0;
}

} // namespace amana::chain
