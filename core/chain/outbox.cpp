// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/outbox.h"

#include "core/chain/fault.h"
#include "core/chain/outbox_carrier.h"

#include <algorithm>
#include <array>

namespace amana::chain {

namespace {

constexpr int kSignAttempts = 3;
constexpr std::uint64_t kTransferGas = 21000;
constexpr std::array<std::string_view, 10> kStates{"ready", "checked", "awaiting signature", "signed",
                                                   "sent",  "mined",   "dropped",            "final",
                                                   "rejected", "replaced"};

Transaction transactionOf(const Chain &chain, const OutboxRow &row, std::uint64_t nonce)
{
    Transaction transaction;
    transaction.type = row.fees.legacy ? TransactionType::Legacy : TransactionType::DynamicFee;
    transaction.chainId = chain.profile().chainId;
    transaction.nonce = nonce;
    transaction.maxPriorityFeePerGas = row.fees.maxPriorityFeePerGas;
    transaction.maxFeePerGas = row.fees.maxFeePerGas;
    transaction.gasLimit = row.gas;
    transaction.to = row.call.to;
    transaction.data = row.call.data;
    transaction.value = row.call.value;
    return transaction;
}

/// At least a tenth more, and more in any case: what nodes ask of a replacement. ChainBadReply when the
/// number is absurd.
Result<Uint256> raised(const Uint256 &fee, const Uint256 &suggested)
{
    const auto small = fee.toUint64();
    if (!small || *small > std::uint64_t(1) << 62)
        return fail(ErrorCode::ChainBadReply, {{"what", "fee"}});
    return std::max(Uint256(*small + *small / 10 + 1), suggested);
}

Status raiseFees(const Chain &chain, Transaction &transaction)
{
    AMANA_TRY(const Fees now, chain.suggestFees());
    AMANA_TRY(transaction.maxFeePerGas, raised(transaction.maxFeePerGas, now.maxFeePerGas));
    if (transaction.type == TransactionType::DynamicFee) {
        AMANA_TRY(transaction.maxPriorityFeePerGas,
                  raised(transaction.maxPriorityFeePerGas, now.maxPriorityFeePerGas));
    }
    return {};
}

/// Fails with the refusal of the contract, or ChainUnderfunded.
Status check(const Chain &chain, OutboxStore &store, const OutboxRow &row)
{
    const OutboxEntry &entry = row.entry;
    // The newest block of a quiet chain may be days old: what is too early for it is judged for the next block, by estimating.
    const auto answer = chain.view(row.call, entry.account);
    if (!answer && answer.error().code != ErrorCode::ContractTooEarly)
        return fail(answer.error());
    AMANA_CHECK(store.setUnsigned(entry.id, OutboxState::Checked));
    AMANA_TRY(const std::uint64_t estimate, chain.estimateGas(row.call, entry.account));
    AMANA_TRY(const Fees fees, chain.suggestFees());
    const std::uint64_t gas = estimate + estimate / 5;
    AMANA_TRY(const Uint256 balance, chain.balance(entry.account));
    if (balance < Uint256::product(gas, fees.maxFeePerGas.toUint64().value_or(0)))
        return fail(ErrorCode::ChainUnderfunded, {{"label", entry.label}});
    faultPoint("outbox.checked");
    return store.setCost(entry.id, gas, fees);
}

/// The node was not there, or this machine failed: that says nothing about the transaction.
bool isLost(ErrorCode code)
{
    return code == ErrorCode::ChainUnreachable || code == ErrorCode::ChainTimeout
           || code == ErrorCode::ChainBadReply || code == ErrorCode::ChainUntrusted
           || code == ErrorCode::ChainUnauthorized || code == ErrorCode::ChainWrongChain
           || errorId(code).starts_with("store.") || errorId(code).starts_with("file.");
}

} // namespace

std::string_view outboxStateName(OutboxState state)
{
    return kStates[static_cast<std::size_t>(state)];
}

Outbox::~Outbox() = default;

Result<std::unique_ptr<Outbox>> Outbox::open(const QString &profileFolder)
{
    const QString file = profileFolder + QStringLiteral("/outbox.sqlite");
    AMANA_CHECK(OutboxStore::prepare(file));
    return std::unique_ptr<Outbox>(new Outbox(file));
}

Result<std::int64_t> Outbox::prepare(Chain &chain, const Address &account, const Call &call)
{
    AMANA_TRY(OutboxStore store, OutboxStore::open(m_file));
    AMANA_TRY(const std::int64_t id, store.insert(outboxNetwork(chain), account, call));
    faultPoint("outbox.ready");
    AMANA_TRY(const auto row, store.find(id));
    if (!row)
        return fail(ErrorCode::ChainCancelled);
    if (row->entry.state >= OutboxState::Signed)
        return id;
    const Status checked = check(chain, store, *row);
    if (checked)
        return id;
    // Refused, perhaps because another process has just done this very action.
    AMANA_TRY(const auto now, store.find(id));
    if (now && now->entry.state >= OutboxState::Signed)
        return id;
    if (!isLost(checked.error().code))
        AMANA_CHECK(
            store.setUnsigned(id, OutboxState::Rejected, std::string(errorId(checked.error().code))));
    return fail(checked.error());
}

Result<Receipt> Outbox::signAndSend(Chain &chain, const crypto::SigningKey &key, std::int64_t id)
{
    AMANA_TRY(OutboxStore store, OutboxStore::open(m_file));
    AMANA_TRY(const auto row, store.find(id));
    if (!row)
        return fail(ErrorCode::ChainCancelled);
    if (row->entry.state < OutboxState::Signed) {
        if (row->entry.state != OutboxState::AwaitingSignature || row->entry.account != key.address())
            return fail(ErrorCode::InternalUnexpected, {{"what", "outbox"}});
        AMANA_TRY(const std::uint64_t nodeNonce, chain.nextNonce(key.address()));
        AMANA_CHECK(store.sign(*row, outboxNetwork(chain), nodeNonce, chain.profile().finalityDepth,
                               [&](std::uint64_t nonce) {
                                   return signTransaction(transactionOf(chain, *row, nonce), key);
                               }));
        faultPoint("outbox.stored");
    }
    return OutboxCarrier(chain, store).carry(id);
}

Result<Receipt> Outbox::send(Chain &chain, const crypto::SigningKey &key, const Call &call)
{
    for (int attempt = 1;; ++attempt) {
        AMANA_TRY(const std::int64_t id, prepare(chain, key.address(), call));
        auto receipt = signAndSend(chain, key, id);
        // The nonce went to a transaction of the same account that another machine made: this one can never
        // be mined any more, so it may be signed anew.
        if (receipt || receipt.error().code != ErrorCode::ChainNonce || attempt == kSignAttempts)
            return receipt;
    }
}

Result<int> Outbox::update(Chain &chain)
{
    AMANA_TRY(OutboxStore store, OutboxStore::open(m_file));
    AMANA_TRY(const auto rows, store.underWay(outboxNetwork(chain)));
    for (const OutboxRow &row : rows)
        if (const auto seen = OutboxCarrier(chain, store).step(row.entry.id); !seen && isLost(seen.error().code))
            return fail(seen.error());
    AMANA_TRY(const auto left, store.underWay(outboxNetwork(chain)));
    return static_cast<int>(left.size());
}

Status Outbox::replace(Chain &chain, const crypto::SigningKey &key, std::int64_t id, bool cancels)
{
    AMANA_TRY(OutboxStore store, OutboxStore::open(m_file));
    AMANA_TRY(const auto row, store.find(id));
    if (!row || row->attempts.empty() || row->entry.account != key.address())
        return fail(ErrorCode::ChainTooLate);
    AMANA_TRY(DecodedTransaction newest, decodeTransaction(bytesOf(row->attempts.back().raw)));
    Transaction &transaction = newest.transaction;
    AMANA_CHECK(raiseFees(chain, transaction));
    if (cancels) {
        transaction.to = key.address();
        transaction.data.clear();
        transaction.gasLimit = kTransferGas;
    }
    const SignedTransaction made = signTransaction(transaction, key);
    AMANA_CHECK(store.addAttempt(id, made, cancels || row->attempts.back().cancels));
    faultPoint("outbox.replacing");
    AMANA_TRY(const Handed handed, chain.handIn(made.raw, made.hash));
    // A used nonce is no failure of ours: one of the attempts was mined, and the next look will say which.
    if (handed.refusal && handed.admission != Admission::NonceUsed)
        return fail(*handed.refusal);
    return {};
}

Status Outbox::speedUp(Chain &chain, const crypto::SigningKey &key, std::int64_t id)
{
    return replace(chain, key, id, false);
}

Status Outbox::cancel(Chain &chain, const crypto::SigningKey &key, std::int64_t id)
{
    AMANA_TRY(OutboxStore store, OutboxStore::open(m_file));
    AMANA_CHECK(store.removeUnsigned(id));
    AMANA_TRY(const auto row, store.find(id));
    return row ? replace(chain, key, id, true) : Status();
}

Result<std::optional<Receipt>> Outbox::receiptOf(Chain &chain, const std::string &dedupeKey)
{
    AMANA_TRY(OutboxStore store, OutboxStore::open(m_file));
    AMANA_TRY(const auto row, store.findKey(outboxNetwork(chain), dedupeKey));
    if (!row || row->attempts.empty())
        return std::optional<Receipt>();
    AMANA_TRY(auto receipt, chain.receipt(row->entry.txHash));
    if (receipt && !receipt->succeeded)
        receipt.reset();
    return receipt;
}

Result<std::vector<OutboxEntry>> Outbox::entries(int limit) const
{
    AMANA_TRY(OutboxStore store, OutboxStore::open(m_file));
    return store.newest(limit);
}

} // namespace amana::chain
