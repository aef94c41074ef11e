// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_index.h"

#include "core/chain/event_sync.h"
#include "core/chain/event_tables.h"
#include "core/chain/purpose.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace amana::chain {

namespace {

template <class Array>
Array arrayOf(const QByteArray &bytes)
{
    Array array{};
    std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), static_cast<qsizetype>(array.size())),
                array.begin());
    return array;
}

QVariant blob(const Address &address)
{
    return toByteArray(address);
}

Result<IndexedDataset> readDataset(Database &db, const QSqlQuery &q, std::uint64_t final)
{
    IndexedDataset item;
    Dataset &d = item.dataset;
    d.id = q.value(0).toULongLong();
    d.owner = arrayOf<Address>(column(q, 1));
    d.institution = q.value(2).toUInt();
    d.kind = static_cast<DatasetKind>(q.value(3).toInt());
    d.codec = static_cast<std::uint8_t>(q.value(4).toUInt());
    d.threshold = static_cast<std::uint8_t>(q.value(5).toUInt());
    d.status = static_cast<DatasetStatus>(q.value(6).toInt());
    d.version = 1; // a dataset has one version until versions are events of their own
    d.duoMask = static_cast<std::uint64_t>(q.value(7).toLongLong());
    AMANA_TRY(d.price, Uint256::fromDecimal(q.value(8).toString().toStdString()));
    d.cidDigest = arrayOf<Digest>(column(q, 9));
    d.cardDigest = arrayOf<Digest>(column(q, 10));
    d.reportHash = arrayOf<Digest>(column(q, 11));
    d.subjectsRoot = arrayOf<Digest>(column(q, 12));
    item.block = q.value(13).toULongLong();
    item.time = q.value(14).toULongLong();
    item.txHash = arrayOf<Digest>(column(q, 15));
    item.pending = item.block > final;
    AMANA_TRY(QSqlQuery who,
              db.run("SELECT who FROM custodian WHERE dataset = ? ORDER BY place", {sqlNumber(d.id)}));
    while (who.next())
        item.custodians.push_back(arrayOf<Address>(column(who, 0)));
    return item;
}

/// What the contract's stateOf would say at `now`: an open or approved request past its end is expired.
RequestState stateAt(RequestState state, std::uint64_t until, std::uint64_t now)
{
    const bool open = state == RequestState::Requested || state == RequestState::Returned
                      || state == RequestState::Approved;
    return open && now >= until ? RequestState::Expired : state;
}

IndexedRequest readRequest(const QSqlQuery &q, std::uint64_t now, std::uint64_t final)
{
    IndexedRequest item;
    AccessRequest &r = item.request;
    r.id = q.value(0).toULongLong();
    r.dataset = q.value(1).toULongLong();
    r.requester = arrayOf<Address>(column(q, 2));
    r.purpose = static_cast<std::uint8_t>(q.value(3).toUInt());
    r.until = q.value(4).toULongLong();
    r.revision = q.value(5).toUInt();
    r.keyVersion = static_cast<std::uint16_t>(q.value(6).toUInt());
    item.messageDigest = arrayOf<Digest>(column(q, 7));
    r.state = stateAt(static_cast<RequestState>(q.value(8).toInt()), r.until, now);
    r.votes = static_cast<std::uint8_t>(q.value(9).toUInt());
    r.created = q.value(10).toULongLong();
    item.decisionDigest = arrayOf<Digest>(column(q, 11));
    item.capsule = column(q, 12);
    item.capsuleDigest = arrayOf<Digest>(column(q, 13));
    item.decidedBy = arrayOf<Address>(column(q, 14));
    item.time = q.value(15).toULongLong();
    item.pending = q.value(QStringLiteral("newest")).toULongLong() > final;
    return item;
}

constexpr char kSelectRequest[] = "SELECT request.*, (SELECT MAX(e.block) FROM event e WHERE e.dataset ="
                                  " request.dataset AND e.request = request.id) AS newest FROM request";

/// WHERE clause put together from literals; values are always bound.
struct Filter {
    std::string sql;
    QVariantList values;

    void add(const char *condition, const QVariant &value)
    {
        sql += sql.empty() ? " WHERE " : " AND ";
        sql += condition;
        if (value.isValid())
            values << value;
    }
};

} // namespace

struct EventIndex::Private {
    QString file;

    Result<Database> database() const { return Database::open(file); }
    Result<std::uint64_t> timeOr(Database &db, std::uint64_t now) const;
};

EventIndex::EventIndex(std::unique_ptr<Private> data) : d(std::move(data)) {}
EventIndex::~EventIndex() = default;

Result<std::unique_ptr<EventIndex>> EventIndex::open(const QString &file)
{
    auto d = std::make_unique<Private>();
    d->file = file;
    const auto prepare = [&d]() -> Status {
        AMANA_TRY(Database db, d->database());
        AMANA_TRY(const int version, db.version());
        if (version == kIndexSchema) {
            AMANA_CHECK(newestRead(db));
            return {};
        }
        return db.transaction([&db] { return makeEventTables(db); });
    };
    if (!prepare()) {
        // Everything in it is on the chain: a damaged one is thrown away.
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(file + QLatin1String(suffix));
        AMANA_CHECK(prepare());
    }
    return std::unique_ptr<EventIndex>(new EventIndex(std::move(d)));
}

Status EventIndex::sync(const Chain &chain, const Progress &progress)
{
    AMANA_TRY(Database db, d->database());
    return EventSync(db, chain).run(progress);
}

Result<std::uint64_t> EventIndex::Private::timeOr(Database &db, std::uint64_t now) const
{
    if (now != 0)
        return now;
    AMANA_TRY(const auto newest, newestRead(db));
    return newest ? newest->time : 0;
}

Result<std::vector<IndexedDataset>> EventIndex::datasets(const DatasetQuery &query) const
{
    AMANA_TRY(Database db, d->database());
    Filter filter;
    if (query.owner)
        filter.add("owner = ?", blob(*query.owner));
    if (query.custodian)
        filter.add("id IN (SELECT dataset FROM custodian WHERE who = ?)", blob(*query.custodian));
    if (!query.includeWithdrawn)
        filter.add("status = 1", {});
    AMANA_TRY(QSqlQuery rows,
              db.run(("SELECT * FROM dataset" + filter.sql + " ORDER BY id").c_str(), filter.values));
    AMANA_TRY(const std::uint64_t final, newestFinal(db));
    std::vector<IndexedDataset> list;
    while (rows.next()) {
        AMANA_TRY(IndexedDataset item, readDataset(db, rows, final));
        if (!query.purpose || duoPermits(item.dataset.duoMask, *query.purpose))
            list.push_back(std::move(item));
    }
    return list;
}

Result<std::optional<IndexedDataset>> EventIndex::dataset(std::uint64_t id) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows, db.run("SELECT * FROM dataset WHERE id = ?", {sqlNumber(id)}));
    if (!rows.next())
        return std::optional<IndexedDataset>();
    AMANA_TRY(const std::uint64_t final, newestFinal(db));
    AMANA_TRY(IndexedDataset item, readDataset(db, rows, final));
    return std::optional(std::move(item));
}

Result<std::vector<IndexedRequest>> EventIndex::requests(const RequestQuery &query) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(const std::uint64_t now, d->timeOr(db, query.now));
    Filter filter;
    if (query.dataset)
        filter.add("dataset = ?", sqlNumber(*query.dataset));
    if (query.requester)
        filter.add("requester = ?", blob(*query.requester));
    if (query.custodian)
        filter.add("dataset IN (SELECT dataset FROM custodian WHERE who = ?)", blob(*query.custodian));
    AMANA_TRY(QSqlQuery rows,
              db.run((kSelectRequest + filter.sql + " ORDER BY id").c_str(), filter.values));
    AMANA_TRY(const std::uint64_t final, newestFinal(db));
    std::vector<IndexedRequest> list;
    while (rows.next())
        list.push_back(readRequest(rows, now, final));
    return list;
}

Result<std::optional<IndexedRequest>> EventIndex::request(std::uint64_t id) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(const std::uint64_t now, d->timeOr(db, 0));
    AMANA_TRY(const std::uint64_t final, newestFinal(db));
    const std::string sql = std::string(kSelectRequest) + " WHERE id = ?";
    AMANA_TRY(QSqlQuery rows, db.run(sql.c_str(), {sqlNumber(id)}));
    if (!rows.next())
        return std::optional<IndexedRequest>();
    return std::optional(readRequest(rows, now, final));
}

Result<std::vector<IndexedMember>> EventIndex::members() const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows,
              db.run("SELECT m.who, m.institution, m.roles, m.until, m.suspended, m.keyversion, k.key"
                     " FROM member m LEFT JOIN memberkey k ON k.who = m.who AND k.version = m.keyversion"
                     " ORDER BY m.institution, m.who"));
    std::vector<IndexedMember> list;
    while (rows.next()) {
        IndexedMember item;
        item.who = arrayOf<Address>(column(rows, 0));
        item.member = {rows.value(1).toUInt(), rows.value(2).toUInt(), rows.value(3).toULongLong(),
                       static_cast<std::uint16_t>(rows.value(5).toUInt()), rows.value(4).toBool()};
        item.key = arrayOf<Digest>(column(rows, 6));
        list.push_back(item);
    }
    return list;
}

Result<std::vector<HistoryRow>> EventIndex::history(const HistoryQuery &query) const
{
    AMANA_TRY(Database db, d->database());
    Filter filter;
    if (query.dataset)
        filter.add("dataset = ?", sqlNumber(*query.dataset));
    if (query.who)
        filter.add("who = ?", blob(*query.who));
    const std::string sql = "SELECT block, log, time, tx, kind, who, dataset, request FROM event" + filter.sql
                            + " ORDER BY block DESC, log DESC LIMIT ?";
    AMANA_TRY(const std::uint64_t final, newestFinal(db));
    AMANA_TRY(QSqlQuery rows, db.run(sql.c_str(), filter.values + QVariantList{query.limit}));
    std::vector<HistoryRow> list;
    while (rows.next())
        list.push_back({rows.value(0).toULongLong(), rows.value(1).toUInt(), rows.value(2).toULongLong(),
                        arrayOf<Digest>(column(rows, 3)), rows.value(4).toString().toStdString(),
                        arrayOf<Address>(column(rows, 5)), rows.value(6).toULongLong(),
                        rows.value(7).toULongLong(), rows.value(0).toULongLong() > final});
    return list;
}

} // namespace amana::chain
