// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/outbox.h"

#include "core/chain/database.h"
#include "core/chain/fault.h"
#include "core/chain/journal.h"
#include "core/chain/transaction.h"

#include <QDateTime>
#include <QThread>

#include <algorithm>
#include <array>

namespace amana::chain {

namespace {

constexpr int kSchema = 1;
constexpr std::chrono::seconds kMinePatience(60);
constexpr int kSignAttempts = 3;

constexpr std::array<std::string_view, 5> kStates{"ready", "sent", "mined", "final", "failed"};

constexpr const char *kTables[] = {
    // `spent`: the nonce is used up (mined, or by another transaction); a refused one that never was is free
    // again.
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, network TEXT NOT NULL, account BLOB NOT NULL, nonce INTEGER "
    "NOT NULL,"
    " label TEXT NOT NULL, dedupe TEXT, target BLOB NOT NULL, data BLOB NOT NULL, raw BLOB NOT NULL,"
    " hash BLOB NOT NULL UNIQUE, state INTEGER NOT NULL, spent INTEGER NOT NULL DEFAULT 0,"
    " block INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL, error TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX entry_account ON entry (network, account, nonce)",
    // A call with this key is done once; only a failed one may be done again.
    "CREATE UNIQUE INDEX entry_dedupe ON entry (network, dedupe) WHERE dedupe IS NOT NULL AND state <> 4",
    "PRAGMA user_version = 1"};

constexpr char kColumns[] =
    "id, label, dedupe, account, nonce, hash, state, block, created, error, raw, target, data";

struct Row {
    OutboxEntry entry;
    QByteArray raw;
    Call call;
};

template <class Array>
Array arrayOf(const QByteArray &bytes)
{
    Array array{};
    std::copy_n(bytes.begin(), std::min<std::size_t>(array.size(), static_cast<std::size_t>(bytes.size())),
                array.begin());
    return array;
}

Row readRow(const QSqlQuery &query)
{
    Row row;
    OutboxEntry &entry = row.entry;
    entry.id = query.value(0).toLongLong();
    entry.label = query.value(1).toString().toStdString();
    entry.dedupeKey = query.value(2).toString().toStdString();
    entry.account = arrayOf<Address>(column(query, 3));
    entry.nonce = query.value(4).toULongLong();
    entry.txHash = arrayOf<Digest>(column(query, 5));
    entry.state = static_cast<OutboxState>(query.value(6).toInt());
    entry.block = query.value(7).toULongLong();
    entry.created = query.value(8).toLongLong();
    entry.error = query.value(9).toString().toStdString();
    row.raw = column(query, 10);
    row.call = {arrayOf<Address>(column(query, 11)), column(query, 12), entry.label, entry.dedupeKey};
    return row;
}

Result<std::vector<Row>> readRows(Database &database, const std::string &rest, const QVariantList &values)
{
    const std::string sql = std::string("SELECT ") + kColumns + " FROM entry " + rest;
    AMANA_TRY(QSqlQuery query, database.run(sql.c_str(), values));
    std::vector<Row> rows;
    while (query.next())
        rows.push_back(readRow(query));
    return rows;
}

/// Two chains with one number are two networks: the hash of block 0 tells them apart.
QString networkKey(const Chain &chain)
{
    return QStringLiteral("%1:%2")
        .arg(chain.profile().chainId)
        .arg(QString::fromStdString(toHex(chain.profile().genesisHash)));
}

QByteArray blob(ByteView bytes)
{
    return toByteArray(bytes);
}

bool isFinished(OutboxState state)
{
    return state == OutboxState::Final || state == OutboxState::Failed;
}

} // namespace

std::string_view outboxStateName(OutboxState state)
{
    return kStates[static_cast<std::size_t>(state)];
}

struct Outbox::Private {
    QString file;
    std::mutex mutex; // reservation and signing of one process; the database guards against others

    Result<Database> database() const { return Database::open(file); }

    Result<std::optional<Row>> byKey(const Chain &chain, const std::string &key) const
    {
        AMANA_TRY(Database db, database());
        AMANA_TRY(auto rows, readRows(db, "WHERE network = ? AND dedupe = ? AND state <> 4",
                                      {networkKey(chain), QString::fromStdString(key)}));
        return rows.empty() ? std::optional<Row>() : std::optional(std::move(rows.front()));
    }

    Status mark(const Row &row, OutboxState state, bool spent, std::uint64_t block,
                const std::string &error = {}) const
    {
        AMANA_TRY(Database db, database());
        // Only onwards: another thread or process may have carried the same row further meanwhile.
        const int before = std::min(static_cast<int>(state), static_cast<int>(OutboxState::Final));
        AMANA_CHECK(
            db.run("UPDATE entry SET state = ?, spent = ?, block = ?, error = ? WHERE id = ? AND state < ?",
                   {static_cast<int>(state), spent, QVariant::fromValue<qulonglong>(block),
                    QString::fromStdString(error), QVariant::fromValue<qlonglong>(row.entry.id), before}));
        return {};
    }

    Result<Row> store(const Chain &chain, const crypto::SigningKey &key, const Call &call,
                      Transaction transaction);
    Status sendEarlier(const Chain &chain, const Row &row) const;
    Status hand(const Chain &chain, const Row &row) const;
    Result<Receipt> carry(Chain &chain, const Row &row) const;
    Result<Receipt> finish(Chain &chain, const Row &row, const Receipt &receipt) const;
    Result<Receipt> waitFinal(Chain &chain, const Row &row, Receipt receipt) const;
    static Error refusal(const Chain &chain, const Row &row, const Receipt &receipt);
};

Outbox::Outbox(std::unique_ptr<Private> data) : d(std::move(data)) {}
Outbox::~Outbox() = default;

Result<std::unique_ptr<Outbox>> Outbox::open(const QString &profileFolder)
{
    auto d = std::make_unique<Private>();
    d->file = profileFolder + QStringLiteral("/outbox.sqlite");
    AMANA_TRY(Database database, d->database());
    const auto prepare = [&database, &d]() -> Status {
        AMANA_TRY(const int version, database.version());
        if (version > kSchema)
            return fail(ErrorCode::StoreTooNew, {{"path", d->file.toStdString()}});
        if (version == 0)
            for (const char *sql : kTables)
                AMANA_CHECK(database.run(sql));
        return {};
    };
    AMANA_CHECK(database.transaction(prepare));
    return std::unique_ptr<Outbox>(new Outbox(std::move(d)));
}

/// Reserves the nonce, signs, and puts the signed bytes on disk, in one transaction of the database.
Result<Row> Outbox::Private::store(const Chain &chain, const crypto::SigningKey &key, const Call &call,
                                   Transaction transaction)
{
    AMANA_TRY(const std::uint64_t nodeNonce, chain.nextNonce(key.address()));
    AMANA_TRY(Database db, database());
    const QString network = networkKey(chain);
    Row row;
    const auto reserve = [&]() -> Status {
        AMANA_TRY(QSqlQuery query, db.run("SELECT MAX(nonce) FROM entry WHERE network = ? AND account = ?"
                                          " AND (state <> 4 OR spent = 1)",
                                          {network, blob(key.address())}));
        const bool any = query.next() && !query.value(0).isNull();
        const std::uint64_t own = any ? query.value(0).toULongLong() + 1 : 0;
        query.finish();
        transaction.nonce = std::max(nodeNonce, own);
        const SignedTransaction signed_ = signTransaction(transaction, key);
        const QVariant dedupe = call.dedupeKey.empty() ? QVariant() : QString::fromStdString(call.dedupeKey);
        AMANA_CHECK(db.run(
            "INSERT INTO entry (network, account, nonce, label, dedupe, target, data, raw, hash, state,"
            " created) VALUES (?,?,?,?,?,?,?,?,?,0,?)",
            {network, blob(key.address()), QVariant::fromValue<qulonglong>(transaction.nonce),
             QString::fromStdString(call.label), dedupe, blob(call.to), call.data, signed_.raw,
             blob(signed_.hash), QDateTime::currentSecsSinceEpoch()}));
        AMANA_TRY(auto rows, readRows(db, "WHERE hash = ?", {blob(signed_.hash)}));
        row = std::move(rows.front());
        return {};
    };
    AMANA_CHECK(db.transaction(reserve));
    faultPoint("outbox.stored");
    return row;
}

/// What waits with a lower nonce goes first, whoever stored it: a gap would hold this one for ever.
Status Outbox::Private::sendEarlier(const Chain &chain, const Row &row) const
{
    AMANA_TRY(Database db, database());
    AMANA_TRY(const auto rows, readRows(db,
                                        "WHERE network = ? AND account = ? AND nonce < ? AND state IN (0, 1)"
                                        " ORDER BY nonce",
                                        {networkKey(chain), blob(row.entry.account),
                                         QVariant::fromValue<qulonglong>(row.entry.nonce)}));
    for (const Row &earlier : rows)
        if (const Status handed = hand(chain, earlier);
            !handed && handed.error().code != ErrorCode::ChainNonce)
            return handed;
    return {};
}

/// To the node; sending the same bytes again does no harm.
Status Outbox::Private::hand(const Chain &chain, const Row &row) const
{
    const Status sent = chain.sendRaw(row.raw, row.entry.txHash);
    if (!sent)
        return sent;
    faultPoint("outbox.sent");
    if (row.entry.state == OutboxState::Ready)
        AMANA_CHECK(mark(row, OutboxState::Sent, false, 0));
    return {};
}

/// From wherever the row is to its end.
Result<Receipt> Outbox::Private::carry(Chain &chain, const Row &row) const
{
    AMANA_TRY(auto receipt, chain.receipt(row.entry.txHash));
    if (!receipt) {
        AMANA_CHECK(sendEarlier(chain, row));
        const Status sent = hand(chain, row);
        const bool lost = !sent
                          && (sent.error().code == ErrorCode::ChainUnreachable
                              || sent.error().code == ErrorCode::ChainTimeout
                              || sent.error().code == ErrorCode::ChainBadReply
                              || sent.error().code == ErrorCode::StoreLocked);
        if (lost)
            return fail(sent.error());
        if (sent) {
            AMANA_TRY(receipt, awaitReceipt(chain.rpc(), row.entry.txHash, kMinePatience));
            if (!receipt)
                return fail(ErrorCode::ChainTimeout, {{"label", row.entry.label}});
        } else {
            // Refused: perhaps because it was mined before by a sender that could not write that down.
            AMANA_TRY(receipt, chain.receipt(row.entry.txHash));
            if (!receipt) {
                const bool spent = sent.error().code == ErrorCode::ChainNonce;
                AMANA_CHECK(
                    mark(row, OutboxState::Failed, spent, 0, std::string(errorId(sent.error().code))));
                return fail(sent.error());
            }
        }
    }
    faultPoint("outbox.mined");
    return finish(chain, row, *receipt);
}

Result<Receipt> Outbox::Private::finish(Chain &chain, const Row &row, const Receipt &receipt) const
{
    if (row.entry.state == OutboxState::Ready || row.entry.state == OutboxState::Sent)
        AMANA_CHECK(mark(row, OutboxState::Mined, true, receipt.block));
    AMANA_TRY(const Receipt last, waitFinal(chain, row, receipt));
    if (!last.succeeded) {
        const Error error = refusal(chain, row, last);
        AMANA_CHECK(mark(row, OutboxState::Failed, true, last.block, std::string(errorId(error.code))));
        return fail(error);
    }
    AMANA_CHECK(mark(row, OutboxState::Final, true, last.block));
    return last;
}

/// Until enough blocks are on top; a reorganisation in between is noticed, and the transaction sent again.
Result<Receipt> Outbox::Private::waitFinal(Chain &chain, const Row &row, Receipt receipt) const
{
    const auto end = std::chrono::steady_clock::now() + kMinePatience;
    for (unsigned long pause = 50; chain.profile().finalityDepth > 0; pause = std::min(pause * 2, 2000ul)) {
        AMANA_TRY(const Block head, chain.head());
        AMANA_TRY(const auto now, chain.receipt(row.entry.txHash));
        if (!now)
            AMANA_CHECK(chain.sendRaw(row.raw, row.entry.txHash));
        else
            receipt = *now;
        if (now && head.number >= now->block + chain.profile().finalityDepth)
            break;
        if (std::chrono::steady_clock::now() >= end)
            return fail(ErrorCode::ChainTimeout, {{"label", row.entry.label}});
        QThread::msleep(pause);
    }
    return receipt;
}

/// A receipt does not say why. The same call on top of the block before does; or on top of its own block,
/// when what stands in the way came in that block.
Error Outbox::Private::refusal(const Chain &chain, const Row &row, const Receipt &receipt)
{
    for (const std::uint64_t at : {receipt.block - 1, receipt.block}) {
        const auto replayed = chain.view(row.call, row.entry.account, at);
        if (!replayed && errorId(replayed.error().code).starts_with("contract."))
            return replayed.error();
    }
    return Error(ErrorCode::ChainReverted, {{"label", row.entry.label}});
}

Result<Receipt> Outbox::send(Chain &chain, const crypto::SigningKey &key, const Call &call)
{
    for (int attempt = 1;; ++attempt) {
        std::unique_lock lock(d->mutex);
        if (!call.dedupeKey.empty()) {
            AMANA_TRY(const auto earlier, d->byKey(chain, call.dedupeKey));
            if (earlier) {
                lock.unlock();
                return d->carry(chain, *earlier);
            }
        }
        AMANA_CHECK(chain.view(call, key.address()));
        AMANA_TRY(const std::uint64_t gas, chain.estimateGas(call, key.address()));
        AMANA_TRY(const Fees fees, chain.suggestFees());
        Transaction transaction;
        transaction.chainId = chain.profile().chainId;
        transaction.maxPriorityFeePerGas = fees.maxPriorityFeePerGas;
        transaction.maxFeePerGas = fees.maxFeePerGas;
        transaction.gasLimit = gas + gas / 5;
        transaction.to = call.to;
        transaction.data = call.data;
        const auto row = d->store(chain, key, call, std::move(transaction));
        lock.unlock();
        if (!row && !call.dedupeKey.empty()) { // another process was faster with the same key
            AMANA_TRY(const auto earlier, d->byKey(chain, call.dedupeKey));
            if (earlier)
                return d->carry(chain, *earlier);
        }
        if (!row)
            return fail(row.error());
        auto receipt = d->carry(chain, *row);
        // The nonce went to a transaction of the same account that another machine made: this one can never
        // be mined any more, so it may be signed anew.
        if (receipt || receipt.error().code != ErrorCode::ChainNonce || attempt == kSignAttempts)
            return receipt;
    }
}

Result<int> Outbox::resume(Chain &chain)
{
    std::vector<Row> rows;
    {
        AMANA_TRY(Database db, d->database());
        AMANA_TRY(rows, readRows(db, "WHERE network = ? AND state IN (0, 1, 2) ORDER BY account, nonce",
                                 {networkKey(chain)}));
    }
    int count = 0;
    for (const Row &row : rows) {
        const auto receipt = d->carry(chain, row);
        const auto open = [&]() -> Result<bool> { // a refusal is an end too
            AMANA_TRY(Database db, d->database());
            AMANA_TRY(const auto now,
                      readRows(db, "WHERE id = ?", {QVariant::fromValue<qlonglong>(row.entry.id)}));
            return now.empty() || !isFinished(now.front().entry.state);
        }();
        if (!receipt && (!open || *open))
            return fail(receipt.error());
        ++count;
    }
    return count;
}

Result<std::optional<Receipt>> Outbox::receiptOf(Chain &chain, const std::string &dedupeKey)
{
    AMANA_TRY(const auto row, d->byKey(chain, dedupeKey));
    if (!row)
        return std::optional<Receipt>();
    AMANA_TRY(auto receipt, chain.receipt(row->entry.txHash));
    if (receipt && !receipt->succeeded)
        receipt.reset();
    return receipt;
}

Result<std::vector<OutboxEntry>> Outbox::entries(int limit) const
{
    AMANA_TRY(Database db, d->database());
    AMANA_TRY(auto rows, readRows(db, "ORDER BY id DESC LIMIT ?", {limit}));
    std::vector<OutboxEntry> list;
    for (Row &row : rows)
        list.push_back(std::move(row.entry));
    return list;
}

} // namespace amana::chain
