// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/place_client.h"

#include "core/content/pinning_service.h"

#include <algorithm>

namespace amana::replication {

namespace {

// Of the specification.
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxOrigins = 20;

std::vector<std::string> firstOf(const std::vector<std::string> &origins)
{
    return {origins.begin(), origins.begin() + static_cast<std::ptrdiff_t>(std::min(origins.size(), kMaxOrigins))};
}

class PinningClient final : public PlaceClient {
public:
    PinningClient(const Place &place, const PlaceContext &context) : m_service({place.url, place.access, context.secrets}) {}

    /// The service fetches the blocks itself: from a Kubo node of ours that has them, or from whoever it finds.
    Result<Copies> keep(const Offer &offer, const Progress &) override
    {
        AMANA_TRY(const auto before, newest(offer.graph.root));
        if (before && before->state != content::PinState::Failed)
            return copiesOf(*before);
        const content::PinRequest request{offer.graph.root, offer.graph.name.substr(0, kMaxName), firstOf(offer.origins)};
        AMANA_TRY(const content::PinReceipt receipt, before ? m_service.replace(before->id, request) : m_service.add(request));
        return copiesOf(receipt);
    }
    Result<Copies> look(const content::Cid &root) override
    {
        AMANA_TRY(const auto receipt, newest(root));
        return receipt ? copiesOf(*receipt) : Copies{0, 1};
    }
    Status drop(const content::Cid &root) override
    {
        AMANA_TRY(const auto receipts, m_service.list(root));
        for (const content::PinReceipt &receipt : receipts)
            AMANA_CHECK(m_service.remove(receipt.id));
        return {};
    }
    Result<bool> finds(const content::Cid &cid) override
    {
        AMANA_TRY(const auto receipt, newest(cid));
        return receipt && receipt->state == content::PinState::Pinned;
    }

private:
    Result<std::optional<content::PinReceipt>> newest(const content::Cid &root) const
    {
        AMANA_TRY(const auto receipts, m_service.list(root));
        return receipts.empty() ? std::nullopt : std::optional(receipts.front());
    }
    static Copies copiesOf(const content::PinReceipt &receipt)
    {
        return {receipt.state == content::PinState::Pinned ? 1 : 0, 1, receipt.id, receipt.detail};
    }

    const content::PinningService m_service;
};

} // namespace

std::unique_ptr<PlaceClient> pinningClient(const Place &place, const PlaceContext &context)
{
    return std::make_unique<PinningClient>(place, context);
}

} // namespace amana::replication
