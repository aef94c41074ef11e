// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/access.h"

#include <QByteArray>
#include <QSslConfiguration>
#include <QUrl>

#include <chrono>
#include <optional>

class QNetworkAccessManager;

/// HTTP as the chain's nodes speak it. Internal to core/chain.
namespace amana::chain {

struct HttpReply {
    int status = 0;
    QByteArray body;
};

/// Where a connection may lead: TLS anywhere, without TLS only to this machine. NetworkInsecure{url}.
[[nodiscard]] Status checkSecure(const QUrl &url);
/// Without user and query: what may stand in an error.
[[nodiscard]] std::string shownUrl(const QUrl &url);
/// Certificates as `access` asks for them: nothing when it asks for nothing. ChainUntrusted{what} when a
/// certificate or key of ours cannot be read; errors of ReadSecret.
[[nodiscard]] Result<std::optional<QSslConfiguration>> tlsOf(const NodeAccess &access,
                                                             const ReadSecret &secrets);

/// POSTs; its connections are its own, so that nobody else's requests travel under its certificate.
class HttpClient {
public:
    explicit HttpClient(std::optional<QSslConfiguration> tls = {});
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Blocks the caller; thread-safe. Own User-Agent, no redirects, no cookies. Any HTTP status is a reply.
    /// Errors of Transport::exchange but ChainUnauthorized.
    [[nodiscard]] Result<HttpReply> post(const QUrl &url, const QByteArray &body,
                                         const QByteArray &authorization, std::chrono::milliseconds timeout);

private:
    QNetworkAccessManager *m_manager; // lives in the network thread
    std::optional<QSslConfiguration> m_tls;
};

} // namespace amana::chain
