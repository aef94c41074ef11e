// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/http.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QThread>

#include <future>
#include <memory>

namespace amana::chain {

namespace {

constexpr qint64 kMaxReply = qint64(64) << 20;

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

/// Owns the access manager and its event loop. A caller waits on a future instead of running an event loop of
/// its own, so nothing re-enters the caller.
class NetworkThread {
public:
    static NetworkThread &instance()
    {
        static NetworkThread thread;
        return thread;
    }

    /// Null once the application object is gone.
    [[nodiscard]] QNetworkAccessManager *manager() const { return m_manager; }

private:
    NetworkThread()
    {
        m_thread.setObjectName(QStringLiteral("chain-network"));
        m_manager = new QNetworkAccessManager;
        m_manager->moveToThread(&m_thread);
        m_thread.start();
        qAddPostRoutine([] { instance().stop(); });
    }
    ~NetworkThread() { stop(); }

    void stop()
    {
        if (!m_thread.isRunning())
            return;
        m_manager->deleteLater();
        m_manager = nullptr;
        m_thread.quit();
        m_thread.wait();
    }

    QThread m_thread;
    QNetworkAccessManager *m_manager = nullptr;
};

QNetworkRequest requestFor(const QUrl &url, std::chrono::milliseconds timeout)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    // Qt would say "Mozilla/5.0", which some nodes refuse.
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Amana/0.1"));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setTransferTimeout(static_cast<int>(timeout.count()));
    return request;
}

Result<HttpReply> finish(QNetworkReply &reply)
{
    const std::string url = reply.url().toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString();
    if (reply.property("tooLarge").toBool())
        return fail(ErrorCode::ChainBadReply, {{"url", url}, {"what", "size"}});
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (status.isValid() && reply.error() != QNetworkReply::RemoteHostClosedError)
        return HttpReply{status.toInt(), reply.readAll()};
    // Qt ends a transfer that takes too long as "cancelled"; nothing else here cancels.
    if (reply.error() == QNetworkReply::OperationCanceledError
        || reply.error() == QNetworkReply::TimeoutError)
        return fail(ErrorCode::ChainTimeout, {{"url", url}});
    return fail(ErrorCode::ChainUnreachable, {{"url", url}, {"network", std::to_string(reply.error())}});
}

void start(QNetworkAccessManager &manager, const QNetworkRequest &request, const QByteArray &body,
           const std::shared_ptr<std::promise<Result<HttpReply>>> &promise)
{
    QNetworkReply *const reply = manager.post(request, body);
    QObject::connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received <= kMaxReply || reply->property("tooLarge").toBool())
            return;
        reply->setProperty("tooLarge", true);
        reply->abort();
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, promise] {
        promise->set_value(finish(*reply));
        reply->deleteLater();
    });
}

} // namespace

Result<HttpReply> postJson(const QUrl &url, const QByteArray &body, std::chrono::milliseconds timeout)
{
    const bool local = isLoopback(url.host());
    if (url.scheme() != QLatin1String("https") && !(url.scheme() == QLatin1String("http") && local))
        return fail(ErrorCode::NetworkInsecure, {{"url", url.toString(QUrl::RemoveUserInfo).toStdString()}});
    QNetworkAccessManager *const manager = NetworkThread::instance().manager();
    if (manager == nullptr)
        return fail(ErrorCode::ChainUnreachable, {{"url", url.toString(QUrl::RemoveUserInfo).toStdString()}});
    const auto promise =
        std::make_shared<std::promise<Result<HttpReply>>>(); // shared by this thread and the other
    auto future = promise->get_future();
    QMetaObject::invokeMethod(
        manager,
        [manager, request = requestFor(url, timeout), body, promise] {
            start(*manager, request, body, promise);
        },
        Qt::QueuedConnection);
    // The transfer has its own time limit; this one is for a reply that trickles, and for the end of the
    // program.
    if (future.wait_for(timeout * 4) != std::future_status::ready)
        return fail(ErrorCode::ChainTimeout, {{"url", url.toString(QUrl::RemoveUserInfo).toStdString()}});
    return future.get();
}

} // namespace amana::chain
