// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/gateway_service.h"

#include "core/content/car_pull.h"
#include "core/content/dag_reader.h"

namespace amana::sharing {

using net::ServerReply;
using net::ServerRequest;

namespace {

ServerReply jsonReply(int status, QByteArray body)
{
    return {.status = status,
            .contentType = "application/json",
            .headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}},
            .body = std::move(body)};
}

ServerReply refusal(int status, const Error &error)
{
    ServerReply reply = jsonReply(status, errorToJson(error));
    if (status == 401)
        reply.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"amana\"");
    if (status == 429 || status == 503)
        reply.headers.emplace_back("Retry-After", "30");
    if (status == 405)
        reply.headers.emplace_back("Allow", "GET, HEAD, POST");
    return reply;
}

ServerReply refusal(int status, const char *detail)
{
    return refusal(status, Error(ErrorCode::IpfsRefused, {{"detail", detail}}));
}

/// What went wrong behind us (chain, disk) is nobody else's business: not even which.
ServerReply refusal(const Error &error)
{
    switch (error.code) {
    case ErrorCode::GatewayNoProof:
    case ErrorCode::GatewayBadProof:
    case ErrorCode::GatewayExpired:
        return refusal(401, error);
    case ErrorCode::GatewayNoGrant:
        return refusal(403, error);
    case ErrorCode::GatewayOutside:
    case ErrorCode::BlockMissing:
        return refusal(404, error);
    case ErrorCode::IpfsRefused:
        return refusal(429, error);
    default:
        return refusal(503, "the gateway cannot answer now");
    }
}

ServerReply blockReply(const content::Cid &cid, const QByteArray &type, const QByteArray &suffix)
{
    const QByteArray name = QByteArray::fromStdString(cid.text()) + suffix;
    return {.contentType = type,
            .headers = {{"Cache-Control", "private, no-store"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Content-Disposition", "attachment; filename=\"" + name + '"'},
                        {"Etag", (suffix == ".car" ? "W/\"" : "\"") + name + '"'}}};
}

} // namespace

ServerReply GatewayService::misuse(const ServerRequest &request, int status, const char *detail)
{
    m_guard.refused(ErrorCode::IpfsRefused, request.peer);
    return refusal(status, detail);
}

ServerReply GatewayService::answer(const ServerRequest &request)
{
    const bool post = request.method == "POST";
    if (request.path == kChallengePath)
        return post ? challenge(request) : misuse(request, 405, "POST only");
    if (request.path == kTokenPath)
        return post ? token(request) : misuse(request, 405, "POST only");
    if (request.method != "GET" && request.method != "HEAD")
        return misuse(request, 405, "GET and HEAD only");
    return content(request);
}

ServerReply GatewayService::challenge(const ServerRequest &request)
{
    const auto asked = askedFromJson(request.body);
    if (!asked)
        return misuse(request, 400, "not understood");
    const auto challenge = m_guard.challenge(*asked, request.peer);
    return challenge ? jsonReply(200, challengeToJson(*challenge)) : refusal(challenge.error());
}

ServerReply GatewayService::token(const ServerRequest &request)
{
    const auto proof = gatewayProofFromJson(request.body);
    if (!proof)
        return misuse(request, 400, "not understood");
    const auto token = m_guard.token(proof->nonce, bytesOf(proof->signature), request.peer);
    return token ? jsonReply(200, tokenToJson(*token)) : refusal(token.error());
}

ServerReply GatewayService::content(const ServerRequest &request)
{
    const auto wanted = wantedOf(request);
    if (!wanted) {
        const int status = wanted.error().status;
        return misuse(request, status,
                      status == 404 ? "no such place" : status == 406 ? "format=raw or format=car" : "not understood");
    }
    auto reply = give(request, *wanted);
    return reply ? std::move(*reply) : refusal(reply.error());
}

Result<ServerReply> GatewayService::give(const ServerRequest &request, const Wanted &wanted)
{
    const auto token = bearerTokenOf(request);
    if (!token) {
        m_guard.refused(ErrorCode::GatewayNoProof, request.peer);
        return fail(ErrorCode::GatewayNoProof);
    }
    AMANA_TRY(const GatewayGuard::VisitPtr visit, m_guard.visit(bytesOf(*token), request.peer));
    AMANA_CHECK(m_guard.permit(*visit, wanted.cid));
    return wanted.format == BlockFormat::Raw ? block(visit, wanted, request.method == "HEAD") : archive(visit, wanted);
}

Result<ServerReply> GatewayService::block(const GatewayGuard::VisitPtr &visit, const Wanted &wanted, bool head)
{
    AMANA_TRY(QByteArray bytes, m_blocks.get(wanted.cid));
    if (!head)
        AMANA_CHECK(m_guard.pass(*visit, 1, static_cast<std::uint64_t>(bytes.size())));
    ServerReply reply = blockReply(wanted.cid, "application/vnd.ipld.raw", ".raw");
    reply.body = std::move(bytes);
    return reply;
}

Result<bool> GatewayService::isOneBlock(const Wanted &wanted) const
{
    if (wanted.scope == DagScope::All)
        return false;
    AMANA_TRY(const content::NodeInfo node, content::inspectNode(m_blocks, wanted.cid));
    // Of a directory the entity is its own block; ours are not sharded.
    return wanted.scope == DagScope::Block || node.kind == content::NodeKind::Directory;
}

Result<ServerReply> GatewayService::archive(const GatewayGuard::VisitPtr &visit, const Wanted &wanted) const
{
    if (!m_blocks.has(wanted.cid))
        return fail(ErrorCode::BlockMissing, {{"cid", wanted.cid.text()}}); // 404 only before the first byte
    AMANA_TRY(const bool oneBlock, isOneBlock(wanted));
    // One bit a block of the dataset instead of a set of identifiers: many archives may be under way.
    struct State {
        std::vector<bool> sent;
        std::unique_ptr<content::CarPull> pull;
        bool oneBlock = false;
        bool over = false;
    };
    const auto state = std::make_shared<State>(); // shared by the copies of one function
    const BlockSet &set = GatewayGuard::blocksOf(*visit);
    state->sent.resize(set.size());
    state->oneBlock = oneBlock;
    state->pull = std::make_unique<content::CarPull>(m_blocks, wanted.cid, content::ReadLimits(),
                                                     [&set, raw = state.get()](const content::Cid &cid) {
                                                         const auto place = set.placeOf(cid);
                                                         const bool first = place && !raw->sent[*place];
                                                         if (first)
                                                             raw->sent[*place] = true;
                                                         return first;
                                                     });
    ServerReply reply = blockReply(wanted.cid, "application/vnd.ipld.car; version=1; order=dfs; dups=n", ".car");
    reply.source = [&guard = m_guard, visit, state]() -> Result<QByteArray> {
        if (state->over)
            return QByteArray();
        AMANA_TRY(content::CarPull::Piece piece, state->pull->next());
        state->over = state->oneBlock || piece.bytes.isEmpty();
        if (!piece.bytes.isEmpty())
            AMANA_CHECK(guard.pass(*visit, 1, piece.blockBytes));
        return std::move(piece.bytes);
    };
    return reply;
}

} // namespace amana::sharing
