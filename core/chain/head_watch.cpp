// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/head_watch.h"

#include "core/chain/login.h"
#include "core/net/access_tls.h"

#include <nlohmann/json.hpp>

#include <QNetworkRequest>
#include <QThread>
#include <QTimer>
#include <QWebSocket>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace amana::chain {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr quint64 kMaxMessage = quint64(1) << 20; // a head is 2 KiB
constexpr milliseconds kFirstRetry(1000);
constexpr milliseconds kLastRetry(30000);
constexpr milliseconds kPing(30000);
constexpr milliseconds kLoginTimeout(15000);

/// The login of a WebSocket is made at the same node over HTTP.
QUrl httpOf(QUrl url)
{
    url.setScheme(url.scheme() == QLatin1String("wss") ? QStringLiteral("https") : QStringLiteral("http"));
    return url;
}

} // namespace

/// A thread of its own: reading secrets and logging in block, and the network thread carries that very login.
class HeadWatch::Listener : public QThread {
public:
    Listener(const QUrl &url, const net::Access &access, const net::ReadSecret &secrets)
        : m_url(url), m_access(access), m_secrets(secrets), m_credentials(httpOf(url), access, secrets)
    {
        setObjectName(QStringLiteral("chain-heads"));
    }
    void end()
    {
        requestInterruption();
        quit();
        m_changed.notify_all();
        QThread::wait();
    }
    bool waitForHead(milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, patience, [this] { return m_announced; });
        return std::exchange(m_announced, false);
    }
    bool isListening() const
    {
        const std::lock_guard guard(m_mutex);
        return m_listening;
    }

protected:
    void run() override
    {
        for (milliseconds pause = kFirstRetry; !isInterruptionRequested();) {
            const bool listened = connectAndListen();
            pause = listened ? kFirstRetry : std::min(pause * 2, kLastRetry);
            std::unique_lock lock(m_mutex);
            m_changed.wait_for(lock, pause, [this] { return isInterruptionRequested(); });
        }
    }

private:
    [[nodiscard]] std::optional<QNetworkRequest> request()
    {
        const auto tls = net::tlsOf(m_access, m_secrets, ErrorCode::ChainUntrusted);
        const auto authorization = m_credentials.authorization(kLoginTimeout);
        if (!checkSecure(m_url) || !tls || !authorization)
            return std::nullopt;
        QNetworkRequest request(m_url);
        request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Amana/0.1"));
        if (!authorization->isEmpty())
            request.setRawHeader("Authorization", *authorization);
        if (*tls)
            request.setSslConfiguration(**tls);
        return request;
    }

    /// Until the connection is lost; whether there was one.
    bool connectAndListen()
    {
        const auto opening = request();
        if (!opening)
            return false;
        QWebSocket socket;
        socket.setMaxAllowedIncomingFrameSize(kMaxMessage);
        socket.setMaxAllowedIncomingMessageSize(kMaxMessage);
        QTimer ping;
        bool answered = true;
        connect(&socket, &QWebSocket::connected, &socket, [&] {
            const json subscribe{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "eth_subscribe"}, {"params", {"newHeads"}}};
            socket.sendTextMessage(QString::fromStdString(subscribe.dump()));
            ping.start(kPing);
        });
        connect(&socket, &QWebSocket::textMessageReceived, &socket,
                [this](const QString &text) { hear(text.toStdString()); });
        connect(&socket, &QWebSocket::pong, &socket, [&answered] { answered = true; });
        connect(&ping, &QTimer::timeout, &socket, [&] { // a connection that died without a word
            if (!std::exchange(answered, false))
                return quit();
            socket.ping();
        });
        connect(&socket, &QWebSocket::disconnected, &socket, [this] { quit(); });
        socket.open(*opening);
        exec();
        disconnect(&socket, nullptr, nullptr, nullptr);
        socket.abort();
        const std::lock_guard guard(m_mutex);
        if (!m_listening)
            (void)m_credentials.renew(opening->rawHeader("Authorization")); // perhaps it had run out
        return std::exchange(m_listening, false);
    }

    void hear(const std::string &text)
    {
        const json message = json::parse(text, nullptr, false);
        if (!message.is_object())
            return;
        const std::lock_guard guard(m_mutex);
        m_listening = m_listening || message.contains("result");
        m_announced = m_announced || message.contains("method");
        m_changed.notify_all();
    }

    const QUrl m_url;
    const net::Access m_access;
    const net::ReadSecret m_secrets;
    Credentials m_credentials;
    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    bool m_announced = false;
    bool m_listening = false;
};

HeadWatch::HeadWatch(const std::string &url, const net::Access &access, const net::ReadSecret &secrets)
    : m_listener(std::make_unique<Listener>(QUrl(QString::fromStdString(url)), access, secrets))
{
    m_listener->start();
}

HeadWatch::~HeadWatch()
{
    m_listener->end();
}

bool HeadWatch::wait(milliseconds patience)
{
    return m_listener->waitForHead(patience);
}

bool HeadWatch::isListening() const
{
    return m_listener->isListening();
}

} // namespace amana::chain
