// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/event_index.h"

#include "core/chain/catalogue_search.h"
#include "core/chain/event_sync.h"
#include "core/chain/event_tables.h"
#include "core/chain/index_rows.h"
#include "core/chain/purpose.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace amana::chain {

namespace {

QVariant blob(const Address &address)
{
    return toByteArray(address);
}

constexpr char kSelectRequest[] = "SELECT request.*, (SELECT MAX(e.block) FROM event e WHERE e.dataset ="
                                  " request.dataset AND e.request = request.id) AS newest, (SELECT d.generation FROM dataset d"
                                  " WHERE d.id = request.dataset) AS current FROM request";

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

Result<CataloguePage> EventIndex::search(const CatalogueQuery &query) const
{
    AMANA_TRY(Database db, d->database());
    return searchCatalogue(db, query);
}

Result<std::vector<WantedCard>> EventIndex::wantedCards(std::uint64_t before, int limit) const
{
    AMANA_TRY(Database db, d->database());
    return chain::wantedCards(db, before, limit);
}

Status EventIndex::rememberCards(const std::vector<std::pair<Digest, CardText>> &cards)
{
    if (cards.empty())
        return {};
    AMANA_TRY(Database db, d->database());
    return db.transaction([&]() -> Status {
        for (const auto &[digest, text] : cards)
            AMANA_CHECK(rememberCard(db, digest, text));
        return {};
    });
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
    AMANA_TRY(QSqlQuery rows, db.run("SELECT m.*, k.type AS type, k.key AS key, k.revoked AS revoked FROM member m LEFT"
                                     " JOIN memberkey k ON k.who = m.who AND k.version = m.keyversion"
                                     " ORDER BY m.institution, m.who"));
    std::vector<IndexedMember> list;
    while (rows.next())
        list.push_back(readMember(rows));
    return list;
}

Result<std::vector<IndexedInstitution>> EventIndex::institutions() const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows, db.run("SELECT id, admin, active FROM institution ORDER BY id"));
    std::vector<IndexedInstitution> list;
    while (rows.next())
        list.push_back({rows.value(0).toUInt(), arrayOf<Address>(column(rows, 1)), rows.value(2).toBool()});
    return list;
}

Result<std::vector<std::uint32_t>> EventIndex::withdrawnSubjects(std::uint64_t dataset) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows,
              db.run("SELECT place FROM withdrawn WHERE dataset = ? ORDER BY place", {sqlNumber(dataset)}));
    std::vector<std::uint32_t> places;
    while (rows.next())
        places.push_back(rows.value(0).toUInt());
    return places;
}

Result<std::optional<IndexedBatch>> EventIndex::batch(std::uint64_t id) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows, db.run("SELECT * FROM batch WHERE id = ?", {sqlNumber(id)}));
    return rows.next() ? std::optional(readBatch(rows)) : std::nullopt;
}

Result<std::vector<IndexedEmergency>> EventIndex::emergencies(std::optional<std::uint64_t> dataset) const
{
    AMANA_TRY(Database db, d->database());
    Filter filter;
    if (dataset)
        filter.add("dataset = ?", sqlNumber(*dataset));
    AMANA_TRY(QSqlQuery rows, db.run(("SELECT * FROM emergency" + filter.sql + " ORDER BY time DESC, rowid DESC").c_str(),
                                     filter.values));
    std::vector<IndexedEmergency> list;
    while (rows.next())
        list.push_back(readEmergency(rows));
    return list;
}

Result<std::optional<IndexedPurchase>> EventIndex::purchase(std::uint64_t request) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows, db.run("SELECT * FROM purchase WHERE request = ?", {sqlNumber(request)}));
    if (!rows.next())
        return std::optional<IndexedPurchase>();
    AMANA_TRY(IndexedPurchase purchase, readPurchase(rows));
    return std::optional(std::move(purchase));
}

Result<std::vector<IndexedPurchase>> EventIndex::purchases() const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows, db.run("SELECT * FROM purchase ORDER BY request"));
    std::vector<IndexedPurchase> list;
    while (rows.next()) {
        AMANA_TRY(IndexedPurchase item, readPurchase(rows));
        list.push_back(std::move(item));
    }
    return list;
}

Result<Digest> EventIndex::ownersCapsuleOf(std::uint64_t dataset, const Address &custodian) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows, db.run("SELECT capsuledigest FROM custodian WHERE dataset = ? AND who = ?",
                                     {sqlNumber(dataset), blob(custodian)}));
    return rows.next() ? arrayOf<Digest>(column(rows, 0)) : Digest{};
}

Result<std::vector<IndexedOffer>> EventIndex::custodyOffers(std::uint64_t dataset) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(QSqlQuery rows, db.run("SELECT giver, taker FROM custodyoffer WHERE dataset = ?", {sqlNumber(dataset)}));
    std::vector<IndexedOffer> list;
    while (rows.next())
        if (const auto taker = arrayOf<Address>(column(rows, 1)); taker != Address{}) // zero: taken back
            list.push_back({dataset, arrayOf<Address>(column(rows, 0)), taker});
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
