// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/gateway.h"

#include "core/content/ipfs_http.h"

#include <QUrlQuery>

#include <limits>

namespace amana::content {

namespace {

Error failureOf(const net::HttpFailure &failure, const Cid &cid)
{
    Error error = ipfsFailure(failure).value();
    if (failure.problem == net::HttpProblem::TooLarge)
        error.code = ErrorCode::BlockTooLarge;
    error.params.emplace_back("cid", cid.text());
    return error;
}

Error refusalOf(int status, const std::string &url, const Cid &cid)
{
    Error::Params where{{"url", url}, {"cid", cid.text()}, {"detail", "HTTP " + std::to_string(status)}};
    switch (status) {
    case 401:
    case 403: return Error(ErrorCode::IpfsUnauthorized, std::move(where));
    case 404:
    case 410:
    case 412: // it was told to look in its own store only
    case 504: return Error(ErrorCode::IpfsNotFound, std::move(where));
    case 429: return Error(ErrorCode::IpfsRefused, std::move(where));
    default: break;
    }
    return Error(status >= 500 ? ErrorCode::IpfsRefused : ErrorCode::IpfsBadReply, std::move(where));
}

} // namespace

struct GatewayBlocks::State {
    Gateway gateway;
    mutable net::HttpClient http;

    explicit State(const Gateway &which) : gateway(which), http(which.tls) {}

    /// Both the question and the header, for either alone is ignored by some (IPIP-523).
    [[nodiscard]] net::HttpRequest request(const Cid &cid, const QUrlQuery &query, const QByteArray &accept) const
    {
        net::HttpRequest request{.url = gateway.url};
        QString path = gateway.url.path();
        while (path.endsWith(QLatin1Char('/')))
            path.chop(1);
        request.url.setPath(path + QStringLiteral("/ipfs/") + QString::fromStdString(cid.text()));
        request.url.setQuery(query);
        request.authorization = gateway.authorization;
        request.accept = accept;
        request.idle = gateway.idle;
        return request;
    }
};

GatewayBlocks::GatewayBlocks(const Gateway &gateway) : m_state(std::make_unique<State>(gateway)) {}

GatewayBlocks::~GatewayBlocks() = default;

std::string GatewayBlocks::url() const
{
    return net::shownUrl(m_state->gateway.url);
}

Result<QByteArray> GatewayBlocks::get(const Cid &cid, const Progress &progress) const
{
    net::HttpRequest request = m_state->request(cid, QUrlQuery(QStringLiteral("format=raw")), "application/vnd.ipld.raw");
    request.maxReply = kMaxBlockSize;
    auto reply = m_state->http.send(request, progress);
    if (!reply)
        return fail(failureOf(reply.error(), cid));
    if (reply->status != 200)
        return fail(refusalOf(reply->status, url(), cid));
    AMANA_CHECK(verify(cid, bytesOf(reply->body)));
    return std::move(reply->body);
}

Result<QByteArray> GatewayBlocks::fetch(const Cid &cid) const
{
    return get(cid, Progress());
}

Status GatewayBlocks::archive(const Cid &root, const Take &take, const Progress &progress) const
{
    const QUrlQuery query(QStringLiteral("format=car&dag-scope=all&car-version=1&car-order=dfs&car-dups=n"));
    net::HttpRequest request =
        m_state->request(root, query, "application/vnd.ipld.car; version=1; order=dfs; dups=n");
    request.maxReply = std::numeric_limits<qint64>::max(); // the graph itself is held to limits
    Status taken;
    const auto sink = [&](ByteView piece) {
        taken = take(piece);
        return taken.has_value();
    };
    const auto reply = m_state->http.receive(request, sink, progress);
    AMANA_CHECK(taken);
    if (!reply)
        return fail(failureOf(reply.error(), root));
    if (reply->status != 200)
        return fail(refusalOf(reply->status, url(), root));
    return {};
}

} // namespace amana::content
