// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/network.h"
#include "core/crypto/secp256k1.h"

#include <memory>

namespace amana::chain {

/// The numbers are stored. From Signed on the signed bytes are on disk; the last three are ends.
enum class OutboxState {
    Ready,             ///< wanted
    Checked,           ///< simulated: the contract agrees
    AwaitingSignature, ///< gas and fees are known and can be paid; nothing lacks but the key
    Signed,            ///< no node has taken it yet
    Sent,              ///< it waits in the pool of a node
    Mined,             ///< in a block, see `confirmations`; it may still be taken away
    Dropped,           ///< no pool has it, no block has it, its nonce is free: the same bytes are sent again
    Final,             ///< it was done and will stay so
    Rejected,          ///< refused: by the contract, or by the node before anybody took it
    Replaced           ///< another transaction has its nonce for good: our cancellation, or one from elsewhere
};
[[nodiscard]] std::string_view outboxStateName(OutboxState state); ///< "ready" …

struct OutboxEntry {
    std::int64_t id = 0;
    std::string label;
    std::string dedupeKey;
    Address account{};
    std::uint64_t nonce = 0; ///< once it is signed
    Digest txHash{};         ///< of the attempt that was mined, else of the newest; zero before it is signed
    OutboxState state = OutboxState::Ready;
    std::uint64_t block = 0;         ///< 0: not mined
    std::uint64_t confirmations = 0; ///< blocks on top of it, when last looked at: the n of "n of N"
    std::uint64_t needed = 0;        ///< the N: blocks on top after which it is final
    Uint256 fee;                     ///< the most that it may cost, in the smallest unit of the currency
    int attempts = 0;                ///< signed transactions of this nonce: more than 1 after speedUp or cancel
    std::int64_t created = 0;        ///< seconds since 1970
    std::string error;               ///< errorId of a rejected or replaced one, or of the last refusal
};

/// Every transaction of a profile: on disk before it is sent, sent again after a crash, never doubled.
/// Several processes may use one outbox; the database is outbox.sqlite in the profile's folder. Thread-safe.
class Outbox {
public:
    /// StoreUnavailable, StoreCorrupt, StoreTooNew.
    [[nodiscard]] static Result<std::unique_ptr<Outbox>> open(const QString &profileFolder);
    ~Outbox();

    /// prepare, signAndSend. An action whose nonce went to a transaction from elsewhere is signed anew.
    [[nodiscard]] Result<Receipt> send(Chain &chain, const crypto::SigningKey &key, const Call &call);

    /// Writes the row, simulates, and finds gas and fees; the id of the row, now AwaitingSignature. A refusal
    /// (contract.*, ChainUnderfunded) leaves it Rejected. With a dedupeKey that a row which did not fail has
    /// already, that row's id is returned, however far it is: an action is done once, whatever is repeated.
    [[nodiscard]] Result<std::int64_t> prepare(Chain &chain, const Address &account, const Call &call);
    /// Reserves the nonce, signs, stores, sends and waits until the transaction is final. ChainTimeout and
    /// ChainUnreachable after the storing leave the entry, to be sent by update(). A mined refusal gives the
    /// contract's code; ChainNonce: replaced by a transaction from elsewhere; ChainCancelled.
    [[nodiscard]] Result<Receipt> signAndSend(Chain &chain, const crypto::SigningKey &key, std::int64_t id);

    /// Looks at each entry that is under way and does what is next: sends what a crash or a lost connection left, in the
    /// order of nonces, and what no pool has any more; writes down what was mined. Needs no key, for the signed bytes
    /// are stored, and never waits. The number that is still open.
    [[nodiscard]] Result<int> update(Chain &chain);

    /// Signs a Signed, Sent or Dropped one again with both fees at least a tenth higher, and sends that too;
    /// one of the two will be mined. ChainTooLate; ChainUnderfunded and other refusals of the node.
    [[nodiscard]] Status speedUp(Chain &chain, const crypto::SigningKey &key, std::int64_t id);
    /// As speedUp, but what is sent does nothing: it only takes the nonce. The entry ends as Replaced
    /// (chain.cancelled), or as Final when the first one was faster. One that is not signed is removed.
    [[nodiscard]] Status cancel(Chain &chain, const crypto::SigningKey &key, std::int64_t id);

    /// The receipt of an earlier call with this key on this network, if it was mined and succeeded.
    [[nodiscard]] Result<std::optional<Receipt>> receiptOf(Chain &chain, const std::string &dedupeKey);

    /// Newest first.
    [[nodiscard]] Result<std::vector<OutboxEntry>> entries(int limit = 200) const;

private:
    explicit Outbox(QString file) : m_file(std::move(file)) {}
    [[nodiscard]] Status replace(Chain &chain, const crypto::SigningKey &key, std::int64_t id, bool cancels);

    QString m_file;
};

} // namespace amana::chain
