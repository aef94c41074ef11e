// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_server.h"

#include "core/net/connection_watch.h"

#include <microhttpd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

namespace amana::net {

namespace {

constexpr std::size_t kStreamBlock = 64u << 10;
constexpr std::size_t kDiscardFactor = 16; ///< so many times the limit of a body is read over, to answer 413 in peace

struct Listening {
    sockaddr_storage address{};
    bool loopback = false;
    bool everyFamily = false;
};

std::optional<Listening> listeningAt(const std::string &address, std::uint16_t port)
{
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const std::string numeric = address == "localhost" ? "127.0.0.1" : address;
    if (numeric.empty() || ::getaddrinfo(numeric.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
        return {};
    Listening at;
    std::memcpy(&at.address, found->ai_addr, found->ai_addrlen);
    ::freeaddrinfo(found);
    if (at.address.ss_family == AF_INET) {
        const auto *v4 = reinterpret_cast<const sockaddr_in *>(&at.address);
        at.loopback = (ntohl(v4->sin_addr.s_addr) >> 24) == 127;
    } else {
        const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(&at.address);
        at.loopback = IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
        at.everyFamily = IN6_IS_ADDR_UNSPECIFIED(&v6->sin6_addr);
    }
    return at;
}

std::string peerOf(MHD_Connection *connection)
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == nullptr || info->client_addr == nullptr)
        return {};
    const sockaddr *address = info->client_addr;
    char text[NI_MAXHOST] = "";
    const socklen_t size = address->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    if (::getnameinfo(address, size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
        return {};
    const std::string peer(text);
    return peer.starts_with("::ffff:") ? peer.substr(7) : peer;
}

MHD_Result collect(void *into, MHD_ValueKind, const char *name, const char *value)
{
    static_cast<HttpFields *>(into)->emplace_back(QByteArray(name), QByteArray(value == nullptr ? "" : value));
    return MHD_YES;
}

/// What is sent piece by piece, and where in a piece we are.
struct Stream {
    ServerReply::Source source;
    const std::atomic<bool> *stopping;
    QByteArray piece{};
    qsizetype at = 0;

    ssize_t read(char *out, std::size_t space)
    {
        if (*stopping)
            return MHD_CONTENT_READER_END_WITH_ERROR;
        if (at == piece.size()) {
            auto next = source();
            if (!next)
                return MHD_CONTENT_READER_END_WITH_ERROR;
            piece = std::move(*next);
            at = 0;
        }
        if (piece.isEmpty())
            return MHD_CONTENT_READER_END_OF_STREAM;
        const auto taken = std::min<qsizetype>(static_cast<qsizetype>(space), piece.size() - at);
        std::memcpy(out, piece.constData() + at, static_cast<std::size_t>(taken));
        at += taken;
        return taken;
    }
};

// C code calls these: an exception (out of memory) must end here, as a connection that is cut.
ssize_t readStream(void *stream, std::uint64_t, char *out, std::size_t space)
try {
    return static_cast<Stream *>(stream)->read(out, space);
} catch (...) {
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

void freeStream(void *stream)
{
    delete static_cast<Stream *>(stream);
}

/// Paths and queries stay as they were sent: one place decodes them, and knows about NUL.
std::size_t keepEscapes(void *, MHD_Connection *, char *text)
{
    return std::strlen(text);
}

MHD_Response *responseOf(ServerReply &reply, const std::atomic<bool> &stopping)
{
    if (!reply.source)
        return MHD_create_response_from_buffer(static_cast<std::size_t>(reply.body.size()), reply.body.data(),
                                               MHD_RESPMEM_MUST_COPY);
    auto *stream = new Stream{std::move(reply.source), &stopping};
    MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kStreamBlock, readStream, stream, freeStream);
    if (response == nullptr)
        delete stream;
    return response;
}

} // namespace

QByteArray ServerRequest::header(std::string_view name) const
{
    for (const auto &[key, value] : headers)
        if (key.compare(QByteArray(name.data(), static_cast<qsizetype>(name.size())), Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

bool ServerRequest::has(std::string_view name) const
{
    return std::any_of(headers.begin(), headers.end(), [&](const auto &field) {
        return field.first.compare(QByteArray(name.data(), static_cast<qsizetype>(name.size())), Qt::CaseInsensitive) == 0;
    });
}

struct HttpServer::State {
    ServerOptions options;
    ServeRequest handler;
    QByteArray keyText; // with the NUL that C wants; wiped at the end
    std::atomic<bool> stopping = false;
    ConnectionWatch watch;
    MHD_Daemon *daemon = nullptr;
    std::uint16_t port = 0;

    State(ServerOptions given, ServeRequest serve)
        : options(std::move(given)), handler(std::move(serve)), watch(options.arrival)
    {
        keyText = QByteArray(options.key.text().data(), static_cast<qsizetype>(options.key.size()));
    }
    ~State() { secureWipe(keyText.data(), static_cast<std::size_t>(keyText.size())); }

    /// One request under way.
    struct Exchange {
        ServerRequest request;
        std::size_t received = 0;
    };

    MHD_Result queue(MHD_Connection *connection, ServerReply &&reply) const
    {
        MHD_Response *response = responseOf(reply, stopping);
        if (response == nullptr)
            return MHD_NO;
        if (!reply.contentType.isEmpty())
            reply.headers.emplace_back("Content-Type", reply.contentType);
        for (const auto &[name, value] : reply.headers)
            MHD_add_response_header(response, name.constData(), value.constData());
        const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(reply.status), response);
        MHD_destroy_response(response);
        return queued;
    }

    /// The head is here. Nothing when the body may come.
    [[nodiscard]] int refusal(const char *version, const ServerRequest &request) const
    {
        if (std::strcmp(version, MHD_HTTP_VERSION_1_1) != 0)
            return 505;
        bool number = true;
        const QByteArray length = request.header("Content-Length");
        const qulonglong size = length.isEmpty() ? 0 : length.toULongLong(&number);
        return !number ? 400 : size > options.maxBody ? 413 : 0;
    }

    MHD_Result begin(MHD_Connection *connection, const char *path, const char *method, const char *version,
                     void **context) const
    {
        auto exchange = std::make_unique<Exchange>();
        ServerRequest &request = exchange->request;
        request.method = method;
        request.path = path;
        request.peer = peerOf(connection);
        MHD_get_connection_values(connection, MHD_HEADER_KIND, collect, &request.headers);
        MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, collect, &request.query);
        const int refused = refusal(version, request);
        *context = exchange.release(); // until completed()
        return refused == 0 ? MHD_YES : queue(connection, {.status = refused, .headers = {{"Connection", "close"}}});
    }

    MHD_Result take(Exchange &exchange, const char *bytes, std::size_t *size) const
    {
        exchange.received += *size;
        if (exchange.received > options.maxBody * kDiscardFactor)
            return MHD_NO;
        if (exchange.received <= options.maxBody)
            exchange.request.body.append(bytes, static_cast<qsizetype>(*size));
        *size = 0;
        return MHD_YES;
    }

    MHD_Result answer(MHD_Connection *connection, const Exchange &exchange)
    {
        watch.requestIsHere(connection);
        if (exchange.received > options.maxBody)
            return queue(connection, {.status = 413, .headers = {{"Connection", "close"}}});
        return queue(connection, handler(exchange.request));
    }

    static MHD_Result onRequest(void *self, MHD_Connection *connection, const char *path, const char *method,
                                const char *version, const char *bytes, std::size_t *size, void **context)
    try {
        auto &state = *static_cast<State *>(self);
        if (*context == nullptr)
            return state.begin(connection, path, method, version, context);
        auto &exchange = *static_cast<Exchange *>(*context);
        return *size > 0 ? state.take(exchange, bytes, size) : state.answer(connection, exchange);
    } catch (...) {
        return MHD_NO;
    }

    static void completed(void *self, MHD_Connection *connection, void **context, MHD_RequestTerminationCode)
    {
        delete static_cast<Exchange *>(*context);
        *context = nullptr;
        static_cast<State *>(self)->watch.requestIsDone(connection);
    }

    static void connected(void *self, MHD_Connection *connection, void **, MHD_ConnectionNotificationCode what)
    {
        auto &watch = static_cast<State *>(self)->watch;
        if (what == MHD_CONNECTION_NOTIFY_CLOSED)
            return watch.closing(connection);
        if (const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD))
            watch.opened(connection, info->connect_fd);
    }

    bool listen(const Listening &at)
    {
        // A thread a connection: handlers and sources may block, and a slow reader keeps nobody else waiting.
        unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC;
        if (at.address.ss_family == AF_INET6)
            flags |= at.everyFamily ? unsigned(MHD_USE_DUAL_STACK) : unsigned(MHD_USE_IPv6);
        std::vector<MHD_OptionItem> items;
        const auto text = [](const char *value) { return const_cast<char *>(value); }; // C reads only
        if (!options.certificate.isEmpty()) {
            flags |= MHD_USE_TLS;
            items.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, text(options.certificate.constData())});
            items.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, text(keyText.constData())});
            items.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, text("NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2")});
        }
        items.push_back({MHD_OPTION_END, 0, nullptr});
        daemon = MHD_start_daemon(
            flags, 0, nullptr, nullptr, &State::onRequest, this, MHD_OPTION_SOCK_ADDR, &at.address,
            MHD_OPTION_NOTIFY_COMPLETED, &State::completed, this, MHD_OPTION_NOTIFY_CONNECTION, &State::connected, this,
            MHD_OPTION_UNESCAPE_CALLBACK, &keepEscapes, nullptr, MHD_OPTION_CONNECTION_LIMIT, options.connections,
            MHD_OPTION_PER_IP_CONNECTION_LIMIT, options.connectionsPerAddress, MHD_OPTION_CONNECTION_TIMEOUT,
            static_cast<unsigned>(options.idle.count()), MHD_OPTION_CONNECTION_MEMORY_LIMIT, options.maxHead,
            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, items.data(), MHD_OPTION_END);
        const auto *bound = daemon == nullptr ? nullptr : MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
        port = bound == nullptr ? std::uint16_t(0) : bound->port;
        return port != 0;
    }

    void end()
    {
        const MHD_socket listener = MHD_quiesce_daemon(daemon);
        const auto patience = std::chrono::steady_clock::now() + options.grace;
        while (watch.answering() > 0 && std::chrono::steady_clock::now() < patience)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        stopping = true;
        MHD_stop_daemon(daemon);
        if (listener != MHD_INVALID_SOCKET)
            ::close(listener);
    }
};

HttpServer::HttpServer(std::unique_ptr<State> state) : m_state(std::move(state)) {}

HttpServer::~HttpServer()
{
    if (m_state->daemon != nullptr)
        m_state->end();
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(ServerOptions options, ServeRequest handler)
{
    const auto cannot = fail(ErrorCode::GatewayCannotListen,
                             {{"address", options.address}, {"port", std::to_string(options.port)}});
    const auto at = listeningAt(options.address, options.port);
    if (!at || options.certificate.isEmpty() != options.key.empty())
        return cannot;
    if (!at->loopback && options.certificate.isEmpty())
        return fail(ErrorCode::GatewayNeedsTls, {{"address", options.address}});
    std::unique_ptr<HttpServer> server(
        new HttpServer(std::make_unique<State>(std::move(options), std::move(handler))));
    if (!server->m_state->listen(*at))
        return cannot;
    return server;
}

std::uint16_t HttpServer::port() const
{
    return m_state->port;
}

bool HttpServer::hasTls() const
{
    return !m_state->options.certificate.isEmpty();
}

} // namespace amana::net
