// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QLatin1String>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <algorithm>
#include <functional>
#include <map>
#include <string>

namespace amana::chain {

/// One SQLite connection, for one piece of work in one thread (Qt's connections belong to the thread that
/// made them; opening one takes a fraction of a millisecond). WAL, full durability, 10 s patience with other
/// processes.
class Database {
public:
    /// StoreUnavailable.
    [[nodiscard]] static Result<Database> open(const QString &file);
    Database(Database &&other) noexcept;
    Database &operator=(Database &&) = delete;
    ~Database();

    /// Prepared, bound in order, executed. StoreUnavailable with the SQLite code.
    [[nodiscard]] Result<QSqlQuery> run(const char *sql, const QVariantList &values = {});
    /// As run, for what writes; the number of rows it changed. Stays prepared for the next time.
    [[nodiscard]] Result<int> write(const char *sql, const QVariantList &values);
    /// BEGIN IMMEDIATE … COMMIT; rolled back when `work` fails.
    [[nodiscard]] Status transaction(const std::function<Status()> &work);
    /// PRAGMA user_version.
    [[nodiscard]] Result<int> version();

private:
    explicit Database(QString name) : m_name(std::move(name)) {}
    [[nodiscard]] Error lastError(const QSqlQuery &query) const;

    QString m_name;
    std::map<std::string, QSqlQuery, std::less<>> m_writes; ///< by text
};

[[nodiscard]] inline QByteArray column(const QSqlQuery &query, int index)
{
    return query.value(index).toByteArray();
}
[[nodiscard]] inline QByteArray column(const QSqlQuery &query, const char *name)
{
    return query.value(QLatin1String(name)).toByteArray();
}

/// The bytes of a blob; what it lacks is zero.
template <class Array>
[[nodiscard]] Array arrayOf(const QByteArray &bytes)
{
    Array array{};
    std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), static_cast<qsizetype>(array.size())),
                array.begin());
    return array;
}

} // namespace amana::chain
