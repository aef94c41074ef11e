// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/cluster.h"

#include "core/content/ipfs_http.h"
#include "core/content/send_plan.h"

#include <algorithm>

namespace amana::content {

using nlohmann::json;

namespace {

constexpr std::chrono::minutes kAddPatience(2); // blocks are on their way to the node while nothing is said

std::string firstOf(std::string one, std::string other)
{
    return one.empty() ? std::move(other) : std::move(one);
}

} // namespace

int ClusterStatus::pinned() const
{
    return static_cast<int>(
        std::count_if(copies.begin(), copies.end(), [](const ClusterCopy &copy) { return copy.status == "pinned"; }));
}

Cluster::Cluster(IpfsEndpoint endpoint) : m_http(std::make_unique<IpfsHttp>(std::move(endpoint))) {}

Cluster::~Cluster() = default;

Result<std::vector<ClusterPeer>> Cluster::peers() const
{
    std::vector<ClusterPeer> peers;
    AMANA_CHECK(m_http->lines({.path = "/peers"}, [&](const json &line) -> Status {
        const json node = line.value("ipfs", json());
        ClusterPeer peer{textAt(line, "id"), textAt(line, "peername"), textAt(line, "version"), textAt(node, "id"),
                         firstOf(textAt(line, "error"), textAt(node, "error"))};
        if (peer.id.empty())
            return m_http->badReply("peers");
        peers.push_back(std::move(peer));
        return {};
    }));
    return peers;
}

Status Cluster::add(const CarPiece &piece, const Progress &progress) const
{
    Multipart multipart = multipartOf(piece.bytes());
    // Not as a stream: that says 200 before anything has happened.
    const IpfsCall request{.method = "POST",
                           .path = "/add",
                           .query = {{"format", "car"}, {"local", "true"}, {"no-pin", "true"}, {"stream-channels", "false"}},
                           .body = std::move(multipart.body),
                           .contentType = std::move(multipart.contentType),
                           .idle = kAddPatience};
    AMANA_TRY(const json reply, m_http->json(request, progress));
    const bool added = reply.is_array() && reply.size() == 1 && textAt(reply[0], "cid") == piece.root().text()
                       && numberAt(reply[0], "bytes") == piece.blockBytes();
    return added ? Status() : Status(m_http->badReply("add"));
}

Status Cluster::pin(const Cid &cid, const std::string &name, const Replication &replication) const
{
    IpfsQuery query{{"replication-min", std::to_string(replication.min)},
                    {"replication-max", std::to_string(replication.max)}};
    if (!name.empty())
        query.emplace_back("name", name);
    AMANA_TRY(const json reply,
              m_http->json({.method = "POST", .path = "/pins/" + cid.text(), .query = std::move(query)}));
    return textAt(reply, "cid") == cid.text() ? Status() : Status(m_http->badReply("pins"));
}

Status Cluster::unpin(const Cid &cid) const
{
    const auto reply = m_http->json({.method = "DELETE", .path = "/pins/" + cid.text()});
    if (!reply)
        return reply.error().param("status") == "404" ? Status() : Status(fail(reply.error()));
    return textAt(*reply, "cid") == cid.text() ? Status() : Status(m_http->badReply("pins"));
}

Result<ClusterStatus> Cluster::statusOf(const char *method, const Cid &cid, const char *action) const
{
    AMANA_TRY(const json reply, m_http->json({.method = method, .path = "/pins/" + cid.text() + action}));
    const json copies = reply.is_object() ? reply.value("peer_map", json()) : json();
    if (textAt(reply, "cid") != cid.text() || !copies.is_object())
        return m_http->badReply("pins");
    ClusterStatus status{cid, textAt(reply, "name"), {}};
    for (const auto &[peer, copy] : copies.items())
        status.copies.push_back(
            {peer, textAt(copy, "peername"), textAt(copy, "status"), shortened(textAt(copy, "error"))});
    return status;
}

Result<ClusterStatus> Cluster::status(const Cid &cid) const
{
    return statusOf("GET", cid, "");
}

Result<ClusterStatus> Cluster::recover(const Cid &cid) const
{
    return statusOf("POST", cid, "/recover");
}

Result<std::vector<ClusterAlert>> Cluster::alerts() const
{
    AMANA_TRY(const json reply, m_http->json({.path = "/health/alerts"}));
    if (!reply.is_array() && !reply.is_null())
        return m_http->badReply("alerts");
    std::vector<ClusterAlert> alerts;
    for (const json &alert : reply)
        alerts.push_back({textAt(alert, "peer"), textAt(alert, "name"), textAt(alert, "triggered_at")});
    return alerts;
}

Status uploadToCluster(const Cluster &cluster, const BlockSource &source, const Cid &root, const std::string &name,
                       const Replication &replication, const Progress &progress)
{
    AMANA_TRY(const SendPlan plan, planSending(source, root, {}, Ask::Nothing, progress.quiet()));
    AMANA_CHECK(sendPieces(
        plan, source, root,
        [&](const CarPiece &piece, bool, const Progress &part) { return cluster.add(piece, part); }, progress));
    return cluster.pin(root, name, replication);
}

} // namespace amana::content
