// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/contracts.h"
#include "core/chain/event_tables.h"

#include <algorithm>
#include <map>

namespace amana::chain {

namespace {

/// Null QByteArrays would be bound as NULL.
QVariant blob(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

QVariant blob(const Address &address)
{
    return toByteArray(address);
}

class Rows {
public:
    Rows(Database &database, const Log &log, const DecodedEvent &event, std::uint64_t time)
        : m_db(database), m_log(log), m_event(event), m_time(time)
    {
    }

    Status write()
    {
        const auto handler = handlers().find(m_event.name);
        return handler == handlers().end() ? Status() : (this->*handler->second)();
    }

private:
    using Handler = Status (Rows::*)();
    static const std::map<std::string, Handler> &handlers();

    // Indexed arguments come first in a decoded event.
    QVariant number(std::size_t i) const { return sqlNumber(m_event.number(i)); }
    QVariant signedNumber(std::size_t i) const { return static_cast<qlonglong>(m_event.number(i)); }
    QVariant address(std::size_t i) const { return blob(m_event.address(i)); }
    QVariant bytes(std::size_t i) const { return blob(m_event.bytes(i)); }
    QVariant amount(std::size_t i) const
    {
        return QString::fromStdString(std::get<Uint256>(m_event.arguments[i]).toDecimal());
    }
    QVariant time() const { return sqlNumber(m_time); }
    /// Where the capsule lies makes no other kind of approval.
    std::string kind() const { return m_event.name == "AccessApprovedStored" ? "AccessApproved" : m_event.name; }

    Status run(const char *sql, const QVariantList &values)
    {
        AMANA_CHECK(m_db.write(sql, values));
        return {};
    }
    Status history(const Address &who, std::uint64_t dataset = 0, std::uint64_t request = 0)
    {
        return run("INSERT OR REPLACE INTO event VALUES (?,?,?,?,?,?,?,?)",
                   {sqlNumber(m_log.block), m_log.index, time(), toByteArray(m_log.txHash),
                    QString::fromStdString(kind()), blob(who), sqlNumber(dataset), sqlNumber(request)});
    }
    /// One value of a request that is known; nothing otherwise.
    Result<QVariant> ofRequest(const char *column, std::uint64_t id)
    {
        const std::string sql = std::string("SELECT ") + column + " FROM request WHERE id = ?";
        AMANA_TRY(QSqlQuery query, m_db.run(sql.c_str(), {sqlNumber(id)}));
        return query.next() ? query.value(0) : QVariant();
    }
    Status requestHistory(const Address &who, std::uint64_t request)
    {
        AMANA_TRY(const QVariant dataset, ofRequest("dataset", request));
        return history(who, dataset.toULongLong(), request);
    }
    Status requestHistory(const Address &who) { return requestHistory(who, m_event.number(0)); }

    Status onlyHistory() { return history({}); }
    Status institutionSet();
    Status memberSet();
    Status memberSuspended();
    Status keySet();
    Status keyRevoked();
    Status pauseChanged() { return history(m_event.address(0)); }

    Status datasetPublished();
    Status datasetSuperseded();
    Status datasetWithdrawn();
    Status allRevoked();
    Status subjectWithdrawn();
    Status custodyOffered();
    Status custodyMoved();
    Status batchAnchored();

    Status accessRequested();
    Status accessVoted();
    Status accessApproved() { return approved(bytes(2), blob(QByteArray())); }
    Status accessApprovedStored() { return approved(blob(QByteArray()), bytes(2)); }
    Status approved(const QVariant &capsule, const QVariant &digest);
    Status accessReturned() { return closed(RequestState::Returned, m_event.bytes(2)); }
    Status accessDenied() { return closed(RequestState::Denied, m_event.bytes(2)); }
    Status accessRevoked() { return closed(RequestState::Revoked, {}); }
    Status accessCancelled();
    Status closed(RequestState state, const QByteArray &decision);
    Status glassBroken();
    Status emergencyReviewed();

    Status listed();
    Status paid();
    Status purchaseDelivered() { return purchase(PurchaseState::Delivered); }
    Status purchaseDisputed();
    Status purchaseReleased() { return purchase(PurchaseState::Released); }
    Status purchaseRefunded() { return purchase(PurchaseState::Refunded); }
    Status purchase(PurchaseState state);
    Status moneyWithdrawn() { return history(m_event.address(1)); }

    Database &m_db;
    const Log &m_log;
    const DecodedEvent &m_event;
    std::uint64_t m_time;
};

const std::map<std::string, Rows::Handler> &Rows::handlers()
{
    static const std::map<std::string, Handler> all{
        {"InstitutionSet", &Rows::institutionSet},
        {"MemberSet", &Rows::memberSet},
        {"MemberSuspended", &Rows::memberSuspended},
        {"KeySet", &Rows::keySet},
        {"KeyRevoked", &Rows::keyRevoked},
        {"Paused", &Rows::pauseChanged},
        {"Unpaused", &Rows::pauseChanged},
        {"Upgraded", &Rows::onlyHistory},
        {"RoleGranted", &Rows::onlyHistory},
        {"RoleRevoked", &Rows::onlyHistory},
        {"DatasetPublished", &Rows::datasetPublished},
        {"DatasetSuperseded", &Rows::datasetSuperseded},
        {"DatasetWithdrawn", &Rows::datasetWithdrawn},
        {"AllRevoked", &Rows::allRevoked},
        {"SubjectWithdrawn", &Rows::subjectWithdrawn},
        {"CustodyOffered", &Rows::custodyOffered},
        {"CustodyMoved", &Rows::custodyMoved},
        {"BatchAnchored", &Rows::batchAnchored},
        {"AccessRequested", &Rows::accessRequested},
        {"AccessVoted", &Rows::accessVoted},
        {"AccessApproved", &Rows::accessApproved},
        {"AccessApprovedStored", &Rows::accessApprovedStored},
        {"AccessReturned", &Rows::accessReturned},
        {"AccessDenied", &Rows::accessDenied},
        {"AccessCancelled", &Rows::accessCancelled},
        {"AccessRevoked", &Rows::accessRevoked},
        {"GlassBroken", &Rows::glassBroken},
        {"EmergencyReviewed", &Rows::emergencyReviewed},
        {"Listed", &Rows::listed},
        {"Paid", &Rows::paid},
        {"Delivered", &Rows::purchaseDelivered},
        {"Disputed", &Rows::purchaseDisputed},
        {"Released", &Rows::purchaseReleased},
        {"Refunded", &Rows::purchaseRefunded},
        {"Withdrawn", &Rows::moneyWithdrawn}};
    return all;
}

Status Rows::institutionSet()
{
    AMANA_CHECK(run("INSERT OR REPLACE INTO institution VALUES (?,?,?)", {number(0), address(1), m_event.flag(2)}));
    return history(m_event.address(1));
}

Status Rows::memberSet()
{
    AMANA_CHECK(run("INSERT INTO member (who, institution, roles, validfrom, until) VALUES (?,?,?,?,?)"
                    " ON CONFLICT (who) DO UPDATE SET institution = excluded.institution, roles = excluded.roles,"
                    " validfrom = excluded.validfrom, until = excluded.until",
                    {address(0), number(1), number(2), number(3), number(4)}));
    return history(m_event.address(0));
}

Status Rows::memberSuspended()
{
    AMANA_CHECK(run("UPDATE member SET suspended = ? WHERE who = ?", {m_event.flag(1), address(0)}));
    return history(m_event.address(0));
}

Status Rows::keySet()
{
    AMANA_CHECK(run("UPDATE member SET keyversion = ? WHERE who = ?", {number(1), address(0)}));
    AMANA_CHECK(run("INSERT OR REPLACE INTO memberkey VALUES (?,?,?,?,0)",
                    {address(0), number(1), number(2), bytes(3)}));
    return history(m_event.address(0));
}

Status Rows::keyRevoked()
{
    AMANA_CHECK(run("UPDATE memberkey SET revoked = 1 WHERE who = ? AND version = ?", {address(0), number(2)}));
    return history(m_event.address(1));
}

Status Rows::datasetPublished()
{
    const auto &p = std::get<AbiList>(m_event.arguments[3]);
    const auto param = [&p](std::size_t i) { return sqlNumber(*std::get<Uint256>(p[i]).toUint64()); };
    const auto &details = std::get<AbiList>(p[8]);
    const auto digest = [&details](std::size_t i) { return blob(std::get<QByteArray>(details[i])); };
    AMANA_CHECK(run("INSERT OR REPLACE INTO dataset (id, owner, institution, previous, kind, codec, threshold, status,"
                    " currency, breakglass, mask, price, cid, card, report, subjects, block, time, tx)"
                    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    {number(0), address(1), number(2), param(7), param(0), param(1), param(2),
                     static_cast<int>(DatasetStatus::Published), param(3), std::get<bool>(p[4]),
                     static_cast<qlonglong>(*std::get<Uint256>(p[5]).toUint64()),
                     QString::fromStdString(std::get<Uint256>(p[6]).toDecimal()), digest(0), digest(1), digest(2),
                     digest(3), sqlNumber(m_log.block), time(), toByteArray(m_log.txHash)}));
    AMANA_CHECK(run("DELETE FROM custodian WHERE dataset = ?", {number(0)}));
    int place = 0;
    for (const AbiValue &who : std::get<AbiList>(p[9]))
        AMANA_CHECK(run("INSERT INTO custodian (dataset, place, who) VALUES (?,?,?)",
                        {number(0), ++place, blob(std::get<Address>(who))}));
    return history(m_event.address(1), m_event.number(0));
}

Status Rows::datasetSuperseded()
{
    AMANA_CHECK(run("UPDATE dataset SET status = ? WHERE id = ?",
                    {static_cast<int>(DatasetStatus::Superseded), number(0)}));
    return history({}, m_event.number(0));
}

Status Rows::datasetWithdrawn()
{
    AMANA_CHECK(run("UPDATE dataset SET status = ? WHERE id = ?",
                    {static_cast<int>(DatasetStatus::Withdrawn), number(0)}));
    return history(m_event.address(1), m_event.number(0));
}

Status Rows::allRevoked()
{
    AMANA_CHECK(run("UPDATE dataset SET generation = ? WHERE id = ?", {number(2), number(0)}));
    // What waits is voted on anew: votes count for the generation in which they were given.
    AMANA_CHECK(run("UPDATE request SET votes = 0 WHERE dataset = ? AND state IN (?,?)",
                    {number(0), static_cast<int>(RequestState::Requested), static_cast<int>(RequestState::Returned)}));
    return history(m_event.address(1), m_event.number(0));
}

Status Rows::subjectWithdrawn()
{
    AMANA_CHECK(run("INSERT OR REPLACE INTO withdrawn VALUES (?,?)", {number(0), number(1)}));
    AMANA_CHECK(run("UPDATE dataset SET withdrawals = ? WHERE id = ?", {number(2), number(0)}));
    return history({}, m_event.number(0));
}

Status Rows::custodyOffered()
{
    AMANA_CHECK(run("INSERT OR REPLACE INTO custodyoffer VALUES (?,?,?,?)",
                    {number(0), address(1), address(2), number(3)}));
    return history(m_event.address(1), m_event.number(0));
}

Status Rows::custodyMoved()
{
    AMANA_CHECK(run("UPDATE custodian SET who = ?, capsuledigest = ? WHERE dataset = ? AND who = ?",
                    {address(2), bytes(3), number(0), address(1)}));
    AMANA_CHECK(run("DELETE FROM custodyoffer WHERE dataset = ? AND giver = ?", {number(0), address(1)}));
    return history(m_event.address(2), m_event.number(0));
}

Status Rows::batchAnchored()
{
    AMANA_CHECK(run("INSERT OR REPLACE INTO batch VALUES (?,?,?,?,?,?,?)",
                    {number(0), address(1), bytes(2), number(3), bytes(4), time(), toByteArray(m_log.txHash)}));
    return history(m_event.address(1));
}

Status Rows::accessRequested()
{
    AMANA_CHECK(run("INSERT INTO request VALUES (?,?,?,?,?,?,?,?,?,?,0,0,?,x'',x'',x'',x'',?) ON CONFLICT (id) DO UPDATE"
                    " SET purpose = excluded.purpose, conditions = excluded.conditions, until = excluded.until,"
                    " revision = excluded.revision, keyversion = excluded.keyversion, message = excluded.message,"
                    " state = excluded.state, votes = 0, time = excluded.time",
                    {number(0), number(1), address(2), number(3), signedNumber(4), number(5), number(6), number(7),
                     bytes(8), static_cast<int>(RequestState::Requested), time(), time()}));
    return history(m_event.address(2), m_event.number(1), m_event.number(0));
}

Status Rows::accessVoted()
{
    AMANA_CHECK(run("UPDATE request SET votes = ?, decider = ?, time = ? WHERE id = ?",
                    {number(2), address(1), time(), number(0)}));
    return requestHistory(m_event.address(1));
}

Status Rows::approved(const QVariant &capsule, const QVariant &digest)
{
    const auto [request, basis] = Decision::fromWord(std::get<Uint256>(m_event.arguments[0]));
    AMANA_CHECK(run("UPDATE request SET state = ?, decider = ?, keyversion = ?, generation = ?, capsule = ?,"
                    " capsuledigest = ?, time = ? WHERE id = ?",
                    {static_cast<int>(RequestState::Approved), address(1), sqlNumber(basis.keyVersion),
                     sqlNumber(basis.generation), capsule, digest, time(), sqlNumber(request)}));
    return requestHistory(m_event.address(1), request);
}

Status Rows::closed(RequestState state, const QByteArray &decision)
{
    AMANA_CHECK(run("UPDATE request SET state = ?, decider = ?, decision = ?, time = ? WHERE id = ?",
                    {static_cast<int>(state), address(1), blob(decision), time(), number(0)}));
    return requestHistory(m_event.address(1));
}

Status Rows::accessCancelled()
{
    AMANA_CHECK(run("UPDATE request SET state = ?, time = ? WHERE id = ?",
                    {static_cast<int>(RequestState::Cancelled), time(), number(0)}));
    AMANA_TRY(const QVariant who, ofRequest("requester", m_event.number(0)));
    const QByteArray bytes = who.toByteArray();
    Address requester{};
    std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), 20), requester.begin());
    return requestHistory(requester);
}

Status Rows::glassBroken()
{
    AMANA_CHECK(run("INSERT INTO emergency VALUES (?,?,?,?,x'',0,x'',?)",
                    {number(0), address(1), number(2), bytes(3), time()}));
    return history(m_event.address(1), m_event.number(0));
}

Status Rows::emergencyReviewed()
{
    // One review ends one emergency: the oldest that waits.
    AMANA_CHECK(run("UPDATE emergency SET auditor = ?, justified = ?, note = ? WHERE rowid = (SELECT MIN(rowid)"
                    " FROM emergency WHERE dataset = ? AND who = ? AND auditor = x'')",
                    {address(2), m_event.flag(3), bytes(4), number(0), address(1)}));
    return history(m_event.address(2), m_event.number(0));
}

Status Rows::listed()
{
    AMANA_CHECK(run("INSERT OR REPLACE INTO listing VALUES (?,?,?)", {number(0), number(1), address(2)}));
    return history({}, m_event.number(0));
}

Status Rows::paid()
{
    AMANA_CHECK(run("INSERT OR REPLACE INTO purchase (request, buyer, terms, currency, amount, state, time)"
                    " VALUES (?,?,?,?,?,?,?)",
                    {number(0), address(1), number(2), number(3), amount(4), static_cast<int>(PurchaseState::Paid),
                     time()}));
    return requestHistory(m_event.address(1));
}

Status Rows::purchaseDisputed()
{
    AMANA_CHECK(run("UPDATE purchase SET reason = ? WHERE request = ?", {bytes(1), number(0)}));
    return purchase(PurchaseState::Disputed);
}

Status Rows::purchase(PurchaseState state)
{
    AMANA_CHECK(run("UPDATE purchase SET state = ?, time = ? WHERE request = ?",
                    {static_cast<int>(state), time(), number(0)}));
    return requestHistory({});
}

} // namespace

Status applyEvent(Database &database, const Log &log, const DecodedEvent &event, std::uint64_t time)
{
    return Rows(database, log, event, time).write();
}

} // namespace amana::chain
