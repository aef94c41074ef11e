// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/place_client.h"

#include "core/net/access_tls.h"

#include <mutex>

namespace amana::replication {

namespace {

class GatewayClient final : public PlaceClient {
public:
    GatewayClient(const Place &place, const PlaceContext &context) : m_place(place), m_secrets(context.secrets) {}

    Result<bool> finds(const content::Cid &cid) override
    {
        const auto found = block(cid);
        if (found)
            return true;
        if (found.error().code == ErrorCode::IpfsNotFound)
            return false;
        return fail(found.error());
    }
    Result<QByteArray> block(const content::Cid &cid) override
    {
        AMANA_TRY(const auto blocks, this->blocks());
        return blocks->get(cid);
    }
    Result<std::optional<content::Gateway>> gateway() override
    {
        content::Gateway gateway{QUrl(QString::fromStdString(m_place.url))};
        AMANA_TRY(gateway.tls, net::tlsOf(m_place.access, m_secrets, ErrorCode::IpfsUntrusted));
        const auto header = net::authorizationOf(m_place.access, m_secrets);
        if (!header)
            return fail(ErrorCode::IpfsUnauthorized, {{"url", m_place.url}});
        gateway.authorization = *header;
        return std::optional(std::move(gateway));
    }

private:
    /// Made at first use: its secrets may have to be asked for.
    Result<std::shared_ptr<content::GatewayBlocks>> blocks()
    {
        const std::lock_guard lock(m_mutex);
        if (!m_blocks) {
            AMANA_TRY(const auto made, gateway());
            m_blocks = std::make_shared<content::GatewayBlocks>(*made);
        }
        return m_blocks;
    }

    const Place m_place;
    const net::ReadSecret m_secrets;
    std::mutex m_mutex;
    std::shared_ptr<content::GatewayBlocks> m_blocks;
};

} // namespace

std::unique_ptr<PlaceClient> gatewayClient(const Place &place, const PlaceContext &context)
{
    return std::make_unique<GatewayClient>(place, context);
}

} // namespace amana::replication
