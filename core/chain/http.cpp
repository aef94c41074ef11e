// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/http.h"

namespace amana::chain {

namespace {

tl::unexpected<Error> failed(const net::HttpFailure &failure)
{
    switch (failure.problem) {
    case net::HttpProblem::Insecure: return fail(ErrorCode::NetworkInsecure, {{"url", failure.url}});
    case net::HttpProblem::Timeout: return fail(ErrorCode::ChainTimeout, {{"url", failure.url}});
    case net::HttpProblem::Untrusted: return fail(ErrorCode::ChainUntrusted, {{"url", failure.url}, {"what", "TLS"}});
    case net::HttpProblem::TooLarge: return fail(ErrorCode::ChainBadReply, {{"url", failure.url}, {"what", "size"}});
    case net::HttpProblem::Cancelled:
    case net::HttpProblem::Unreachable: break;
    }
    return fail(ErrorCode::ChainUnreachable, {{"url", failure.url}, {"network", std::to_string(failure.network)}});
}

} // namespace

Status checkSecure(const QUrl &url)
{
    return net::isSecure(url) ? Status() : Status(fail(ErrorCode::NetworkInsecure, {{"url", net::shownUrl(url)}}));
}

Result<net::HttpReply> postJson(net::HttpClient &http, const QUrl &url, const QByteArray &body,
                                const QByteArray &authorization, std::chrono::milliseconds timeout)
{
    net::HttpRequest request{.url = url,
                             .method = "POST",
                             .body = body,
                             .contentType = "application/json",
                             .authorization = authorization,
                             .idle = timeout};
    auto reply = http.send(request);
    if (!reply)
        return failed(reply.error());
    return std::move(*reply);
}

} // namespace amana::chain
