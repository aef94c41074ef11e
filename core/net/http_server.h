// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// HTTP/1.1 for others to ask us (RFC 9110, RFC 9112), on libmicrohttpd.
namespace amana::net {

using HttpFields = std::vector<std::pair<QByteArray, QByteArray>>;

/// A whole request, within the limits of the server.
struct ServerRequest {
    QByteArray method; ///< as sent: "GET"
    QByteArray path;   ///< as sent, percent-encoded, without the query
    HttpFields query;  ///< as sent, percent-encoded
    HttpFields headers;
    QByteArray body;
    std::string peer; ///< numeric address of the other side, IPv4 also where it came through IPv6; no port

    /// The value of a header (names know no case), "" when it is absent; of several the first.
    [[nodiscard]] QByteArray header(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
};

struct ServerReply {
    int status = 200;
    QByteArray contentType{};
    HttpFields headers{};
    QByteArray body{};
    /// When set, the body comes from here: pieces until an empty one. Asked only as fast as the other side reads, in a
    /// thread of that connection; may block. A failure cuts the connection, so that what was sent is never taken for a
    /// whole (the last chunk is missing). Not asked for HEAD.
    using Source = std::function<Result<QByteArray>()>;
    Source source{};
};

struct ServerOptions {
    std::string address = "127.0.0.1"; ///< numeric, or "localhost"; "0.0.0.0" and "::" are all of this computer
    std::uint16_t port = 0;            ///< 0: any that is free
    QByteArray certificate{};          ///< PEM, with the chain; with it TLS 1.2 or 1.3 is spoken, and nothing else
    SecretBytes key{};                 ///< PEM
    unsigned connections = 64;
    unsigned connectionsPerAddress = 16;
    std::size_t maxHead = 32u << 10;                              ///< request line and headers (and our own buffers)
    std::size_t maxBody = 64u << 10;                              ///< 413 above it
    std::chrono::seconds idle{30};                                ///< nothing moves for that long: cut
    std::chrono::milliseconds arrival = std::chrono::seconds(20); ///< a request has to be whole by then: cut
    std::chrono::milliseconds grace = std::chrono::seconds(3);    ///< for answers under way when it ends
};

/// Called in a thread of its connection, of several at once; may block.
using ServeRequest = std::function<ServerReply(const ServerRequest &)>;

/// Listens from start() to its end. Requests that are malformed, too large, too slow or of HTTP/1.0 (which cannot tell a
/// broken body from a whole one) never reach the handler.
class HttpServer {
public:
    /// GatewayNeedsTls{address} for another address than loopback without a certificate; GatewayCannotListen{address,
    /// port} when the port is taken, the address not of this computer, or the certificate and key no pair.
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(ServerOptions options, ServeRequest handler);
    /// Takes no new connections, lets answers under way end for `grace`, then cuts.
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] bool hasTls() const;

private:
    struct State;
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace amana::net
