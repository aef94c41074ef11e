// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QSslConfiguration>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

class QNetworkAccessManager;

/// HTTP as other programs speak it: nodes of a chain, of IPFS, gateways. What a failure is called is the caller's: each
/// kind of program has its own errors and words.
namespace amana::net {

enum class HttpProblem {
    Insecure,    ///< without TLS to another machine; nothing was sent
    Unreachable, ///< no connection, or it broke off
    Timeout,     ///< no byte came or went for that long
    Untrusted,   ///< its certificate, or TLS itself
    TooLarge,    ///< more than was allowed for
    Cancelled
};

struct HttpFailure {
    HttpProblem problem = HttpProblem::Unreachable;
    std::string url; ///< without user and query: may stand in an error
    int network = 0; ///< QNetworkReply::NetworkError
};
template <class T>
using HttpResult = tl::expected<T, HttpFailure>;

struct HttpRequest {
    QUrl url;
    QByteArray method = "GET";
    QByteArray body{};
    QByteArray contentType{};
    QByteArray authorization{}; ///< whole header; empty: none
    QByteArray accept{};
    QByteArray range{};         ///< "bytes=100-": of RFC 9110, section 14
    std::chrono::milliseconds idle = std::chrono::seconds(15);
    qint64 maxReply = qint64(64) << 20;
};

struct HttpReply {
    int status = 0;
    QByteArray contentType{};
    QByteArray body{}; ///< with a sink only that of a status other than 2xx, at most 64 KiB of it
    std::optional<std::uint64_t> length{}; ///< as the server told it
};

/// Where a connection may lead: TLS anywhere, without TLS only to this machine.
[[nodiscard]] bool isSecure(const QUrl &url);
/// Without user and query: what may stand in an error.
[[nodiscard]] std::string shownUrl(const QUrl &url);

/// PEM texts; empty ones ask for nothing.
struct TlsMaterial {
    QByteArray authority;         ///< only certificates under it are trusted
    QByteArray clientCertificate; ///< shown to the server, with its key
    QByteArray clientKey;         ///< of RSA or an elliptic curve
};
/// What of it cannot be read ("authority", "client certificate", "client key"), or the configuration.
[[nodiscard]] tl::expected<QSslConfiguration, const char *> tlsWith(const TlsMaterial &material);

/// One set of connections, so that nobody else's requests travel under its certificate. Own User-Agent, no redirects, no
/// cookies, no HTTP/2. Blocks the caller; thread-safe. Any HTTP status is a reply.
class HttpClient {
public:
    explicit HttpClient(std::optional<QSslConfiguration> tls = {});
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Progress counts bytes of the request's body, or what is received when it has none.
    [[nodiscard]] HttpResult<HttpReply> send(const HttpRequest &request, const Progress &progress = {});

    /// Takes a piece of a reply with a status 2xx; false ends the transfer (HttpProblem::Cancelled).
    using Sink = std::function<bool(ByteView)>;
    /// As send, but the body goes to `sink` piece by piece, in the caller's thread and at the caller's pace: at most a
    /// few MiB wait. Progress counts bytes of the request's body, or what is received when it has none.
    [[nodiscard]] HttpResult<HttpReply> receive(const HttpRequest &request, const Sink &sink,
                                                const Progress &progress = {});

private:
    QNetworkAccessManager *m_manager; // lives in the network thread
    std::optional<QSslConfiguration> m_tls;
};

} // namespace amana::net
