// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/blocks.h"
#include "core/sharing/card.h"

#include <map>
#include <mutex>

namespace amana::app {

/// Public cards by their digest; read once, for a digest names its bytes. Thread-safe.
class Cards {
public:
    explicit Cards(const content::BlockSource &blocks) : m_blocks(blocks) {}

    /// An empty card when the block is not here or is no card: the list shows what the chain says.
    [[nodiscard]] sharing::Card card(const Digest &digest);

private:
    const content::BlockSource &m_blocks;
    std::mutex m_mutex;
    std::map<Digest, sharing::Card> m_cards;
};

} // namespace amana::app
