// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/network.h"
#include "core/crypto/secp256k1.h"

#include <memory>
#include <mutex>

namespace amana::chain {

enum class OutboxState { Ready, Sent, Mined, Final, Failed };
[[nodiscard]] std::string_view outboxStateName(OutboxState state); ///< "ready" …

struct OutboxEntry {
    std::int64_t id = 0;
    std::string label;
    std::string dedupeKey;
    Address account{};
    std::uint64_t nonce = 0;
    Digest txHash{};
    OutboxState state = OutboxState::Ready;
    std::uint64_t block = 0;  ///< 0: not mined
    std::int64_t created = 0; ///< seconds since 1970
    std::string error;        ///< errorId of a failed one
};

/// Every transaction of a profile: on disk before it is sent, sent again after a crash, never doubled.
/// ready (stored, signed) → sent → mined → final | failed (mined, refused by the contract; or its nonce is
/// gone). Several processes may use one outbox; the database is outbox.sqlite in the profile's folder.
/// Thread-safe.
class Outbox {
public:
    /// StoreUnavailable, StoreCorrupt, StoreTooNew.
    [[nodiscard]] static Result<std::unique_ptr<Outbox>> open(const QString &profileFolder);
    ~Outbox();

    /// Simulates (a refusal is returned and nothing is written), reserves the nonce, signs, stores, sends and
    /// waits until the transaction is final. With a dedupeKey that an entry which did not fail has already,
    /// that entry is carried to its end and its receipt returned instead: the call is done once, whatever is
    /// repeated. ChainTimeout and ChainUnreachable after the storing leave the entry, to be sent by resume().
    /// A mined refusal gives the contract's code.
    [[nodiscard]] Result<Receipt> send(Chain &chain, const crypto::SigningKey &key, const Call &call);

    /// Sends what a crash or a lost connection left, in the order of nonces, and waits. Needs no key: the
    /// signed bytes are stored. Returns the number of entries brought to an end; the first error stops it.
    [[nodiscard]] Result<int> resume(Chain &chain);

    /// The receipt of an earlier call with this key on this network, if it was mined and succeeded.
    [[nodiscard]] Result<std::optional<Receipt>> receiptOf(Chain &chain, const std::string &dedupeKey);

    /// Newest first.
    [[nodiscard]] Result<std::vector<OutboxEntry>> entries(int limit = 200) const;

private:
    struct Private;
    explicit Outbox(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace amana::chain
