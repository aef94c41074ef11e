// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/kubo.h"

#include "core/content/car_piece.h"
#include "core/content/ipfs_http.h"

namespace amana::content {

using nlohmann::json;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kAnswer(15);     // on top of what the node itself was given
constexpr std::chrono::seconds kImportPin(120); // for reading at most one piece again
constexpr qint64 kManyPins = qint64(1) << 30;
// of libp2p's routing.QueryEvent
constexpr std::uint64_t kQueryError = 3;
constexpr std::uint64_t kProvider = 4;

IpfsCall call(const char *path, IpfsQuery query = {})
{
    return {.method = "POST", .path = std::string("/api/v0/") + path, .query = std::move(query)};
}

/// The node gives up by itself; without that it waits as long as we are connected.
IpfsCall call(const char *path, IpfsQuery query, std::chrono::seconds patience)
{
    query.emplace_back("timeout", std::to_string(patience.count()) + "s");
    IpfsCall made = call(path, std::move(query));
    made.idle = patience + kAnswer;
    return made;
}

/// Errors have no codes, only words.
bool says(const Error &error, const char *words)
{
    return error.code == ErrorCode::IpfsRefused && error.param("detail").find(words) != std::string::npos;
}

tl::unexpected<Error> pinFailed(const Cid &cid, const std::string &detail)
{
    return fail(ErrorCode::IpfsPinFailed, {{"cid", cid.text()}, {"detail", shortened(detail)}});
}

} // namespace

KuboNode::KuboNode(IpfsEndpoint endpoint) : m_http(std::make_unique<IpfsHttp>(std::move(endpoint))) {}

KuboNode::~KuboNode() = default;

Result<KuboIdentity> KuboNode::identity() const
{
    AMANA_TRY(const json reply, m_http->json(call("id")));
    KuboIdentity identity{textAt(reply, "ID"), textAt(reply, "AgentVersion"), textsAt(reply, "Addresses")};
    if (identity.peer.empty() || identity.agent.empty())
        return m_http->badReply("id");
    return identity;
}

Result<bool> KuboNode::has(const Cid &cid) const
{
    const auto reply = m_http->json(call("block/stat", {{"arg", cid.text()}, {"offline", "true"}}));
    if (!reply)
        return says(reply.error(), "could not find") ? Result<bool>(false) : Result<bool>(fail(reply.error()));
    if (textAt(*reply, "Key") != cid.text())
        return m_http->badReply("block/stat");
    return true;
}

Status KuboNode::import(const CarPiece &piece, bool pin, const Progress &progress) const
{
    IpfsCall request = call("dag/import", {{"pin-roots", pin ? "true" : "false"}, {"stats", "true"}}, kImportPin);
    Multipart multipart = multipartOf(piece.bytes());
    request.body = std::move(multipart.body);
    request.contentType = std::move(multipart.contentType);
    std::optional<std::string> pinError;
    std::optional<std::uint64_t> blocks;
    const auto onLine = [&](const json &line) -> Status {
        const json root = line.value("Root", json());
        if (root.is_object() && textAt(root.value("Cid", json()), "/") == piece.root().text())
            pinError = textAt(root, "PinErrorMsg");
        if (const auto count = numberAt(line.value("Stats", json()), "BlockCount"))
            blocks = count;
        return {};
    };
    AMANA_CHECK(m_http->lines(request, onLine, progress));
    if (pin && pinError && !pinError->empty())
        return pinFailed(piece.root(), *pinError);
    if (blocks != piece.blocks() || (pin && !pinError))
        return m_http->badReply("dag/import");
    return {};
}

Status KuboNode::pin(const Cid &cid, const std::string &name, const PinPatience &patience, const Progress &progress) const
{
    IpfsQuery query{{"arg", cid.text()}, {"recursive", "true"}, {"progress", "true"}};
    if (!name.empty())
        query.emplace_back("name", name);
    IpfsCall request = call("pin/add", std::move(query), patience.whole);
    request.idle = patience.stall + kAnswer; // it reports twice a second
    bool pinned = false;
    std::uint64_t nodes = 0;
    auto grown = Clock::now();
    const auto onLine = [&](const json &line) -> Status {
        for (const std::string &text : textsAt(line, "Pins"))
            pinned = pinned || text == cid.text();
        if (pinned)
            return {};
        const std::uint64_t seen = numberAt(line, "Progress").value_or(0); // 0 is left out
        if (seen != std::exchange(nodes, seen))
            grown = Clock::now();
        progress.report(numberAt(line, "Bytes").value_or(0), 0);
        return Clock::now() - grown < patience.stall ? Status() : Status(pinFailed(cid, "stalled"));
    };
    const Status done = m_http->lines(request, onLine, progress.quiet());
    if (!done && done.error().code == ErrorCode::IpfsRefused)
        return pinFailed(cid, done.error().param("detail"));
    AMANA_CHECK(done);
    return pinned ? Status() : Status(pinFailed(cid, "unfinished"));
}

Result<std::optional<KuboPin>> KuboNode::pinOf(const Cid &cid) const
{
    const auto reply = m_http->json(call("pin/ls", {{"arg", cid.text()}, {"type", "recursive"}, {"names", "true"}}));
    if (!reply && says(reply.error(), "is not pinned"))
        return std::optional<KuboPin>();
    if (!reply)
        return fail(reply.error());
    const json keys = reply->is_object() ? reply->value("Keys", json()) : json();
    if (!keys.is_object() || !keys.contains(cid.text()))
        return m_http->badReply("pin/ls");
    return std::optional(KuboPin{cid, textAt(keys.at(cid.text()), "Name")});
}

Result<std::vector<KuboPin>> KuboNode::pins() const
{
    std::vector<KuboPin> pins;
    IpfsCall request = call("pin/ls", {{"type", "recursive"}, {"names", "true"}, {"stream", "true"}});
    request.maxReply = kManyPins;
    const auto onLine = [&](const json &line) -> Status {
        if (const auto cid = Cid::parse(textAt(line, "Cid")))
            pins.push_back({*cid, textAt(line, "Name")});
        return {};
    };
    AMANA_CHECK(m_http->lines(request, onLine));
    return pins;
}

Status KuboNode::unpin(const Cid &cid) const
{
    const auto reply = m_http->json(call("pin/rm", {{"arg", cid.text()}}));
    if (!reply)
        return says(reply.error(), "not pinned") ? Status() : Status(fail(reply.error()));
    const auto gone = textsAt(*reply, "Pins");
    return gone == std::vector{cid.text()} ? Status() : Status(m_http->badReply("pin/rm"));
}

Status KuboNode::provide(const Cid &cid, std::chrono::seconds patience) const
{
    return m_http->lines(call("routing/provide", {{"arg", cid.text()}}, patience), [&](const json &line) -> Status {
        if (numberAt(line, "Type") != kQueryError)
            return {};
        return fail(ErrorCode::IpfsRefused, {{"detail", shortened(textAt(line, "Extra"))}});
    });
}

Result<std::vector<std::string>> KuboNode::providers(const Cid &cid, std::chrono::seconds patience, int atMost) const
{
    std::vector<std::string> found;
    const auto onLine = [&](const json &line) -> Status {
        const json responses = line.value("Responses", json());
        if (numberAt(line, "Type") != kProvider || !responses.is_array())
            return {};
        for (const json &peer : responses)
            if (const std::string id = textAt(peer, "ID"); !id.empty())
                found.push_back(id);
        return {};
    };
    IpfsQuery query{{"arg", cid.text()}, {"num-providers", std::to_string(atMost)}};
    const Status done = m_http->lines(call("routing/findprovs", std::move(query), patience), onLine);
    if (!done && !says(done.error(), "deadline exceeded")) // nothing came in time
        return fail(done.error());
    return found;
}

Result<std::vector<std::string>> KuboNode::peers() const
{
    AMANA_TRY(const json reply, m_http->json(call("swarm/peers")));
    if (!reply.is_object() || !reply.contains("Peers"))
        return m_http->badReply("swarm/peers");
    std::vector<std::string> peers;
    for (const json &peer : reply.at("Peers")) // null: none
        peers.push_back(textAt(peer, "Peer"));
    return peers;
}

Status KuboNode::connect(const std::string &multiaddress) const
{
    AMANA_TRY(const json reply, m_http->json(call("swarm/connect", {{"arg", multiaddress}}, std::chrono::seconds(30))));
    return textsAt(reply, "Strings").empty() ? Status(m_http->badReply("swarm/connect")) : Status();
}

Result<QByteArray> KuboNode::fetch(const Cid &cid, bool offline, std::chrono::seconds patience) const
{
    IpfsCall request = call("block/get", {{"arg", cid.text()}, {"offline", offline ? "true" : "false"}}, patience);
    request.maxReply = static_cast<qint64>(kMaxBlockSize);
    auto reply = m_http->send(request);
    if (reply)
        return std::move(reply->body);
    if (says(reply.error(), "could not find") || says(reply.error(), "deadline exceeded"))
        return fail(ErrorCode::BlockMissing, {{"cid", cid.text()}});
    return fail(reply.error());
}

} // namespace amana::content
