// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/place_client.h"

namespace amana::replication {

Result<Copies> PlaceClient::keep(const Offer &, const Progress &)
{
    return fail(ErrorCode::IpfsRefused, {{"detail", "reads only"}});
}

Result<Copies> PlaceClient::look(const content::Cid &)
{
    return Copies{0, 0};
}

Status PlaceClient::drop(const content::Cid &)
{
    return {};
}

Result<QByteArray> PlaceClient::block(const content::Cid &cid)
{
    return fail(ErrorCode::BlockMissing, {{"cid", cid.text()}});
}

Result<std::optional<content::Gateway>> PlaceClient::gateway()
{
    return std::optional<content::Gateway>();
}

std::vector<std::string> PlaceClient::origins()
{
    return {};
}

namespace {

/// It gives blocks to who has a pass for one request (core/sharing makes it); nobody else need ask.
class GuardedClient final : public PlaceClient {
public:
    explicit GuardedClient(std::string url) : m_url(std::move(url)) {}

    Result<bool> finds(const content::Cid &) override { return fail(ErrorCode::GatewayNoProof, {{"url", m_url}}); }

private:
    const std::string m_url;
};

} // namespace

std::unique_ptr<PlaceClient> clientOf(const Place &place, const PlaceContext &context)
{
    switch (place.kind) {
    case PlaceKind::OwnNode: return ownNodeClient(place, context);
    case PlaceKind::Kubo: return kuboClient(place, context);
    case PlaceKind::Cluster: return clusterClient(place, context);
    case PlaceKind::PinningService: return pinningClient(place, context);
    case PlaceKind::GuardedGateway: return std::make_unique<GuardedClient>(place.url);
    case PlaceKind::Gateway: break;
    }
    return gatewayClient(place, context);
}

} // namespace amana::replication
