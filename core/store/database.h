// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <memory>

namespace amana::store {

/// One connection to a SQLite file, of the thread that made it. WAL, full synchronisation, 15 s of patience with
/// other processes. Every failure is StoreLocked, StoreCorrupt, FileDiskFull or StoreUnavailable.
class Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString &path);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Prepares, binds in order and runs. Nothing secret is bound: only sealed bytes, keyed hashes and own ids.
    [[nodiscard]] Result<QSqlQuery> run(const QString &sql, const QVariantList &values = {});

private:
    explicit Connection(QString name) : m_name(std::move(name)) {}
    QString m_name;
    QSqlDatabase m_database;
};

/// BEGIN IMMEDIATE … COMMIT; rolled back when it goes out of scope uncommitted.
class Transaction {
public:
    [[nodiscard]] static Result<std::unique_ptr<Transaction>> begin(Connection &connection);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    [[nodiscard]] Status commit();

private:
    explicit Transaction(Connection &connection) : m_connection(connection) {}
    Connection &m_connection;
    bool m_open = true;
};

/// Makes or checks the tables. StoreTooNew when a later version of the program made them.
[[nodiscard]] Status prepareSchema(Connection &connection);

} // namespace amana::store
