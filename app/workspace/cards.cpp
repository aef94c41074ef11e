// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/cards.h"

#include "core/sharing/actor.h"

namespace amana::app {

sharing::Card Cards::card(const Digest &digest)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_cards.find(digest); it != m_cards.end())
            return it->second;
    }
    const auto bytes = sharing::getObject(m_blocks, digest);
    if (!bytes)
        return {};
    auto card = sharing::cardFromJson(*bytes);
    if (!card)
        return {};
    const std::lock_guard lock(m_mutex);
    return m_cards.emplace(digest, std::move(*card)).first->second;
}

} // namespace amana::app
