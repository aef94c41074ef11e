// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/outbox_store.h"

#include <QDateTime>

#include <algorithm>

namespace amana::chain {

namespace {

constexpr char kColumns[] =
    "SELECT id, label, dedupe, account, nonce, hash, state, block, confirmations, needed, created, error,"
    " target, data, gas, tip, fee, legacy, (SELECT COUNT(*) FROM attempt WHERE entry = entry.id), value FROM entry ";

QVariant number(std::uint64_t value)
{
    return QVariant::fromValue<qulonglong>(value);
}

QVariant identifier(std::int64_t id)
{
    return QVariant::fromValue<qlonglong>(id);
}

QVariant text(const std::string &value)
{
    return QString::fromStdString(value);
}

/// Null QByteArrays would be bound as NULL.
QVariant blob(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

Result<OutboxRow> readRow(const QSqlQuery &query)
{
    OutboxRow row;
    OutboxEntry &entry = row.entry;
    entry.id = query.value(0).toLongLong();
    entry.label = query.value(1).toString().toStdString();
    entry.dedupeKey = query.value(2).toString().toStdString();
    entry.account = arrayOf<Address>(column(query, 3));
    entry.nonce = query.value(4).toULongLong();
    entry.txHash = arrayOf<Digest>(column(query, 5));
    entry.state = static_cast<OutboxState>(query.value(6).toInt());
    entry.block = query.value(7).toULongLong();
    entry.confirmations = query.value(8).toULongLong();
    entry.needed = query.value(9).toULongLong();
    entry.created = query.value(10).toLongLong();
    entry.error = query.value(11).toString().toStdString();
    row.call = {arrayOf<Address>(column(query, 12)), column(query, 13), entry.label, entry.dedupeKey, {}};
    row.gas = query.value(14).toULongLong();
    AMANA_TRY(row.fees.maxPriorityFeePerGas, Uint256::fromDecimal(query.value(15).toString().toStdString()));
    AMANA_TRY(row.fees.maxFeePerGas, Uint256::fromDecimal(query.value(16).toString().toStdString()));
    row.fees.legacy = query.value(17).toBool();
    entry.attempts = query.value(18).toInt();
    AMANA_TRY(row.call.value, Uint256::fromDecimal(query.value(19).toString().toStdString()));
    entry.fee = Uint256::product(row.gas, row.fees.maxFeePerGas.toUint64().value_or(0));
    return row;
}

} // namespace

QString outboxNetwork(const Chain &chain)
{
    return QStringLiteral("%1:%2")
        .arg(chain.profile().chainId)
        .arg(QString::fromStdString(toHex(chain.profile().genesisHash)));
}

Result<OutboxStore> OutboxStore::open(const QString &file)
{
    AMANA_TRY(Database database, Database::open(file));
    return OutboxStore(std::move(database));
}

Result<std::vector<OutboxRow>> OutboxStore::selectRows(const std::string &rest, const QVariantList &values)
{
    const std::string sql = kColumns + rest;
    AMANA_TRY(QSqlQuery query, m_db.run(sql.c_str(), values));
    std::vector<OutboxRow> rows;
    while (query.next()) {
        AMANA_TRY(OutboxRow row, readRow(query));
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<OutboxRow>> OutboxStore::select(const std::string &rest, const QVariantList &values)
{
    AMANA_TRY(auto rows, selectRows(rest, values));
    for (OutboxRow &row : rows) {
        AMANA_TRY(QSqlQuery attempts, m_db.run("SELECT raw, hash, cancels FROM attempt WHERE entry = ? ORDER BY id",
                                               {identifier(row.entry.id)}));
        while (attempts.next())
            row.attempts.push_back({column(attempts, 0), arrayOf<Digest>(column(attempts, 1)),
                                    attempts.value(2).toBool()});
    }
    return rows;
}

Result<std::optional<OutboxRow>> OutboxStore::find(std::int64_t id)
{
    AMANA_TRY(auto rows, select("WHERE id = ?", {identifier(id)}));
    return rows.empty() ? std::optional<OutboxRow>() : std::optional(std::move(rows.front()));
}

Result<std::optional<OutboxRow>> OutboxStore::findKey(const QString &network, const std::string &key)
{
    AMANA_TRY(auto rows, select("WHERE network = ? AND dedupe = ? AND state < 8", {network, text(key)}));
    return rows.empty() ? std::optional<OutboxRow>() : std::optional(std::move(rows.front()));
}

Result<std::vector<OutboxRow>> OutboxStore::underWay(const QString &network)
{
    return select("WHERE network = ? AND state BETWEEN 3 AND 6 ORDER BY account, nonce", {network});
}

Result<std::vector<OutboxRow>> OutboxStore::before(const QString &network, const OutboxRow &row)
{
    return select("WHERE network = ? AND account = ? AND nonce < ? AND state IN (3, 4, 6) ORDER BY nonce",
                  {network, toByteArray(row.entry.account), number(row.entry.nonce)});
}

Result<std::vector<OutboxEntry>> OutboxStore::newest(int limit)
{
    AMANA_TRY(auto rows, selectRows("ORDER BY id DESC LIMIT ?", {limit}));
    std::vector<OutboxEntry> list;
    for (OutboxRow &row : rows)
        list.push_back(std::move(row.entry));
    return list;
}

Result<std::int64_t> OutboxStore::insert(const QString &network, const Address &account, const Call &call)
{
    std::int64_t id = 0;
    const auto work = [&]() -> Status {
        if (!call.dedupeKey.empty()) {
            AMANA_TRY(const auto earlier, findKey(network, call.dedupeKey));
            if (earlier) {
                id = earlier->entry.id;
                // One that was never signed is what the caller wants now.
                AMANA_CHECK(m_db.run("UPDATE entry SET account = ?, label = ?, target = ?, data = ?, value = ? WHERE id = ?"
                                     " AND state < 3",
                                     {toByteArray(account), text(call.label), toByteArray(call.to),
                                      blob(call.data), text(call.value.toDecimal()), identifier(id)}));
                return {};
            }
        }
        const QVariant dedupe = call.dedupeKey.empty() ? QVariant() : text(call.dedupeKey);
        AMANA_TRY(const QSqlQuery query,
                  m_db.run("INSERT INTO entry (network, account, label, dedupe, target, data, value, state, created)"
                           " VALUES (?,?,?,?,?,?,?,0,?)",
                           {network, toByteArray(account), text(call.label), dedupe, toByteArray(call.to),
                            blob(call.data), text(call.value.toDecimal()), QDateTime::currentSecsSinceEpoch()}));
        id = query.lastInsertId().toLongLong();
        return {};
    };
    AMANA_CHECK(m_db.transaction(work));
    return id;
}

Status OutboxStore::setUnsigned(std::int64_t id, OutboxState state, const std::string &error)
{
    AMANA_CHECK(m_db.run("UPDATE entry SET state = ?, error = ? WHERE id = ? AND state < 3",
                         {static_cast<int>(state), text(error), identifier(id)}));
    return {};
}

Status OutboxStore::setCost(std::int64_t id, std::uint64_t gas, const Fees &fees)
{
    AMANA_CHECK(m_db.run("UPDATE entry SET state = 2, gas = ?, tip = ?, fee = ?, legacy = ? WHERE id = ? AND "
                         "state < 3",
                         {number(gas), text(fees.maxPriorityFeePerGas.toDecimal()),
                          text(fees.maxFeePerGas.toDecimal()), fees.legacy, identifier(id)}));
    return {};
}

Status OutboxStore::removeUnsigned(std::int64_t id)
{
    AMANA_CHECK(m_db.run("DELETE FROM entry WHERE id = ? AND state < 3", {identifier(id)}));
    return {};
}

Result<std::uint64_t> OutboxStore::freeNonce(const QString &network, const Address &account,
                                             std::uint64_t from)
{
    AMANA_TRY(QSqlQuery query,
              m_db.run("SELECT nonce FROM entry WHERE network = ? AND account = ? AND nonce >= ?"
                       " AND (state < 7 OR spent = 1) ORDER BY nonce",
                       {network, toByteArray(account), number(from)}));
    while (query.next() && query.value(0).toULongLong() == from)
        ++from;
    return from;
}

Status OutboxStore::sign(const OutboxRow &row, const QString &network, std::uint64_t nodeNonce,
                         std::uint64_t needed, const Sign &sign)
{
    return m_db.transaction([&]() -> Status {
        AMANA_TRY(const std::uint64_t nonce, freeNonce(network, row.entry.account, nodeNonce));
        const SignedTransaction made = sign(nonce);
        AMANA_TRY(const QSqlQuery query,
                  m_db.run("UPDATE entry SET state = 3, nonce = ?, hash = ?, needed = ? WHERE id = ? AND "
                           "state < 3",
                           {number(nonce), toByteArray(made.hash), number(needed), identifier(row.entry.id)}));
        if (query.numRowsAffected() == 0)
            return {};
        AMANA_CHECK(m_db.run("INSERT INTO attempt (entry, raw, hash, cancels) VALUES (?,?,?,0)",
                             {identifier(row.entry.id), made.raw, toByteArray(made.hash)}));
        return {};
    });
}

Status OutboxStore::addAttempt(std::int64_t id, const SignedTransaction &transaction, bool cancels)
{
    return m_db.transaction([&]() -> Status {
        AMANA_TRY(const QSqlQuery query,
                  m_db.run("UPDATE entry SET hash = ? WHERE id = ? AND state IN (3, 4, 6)",
                           {toByteArray(transaction.hash), identifier(id)}));
        if (query.numRowsAffected() == 0)
            return fail(ErrorCode::ChainTooLate);
        AMANA_CHECK(m_db.run("INSERT INTO attempt (entry, raw, hash, cancels) VALUES (?,?,?,?)",
                             {identifier(id), transaction.raw, toByteArray(transaction.hash), cancels}));
        return {};
    });
}

Status OutboxStore::record(const OutboxRow &row, const Seen &seen)
{
    const OutboxEntry &was = row.entry;
    const Digest hash = seen.hash == Digest{} ? was.txHash : seen.hash;
    if (was.state == seen.state && was.block == seen.block && was.confirmations == seen.confirmations
        && was.error == seen.error && was.txHash == hash)
        return {};
    AMANA_CHECK(m_db.run("UPDATE entry SET state = ?, spent = ?, block = ?, confirmations = ?, error = ?,"
                         " hash = ? WHERE id = ? AND state < 7",
                         {static_cast<int>(seen.state), seen.spent, number(seen.block),
                          number(seen.confirmations), text(seen.error), toByteArray(hash),
                          identifier(was.id)}));
    return {};
}

} // namespace amana::chain
