// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/outbox_store.h"

/// Brings signed transactions to their end. Internal to core/chain.
namespace amana::chain {

/// What the chain says about an entry.
struct Sight {
    enum class Where {
        Block,  ///< one of its attempts was mined: `receipt`
        Pool,   ///< one of its attempts waits at the node
        Nowhere, ///< and its nonce is free
        Taken   ///< its nonce was used, by none of its attempts
    };
    Where where = Where::Nowhere;
    bool settled = false;       ///< of Block and Taken: it will stay so
    bool newestPooled = false;  ///< of Pool: the newest attempt too
    const Attempt *mined = nullptr; ///< of Block; points into the row
    std::optional<Receipt> receipt{};
    std::uint64_t confirmations = 0; ///< of Block
};

class OutboxCarrier {
public:
    OutboxCarrier(const Chain &chain, OutboxStore &store) : m_chain(chain), m_store(store) {}

    /// One look, and what follows from it: what lacks at the node is handed in, what was seen is recorded.
    /// The receipt once the entry is Final, nothing while it is open, the error of an end that is none.
    [[nodiscard]] Result<std::optional<Receipt>> step(std::int64_t id);
    /// Steps until the end: ChainTimeout after a minute; it is then as if the program had ended.
    [[nodiscard]] Result<Receipt> carry(std::int64_t id);

private:
    [[nodiscard]] Result<Sight> look(const OutboxRow &row) const;
    [[nodiscard]] Result<Sight> lookOnce(const OutboxRow &row) const;
    [[nodiscard]] Status judgeFinality(Sight &sight, const OutboxRow &row) const;
    [[nodiscard]] Result<std::optional<Receipt>> inBlock(const OutboxRow &row, const Sight &sight);
    [[nodiscard]] Result<std::optional<Receipt>> taken(const OutboxRow &row, const Sight &sight);
    [[nodiscard]] Result<std::optional<Receipt>> waiting(const OutboxRow &row, const Sight &sight);
    [[nodiscard]] Result<std::optional<Receipt>> ended(const OutboxRow &row) const;
    [[nodiscard]] Status handEarlier(const OutboxRow &row);
    [[nodiscard]] Error refusal(const OutboxRow &row, const Receipt &receipt) const;

    const Chain &m_chain;
    OutboxStore &m_store;
};

} // namespace amana::chain
