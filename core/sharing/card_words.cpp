// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/card_words.h"

#include "core/sharing/actor.h"
#include "core/sharing/card.h"

#include <algorithm>

namespace amana::sharing {

namespace {

constexpr std::size_t kPage = 500; // cards of one transaction

} // namespace

Status rememberCards(const content::BlockSource &blocks, chain::EventIndex &index, std::size_t most,
                     std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    std::uint64_t before = chain::kAnyDataset;
    for (std::size_t looked = 0; looked < most && std::chrono::steady_clock::now() < end;) {
        const int page = static_cast<int>(std::min(most - looked, kPage));
        AMANA_TRY(const auto wanted, index.wantedCards(before, page));
        if (wanted.empty())
            break;
        std::vector<std::pair<Digest, chain::CardText>> cards;
        for (const chain::WantedCard &one : wanted) {
            if (std::chrono::steady_clock::now() >= end)
                break;
            const auto bytes = getObject(blocks, one.card); // checked against the digest
            if (!bytes)
                continue;
            const auto card = cardFromJson(*bytes);
            cards.push_back({one.card, card ? chain::CardText{card->title, card->keywords} : chain::CardText{}});
        }
        AMANA_CHECK(index.rememberCards(cards));
        before = wanted.back().dataset;
        looked += wanted.size();
    }
    return {};
}

} // namespace amana::sharing
