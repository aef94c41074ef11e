// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"
#include "core/net/http_client.h"

/// HTTP as the chain's nodes speak it. Internal to core/chain.
namespace amana::chain {

/// NetworkInsecure{url}: without TLS to another machine.
[[nodiscard]] Status checkSecure(const QUrl &url);
/// Certificates as `access` asks for them: nothing when it asks for nothing. ChainUntrusted{what} when a
/// certificate or key of ours cannot be read; errors of net::ReadSecret.
[[nodiscard]] Result<std::optional<QSslConfiguration>> tlsOf(const net::Access &access,
                                                             const net::ReadSecret &secrets);

/// POSTs JSON. Errors of Transport::exchange but ChainUnauthorized; any HTTP status is a reply.
[[nodiscard]] Result<net::HttpReply> postJson(net::HttpClient &http, const QUrl &url, const QByteArray &body,
                                              const QByteArray &authorization, std::chrono::milliseconds timeout);

} // namespace amana::chain
