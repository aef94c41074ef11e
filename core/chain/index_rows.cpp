// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/index_rows.h"

#include "core/crypto/hash.h"

namespace amana::chain {

namespace {

/// What the contract's stateOf would say at `now`: an open or approved request past its end is expired, and a grant of
/// before the last revokeAll is revoked.
RequestState stateAt(RequestState state, const AccessRequest &request, std::uint16_t current, std::uint64_t now)
{
    const bool open = state == RequestState::Requested || state == RequestState::Returned
                      || state == RequestState::Approved;
    if (open && now >= request.until)
        return RequestState::Expired;
    return state == RequestState::Approved && request.generation != current ? RequestState::Revoked : state;
}

} // namespace

Result<IndexedDataset> readDataset(Database &db, const QSqlQuery &q, std::uint64_t final)
{
    IndexedDataset item;
    Dataset &d = item.dataset;
    d.id = q.value(QLatin1String("id")).toULongLong();
    d.owner = arrayOf<Address>(column(q, "owner"));
    d.institution = q.value(QLatin1String("institution")).toUInt();
    d.previous = q.value(QLatin1String("previous")).toULongLong();
    d.kind = static_cast<DatasetKind>(q.value(QLatin1String("kind")).toInt());
    d.codec = static_cast<std::uint8_t>(q.value(QLatin1String("codec")).toUInt());
    d.threshold = static_cast<std::uint8_t>(q.value(QLatin1String("threshold")).toUInt());
    d.status = static_cast<DatasetStatus>(q.value(QLatin1String("status")).toInt());
    d.currency = static_cast<Currency>(q.value(QLatin1String("currency")).toInt());
    d.breakGlass = q.value(QLatin1String("breakglass")).toBool();
    d.duoMask = static_cast<std::uint64_t>(q.value(QLatin1String("mask")).toLongLong());
    AMANA_TRY(d.price, Uint256::fromDecimal(q.value(QLatin1String("price")).toString().toStdString()));
    d.withdrawals = q.value(QLatin1String("withdrawals")).toUInt();
    d.generation = static_cast<std::uint16_t>(q.value(QLatin1String("generation")).toUInt());
    d.cidDigest = arrayOf<Digest>(column(q, "cid"));
    d.cardDigest = arrayOf<Digest>(column(q, "card"));
    d.reportHash = arrayOf<Digest>(column(q, "report"));
    d.subjectsRoot = arrayOf<Digest>(column(q, "subjects"));
    d.commitment = commitmentOf(d);
    item.block = q.value(QLatin1String("block")).toULongLong();
    item.time = q.value(QLatin1String("time")).toULongLong();
    item.txHash = arrayOf<Digest>(column(q, "tx"));
    item.pending = item.block > final;
    AMANA_TRY(QSqlQuery who,
              db.run("SELECT who FROM custodian WHERE dataset = ? ORDER BY place", {sqlNumber(d.id)}));
    while (who.next())
        item.custodians.push_back(arrayOf<Address>(column(who, 0)));
    return item;
}

IndexedRequest readRequest(const QSqlQuery &q, std::uint64_t now, std::uint64_t final)
{
    IndexedRequest item;
    AccessRequest &r = item.request;
    r.id = q.value(QLatin1String("id")).toULongLong();
    r.dataset = q.value(QLatin1String("dataset")).toULongLong();
    r.requester = arrayOf<Address>(column(q, "requester"));
    r.purpose = static_cast<std::uint8_t>(q.value(QLatin1String("purpose")).toUInt());
    r.until = q.value(QLatin1String("until")).toULongLong();
    r.revision = q.value(QLatin1String("revision")).toUInt();
    r.generation = static_cast<std::uint16_t>(q.value(QLatin1String("generation")).toUInt());
    r.votes = static_cast<std::uint8_t>(q.value(QLatin1String("votes")).toUInt());
    r.state = stateAt(static_cast<RequestState>(q.value(QLatin1String("state")).toInt()), r,
                      static_cast<std::uint16_t>(q.value(QLatin1String("current")).toUInt()), now);
    item.conditions = static_cast<std::uint64_t>(q.value(QLatin1String("conditions")).toLongLong());
    item.keyVersion = static_cast<std::uint16_t>(q.value(QLatin1String("keyversion")).toUInt());
    item.created = q.value(QLatin1String("created")).toULongLong();
    item.messageDigest = arrayOf<Digest>(column(q, "message"));
    item.decisionDigest = arrayOf<Digest>(column(q, "decision"));
    item.capsule = column(q, "capsule");
    item.capsuleDigest = arrayOf<Digest>(column(q, "capsuledigest"));
    if (!item.capsule.isEmpty()) // the event carries a digest only where it carries no capsule
        item.capsuleDigest = crypto::sha256(bytesOf(item.capsule));
    item.decidedBy = arrayOf<Address>(column(q, "decider"));
    item.time = q.value(QLatin1String("time")).toULongLong();
    item.pending = q.value(QLatin1String("newest")).toULongLong() > final;
    return item;
}

IndexedMember readMember(const QSqlQuery &q)
{
    IndexedMember item;
    item.who = arrayOf<Address>(column(q, "who"));
    item.member = {q.value(QLatin1String("institution")).toUInt(),
                   q.value(QLatin1String("roles")).toUInt(),
                   q.value(QLatin1String("validfrom")).toULongLong(),
                   q.value(QLatin1String("until")).toULongLong(),
                   static_cast<std::uint16_t>(q.value(QLatin1String("keyversion")).toUInt()),
                   q.value(QLatin1String("revoked")).toBool(),
                   q.value(QLatin1String("suspended")).toBool()};
    if (q.value(QLatin1String("type")).toInt() == kKeyX25519)
        item.key = arrayOf<Digest>(column(q, "key"));
    return item;
}

IndexedBatch readBatch(const QSqlQuery &q)
{
    return {q.value(QLatin1String("id")).toULongLong(), arrayOf<Address>(column(q, "who")),
            {arrayOf<Digest>(column(q, "root")), q.value(QLatin1String("leaves")).toULongLong(),
             arrayOf<Digest>(column(q, "manifest"))},
            q.value(QLatin1String("time")).toULongLong(), arrayOf<Digest>(column(q, "tx"))};
}

IndexedEmergency readEmergency(const QSqlQuery &q)
{
    return {q.value(QLatin1String("dataset")).toULongLong(),         arrayOf<Address>(column(q, "who")),
            q.value(QLatin1String("until")).toULongLong(),           arrayOf<Digest>(column(q, "reason")),
            arrayOf<Address>(column(q, "auditor")),   q.value(QLatin1String("justified")).toBool(),
            arrayOf<Digest>(column(q, "note")),       q.value(QLatin1String("time")).toULongLong()};
}

Result<IndexedPurchase> readPurchase(const QSqlQuery &q)
{
    IndexedPurchase item;
    item.request = q.value(QLatin1String("request")).toULongLong();
    item.purchase.buyer = arrayOf<Address>(column(q, "buyer"));
    AMANA_TRY(item.purchase.amount, Uint256::fromDecimal(q.value(QLatin1String("amount")).toString().toStdString()));
    item.purchase.terms = q.value(QLatin1String("terms")).toULongLong();
    item.purchase.since = q.value(QLatin1String("time")).toULongLong();
    item.purchase.state = static_cast<PurchaseState>(q.value(QLatin1String("state")).toInt());
    item.purchase.currency = static_cast<Currency>(q.value(QLatin1String("currency")).toInt());
    item.reasonDigest = arrayOf<Digest>(column(q, "reason"));
    return item;
}

} // namespace amana::chain
