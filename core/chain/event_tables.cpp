// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_tables.h"

#include <map>

namespace amana::chain {

namespace {

constexpr const char *kTables[] = {
    "DROP TABLE IF EXISTS event",
    "DROP TABLE IF EXISTS dataset",
    "DROP TABLE IF EXISTS custodian",
    "DROP TABLE IF EXISTS request",
    "DROP TABLE IF EXISTS member",
    "DROP TABLE IF EXISTS memberkey",
    "CREATE TABLE event (block INTEGER NOT NULL, log INTEGER NOT NULL, time INTEGER NOT NULL, tx BLOB NOT "
    "NULL,"
    " kind TEXT NOT NULL, who BLOB NOT NULL, dataset INTEGER NOT NULL, request INTEGER NOT NULL,"
    " PRIMARY KEY (block, log)) WITHOUT ROWID",
    "CREATE INDEX event_dataset ON event (dataset)",
    "CREATE INDEX event_who ON event (who)",
    "CREATE TABLE dataset (id INTEGER PRIMARY KEY, owner BLOB NOT NULL, institution INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, codec INTEGER NOT NULL, threshold INTEGER NOT NULL, status INTEGER NOT NULL,"
    " mask INTEGER NOT NULL, price TEXT NOT NULL, cid BLOB NOT NULL, card BLOB NOT NULL, report BLOB NOT "
    "NULL,"
    " subjects BLOB NOT NULL, block INTEGER NOT NULL, time INTEGER NOT NULL, tx BLOB NOT NULL)",
    "CREATE TABLE custodian (dataset INTEGER NOT NULL, place INTEGER NOT NULL, who BLOB NOT NULL,"
    " PRIMARY KEY (dataset, place)) WITHOUT ROWID",
    "CREATE INDEX custodian_who ON custodian (who)",
    "CREATE TABLE request (id INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, requester BLOB NOT NULL,"
    " purpose INTEGER NOT NULL, until INTEGER NOT NULL, revision INTEGER NOT NULL, keyversion INTEGER NOT "
    "NULL,"
    " message BLOB NOT NULL, state INTEGER NOT NULL, votes INTEGER NOT NULL, created INTEGER NOT NULL,"
    " decision BLOB NOT NULL, capsule BLOB NOT NULL, capsuledigest BLOB NOT NULL, decider BLOB NOT NULL,"
    " time INTEGER NOT NULL)",
    "CREATE INDEX request_dataset ON request (dataset)",
    "CREATE INDEX request_requester ON request (requester)",
    "CREATE TABLE member (who BLOB PRIMARY KEY, institution INTEGER NOT NULL, roles INTEGER NOT NULL,"
    " until INTEGER NOT NULL, suspended INTEGER NOT NULL DEFAULT 0, keyversion INTEGER NOT NULL DEFAULT 0) "
    "WITHOUT ROWID",
    "CREATE TABLE memberkey (who BLOB NOT NULL, version INTEGER NOT NULL, key BLOB NOT NULL,"
    " PRIMARY KEY (who, version)) WITHOUT ROWID",
    "PRAGMA user_version = 1"};

/// Null QByteArrays would be bound as NULL.
QVariant blob(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

QVariant blob(const Address &address)
{
    return toByteArray(address);
}

class Applier {
public:
    Applier(Database &database, const Log &log, const DecodedEvent &event, std::uint64_t time)
        : m_db(database), m_log(log), m_event(event), m_time(time)
    {
    }

    Status apply()
    {
        using Handler = Status (Applier::*)();
        static const std::map<std::string, Handler> handlers{{"InstitutionSet", &Applier::institutionSet},
                                                             {"MemberSet", &Applier::memberSet},
                                                             {"MemberSuspended", &Applier::memberSuspended},
                                                             {"KeySet", &Applier::keySet},
                                                             {"DatasetPublished", &Applier::datasetPublished},
                                                             {"DatasetWithdrawn", &Applier::datasetWithdrawn},
                                                             {"AccessRequested", &Applier::accessRequested},
                                                             {"AccessVoted", &Applier::accessVoted},
                                                             {"AccessApproved", &Applier::accessApproved},
                                                             {"AccessReturned", &Applier::accessReturned},
                                                             {"AccessDenied", &Applier::accessDenied},
                                                             {"AccessCancelled", &Applier::accessCancelled},
                                                             {"AccessRevoked", &Applier::accessRevoked}};
        const auto handler = handlers.find(m_event.name);
        if (handler == handlers.end())
            return {};
        return (this->*handler->second)();
    }

private:
    Status run(const char *sql, const QVariantList &values)
    {
        AMANA_CHECK(m_db.write(sql, values));
        return {};
    }
    QVariant number(std::size_t i) const { return sqlNumber(m_event.number(i)); }
    QVariant address(std::size_t i) const { return blob(m_event.address(i)); }

    Status history(const Address &who, std::uint64_t dataset = 0, std::uint64_t request = 0)
    {
        return run("INSERT OR REPLACE INTO event VALUES (?,?,?,?,?,?,?,?)",
                   {sqlNumber(m_log.block), m_log.index, sqlNumber(m_time), toByteArray(m_log.txHash),
                    QString::fromStdString(m_event.name), blob(who), sqlNumber(dataset), sqlNumber(request)});
    }
    /// Of a request that is known; 0 otherwise.
    Result<std::uint64_t> datasetOf(std::uint64_t request)
    {
        AMANA_TRY(QSqlQuery query,
                  m_db.run("SELECT dataset FROM request WHERE id = ?", {sqlNumber(request)}));
        return query.next() ? query.value(0).toULongLong() : 0;
    }
    Status requestHistory(const Address &who)
    {
        AMANA_TRY(const std::uint64_t dataset, datasetOf(m_event.number(0)));
        return history(who, dataset, m_event.number(0));
    }
    Status closed(RequestState state, const Address &by, const QByteArray &decision)
    {
        AMANA_CHECK(run("UPDATE request SET state = ?, decider = ?, decision = ?, time = ? WHERE id = ?",
                        {static_cast<int>(state), blob(by), blob(decision), sqlNumber(m_time), number(0)}));
        return requestHistory(by);
    }

    Status institutionSet() { return history(m_event.address(1)); }

    Status memberSet()
    {
        AMANA_CHECK(run(
            "INSERT INTO member (who, institution, roles, until) VALUES (?,?,?,?) ON CONFLICT (who) DO UPDATE"
            " SET institution = excluded.institution, roles = excluded.roles, until = excluded.until",
            {address(0), number(1), number(2), number(3)}));
        return history(m_event.address(0));
    }
    Status memberSuspended()
    {
        AMANA_CHECK(run("UPDATE member SET suspended = ? WHERE who = ?", {m_event.flag(1), address(0)}));
        return history(m_event.address(0));
    }
    Status keySet()
    {
        AMANA_CHECK(run("UPDATE member SET keyversion = ? WHERE who = ?", {number(1), address(0)}));
        AMANA_CHECK(run("INSERT OR REPLACE INTO memberkey VALUES (?,?,?)",
                        {address(0), number(1), blob(m_event.bytes(3))}));
        return history(m_event.address(0));
    }
    Status datasetPublished()
    {
        const auto &p = std::get<AbiList>(m_event.arguments[3]);
        const auto param = [&p](std::size_t i) { return sqlNumber(*std::get<Uint256>(p[i]).toUint64()); };
        const auto digest = [&p](std::size_t i) { return blob(std::get<QByteArray>(p[i])); };
        const QString price = QString::fromStdString(std::get<Uint256>(p[4]).toDecimal());
        // SQLite's integers are signed: the mask keeps its bits, not its value.
        const auto mask = static_cast<qlonglong>(*std::get<Uint256>(p[3]).toUint64());
        AMANA_CHECK(
            run("INSERT OR REPLACE INTO dataset VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                {number(0), address(1), number(2), param(0), param(1), param(2),
                 static_cast<int>(DatasetStatus::Published), mask, price, digest(5), digest(6), digest(7),
                 digest(8), sqlNumber(m_log.block), sqlNumber(m_time), toByteArray(m_log.txHash)}));
        AMANA_CHECK(run("DELETE FROM custodian WHERE dataset = ?", {number(0)}));
        int place = 0;
        for (const AbiValue &who : std::get<AbiList>(p[9]))
            AMANA_CHECK(run("INSERT INTO custodian VALUES (?,?,?)",
                            {number(0), place++, blob(std::get<Address>(who))}));
        return history(m_event.address(1), m_event.number(0));
    }
    Status datasetWithdrawn()
    {
        AMANA_CHECK(run("UPDATE dataset SET status = ? WHERE id = ?",
                        {static_cast<int>(DatasetStatus::Withdrawn), number(0)}));
        return history(m_event.address(1), m_event.number(0));
    }
    Status accessRequested()
    {
        AMANA_CHECK(run("INSERT INTO request VALUES (?,?,?,?,?,?,?,?,?,0,?,x'',x'',x'',x'',?) ON CONFLICT "
                        "(id) DO UPDATE SET"
                        " purpose = excluded.purpose, until = excluded.until, revision = excluded.revision,"
                        " keyversion = excluded.keyversion, message = excluded.message, state = "
                        "excluded.state, votes = 0,"
                        " time = excluded.time",
                        {number(0), number(1), address(2), number(3), number(4), number(5), number(6),
                         blob(m_event.bytes(7)), static_cast<int>(RequestState::Requested), sqlNumber(m_time),
                         sqlNumber(m_time)}));
        return history(m_event.address(2), m_event.number(1), m_event.number(0));
    }
    Status accessVoted()
    {
        AMANA_CHECK(run("UPDATE request SET votes = ?, decider = ?, time = ? WHERE id = ?",
                        {number(2), address(1), sqlNumber(m_time), number(0)}));
        return requestHistory(m_event.address(1));
    }
    Status accessApproved()
    {
        AMANA_CHECK(run(
            "UPDATE request SET state = ?, until = ?, capsuledigest = ?, capsule = ?, time = ? WHERE id = ?",
            {static_cast<int>(RequestState::Approved), number(3), blob(m_event.bytes(4)),
             blob(m_event.bytes(5)), sqlNumber(m_time), number(0)}));
        return history(m_event.address(2), m_event.number(1), m_event.number(0));
    }
    Status accessReturned() { return closed(RequestState::Returned, m_event.address(1), m_event.bytes(2)); }
    Status accessDenied() { return closed(RequestState::Denied, m_event.address(1), m_event.bytes(2)); }
    Status accessCancelled()
    {
        AMANA_CHECK(run("UPDATE request SET state = ?, time = ? WHERE id = ?",
                        {static_cast<int>(RequestState::Cancelled), sqlNumber(m_time), number(0)}));
        AMANA_TRY(QSqlQuery query, m_db.run("SELECT requester FROM request WHERE id = ?", {number(0)}));
        Address requester{};
        if (query.next()) {
            const QByteArray bytes = column(query, 0);
            std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), 20), requester.begin());
        }
        query.finish();
        return requestHistory(requester);
    }
    Status accessRevoked() { return closed(RequestState::Revoked, m_event.address(1), {}); }

    Database &m_db;
    const Log &m_log;
    const DecodedEvent &m_event;
    std::uint64_t m_time;
};

} // namespace

Status makeIndexTables(Database &database)
{
    for (const char *sql : kTables)
        AMANA_CHECK(database.run(sql));
    return {};
}

Status applyEvent(Database &database, const Log &log, const DecodedEvent &event, std::uint64_t time)
{
    return Applier(database, log, event, time).apply();
}

} // namespace amana::chain
