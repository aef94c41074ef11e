// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/database.h"
#include "core/chain/outbox.h"
#include "core/chain/transaction.h"

#include <functional>

/// The rows of the outbox and the few ways in which they change. Internal to core/chain.
namespace amana::chain {

/// One signed transaction for an entry; all attempts of an entry have its nonce.
struct Attempt {
    QByteArray raw;
    Digest hash{};
    bool cancels = false; ///< does nothing but take the nonce
};

struct OutboxRow {
    OutboxEntry entry;
    Call call;
    std::uint64_t gas = 0;
    Fees fees;
    std::vector<Attempt> attempts; ///< oldest first
};

[[nodiscard]] inline bool isEnd(OutboxState state)
{
    return state >= OutboxState::Final;
}

/// Two chains with one number are two networks: the hash of block 0 tells them apart.
[[nodiscard]] QString outboxNetwork(const Chain &chain);

class OutboxStore {
public:
    /// Makes or updates the tables.
    [[nodiscard]] static Status prepare(const QString &file);
    [[nodiscard]] static Result<OutboxStore> open(const QString &file);

    [[nodiscard]] Result<std::optional<OutboxRow>> find(std::int64_t id);
    /// The one with this key that did not fail.
    [[nodiscard]] Result<std::optional<OutboxRow>> findKey(const QString &network, const std::string &key);
    /// Signed and not at an end, in the order of nonces.
    [[nodiscard]] Result<std::vector<OutboxRow>> underWay(const QString &network);
    /// Of those, the ones that go before `row`.
    [[nodiscard]] Result<std::vector<OutboxRow>> before(const QString &network, const OutboxRow &row);
    [[nodiscard]] Result<std::vector<OutboxEntry>> newest(int limit);

    /// The new row's id, or that of the row that has the key already.
    [[nodiscard]] Result<std::int64_t> insert(const QString &network, const Address &account,
                                              const Call &call);
    /// Of a row that is not signed.
    [[nodiscard]] Status setUnsigned(std::int64_t id, OutboxState state, const std::string &error = {});
    [[nodiscard]] Status setCost(std::int64_t id, std::uint64_t gas, const Fees &fees);
    [[nodiscard]] Status removeUnsigned(std::int64_t id);

    using Sign = std::function<SignedTransaction(std::uint64_t nonce)>;
    /// In one transaction: takes the smallest nonce from `nodeNonce` on that no row holds, signs, stores. A
    /// row that somebody has signed meanwhile is left as it is.
    [[nodiscard]] Status sign(const OutboxRow &row, const QString &network, std::uint64_t nodeNonce,
                              std::uint64_t needed, const Sign &sign);
    /// Another attempt for a row that is neither mined nor at its end: ChainTooLate.
    [[nodiscard]] Status addAttempt(std::int64_t id, const SignedTransaction &transaction, bool cancels);

    /// What was seen of a signed row. Ends stay: another process may have seen more meanwhile.
    struct Seen {
        OutboxState state{};
        bool spent = false; ///< the nonce is used up, by whomever
        std::uint64_t block = 0;
        std::uint64_t confirmations = 0;
        Digest hash{}; ///< zero: as it was
        std::string error{};
    };
    [[nodiscard]] Status record(const OutboxRow &row, const Seen &seen);

private:
    explicit OutboxStore(Database database) : m_db(std::move(database)) {}
    /// Without their attempts.
    [[nodiscard]] Result<std::vector<OutboxRow>> selectRows(const std::string &rest,
                                                            const QVariantList &values);
    [[nodiscard]] Result<std::vector<OutboxRow>> select(const std::string &rest, const QVariantList &values);
    [[nodiscard]] Result<std::uint64_t> freeNonce(const QString &network, const Address &account,
                                                  std::uint64_t from);

    Database m_db;
};

} // namespace amana::chain
