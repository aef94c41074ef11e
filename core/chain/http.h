// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"
#include "core/net/http_client.h"

/// HTTP as the chain's nodes speak it. Internal to core/chain.
namespace amana::chain {

/// NetworkInsecure{url}: without TLS to another machine.
[[nodiscard]] Status checkSecure(const QUrl &url);

/// POSTs JSON. Errors of Transport::exchange but ChainUnauthorized; any HTTP status is a reply.
[[nodiscard]] Result<net::HttpReply> postJson(net::HttpClient &http, const QUrl &url, const QByteArray &body,
                                              const QByteArray &authorization, std::chrono::milliseconds timeout);

} // namespace amana::chain
