// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/http.h"

#include "core/chain/network_thread.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslKey>

#include <future>
#include <memory>

namespace amana::chain {

namespace {

constexpr qint64 kMaxReply = qint64(64) << 20;

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QNetworkRequest requestFor(const QUrl &url, const QByteArray &authorization,
                           std::chrono::milliseconds timeout)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    // Qt would say "Mozilla/5.0", which some nodes refuse.
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Amana/0.1"));
    if (!authorization.isEmpty())
        request.setRawHeader("Authorization", authorization);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    // Else Qt would ask the manager for a user name when it reads 401.
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setTransferTimeout(static_cast<int>(timeout.count()));
    return request;
}

Result<HttpReply> finish(QNetworkReply &reply)
{
    const std::string url = shownUrl(reply.url());
    if (reply.property("tooLarge").toBool())
        return fail(ErrorCode::ChainBadReply, {{"url", url}, {"what", "size"}});
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (status.isValid() && reply.error() != QNetworkReply::RemoteHostClosedError)
        return HttpReply{status.toInt(), reply.readAll()};
    // Qt ends a transfer that takes too long as "cancelled"; nothing else here cancels.
    if (reply.error() == QNetworkReply::OperationCanceledError
        || reply.error() == QNetworkReply::TimeoutError)
        return fail(ErrorCode::ChainTimeout, {{"url", url}});
    if (reply.error() == QNetworkReply::SslHandshakeFailedError)
        return fail(ErrorCode::ChainUntrusted, {{"url", url}, {"what", "TLS"}});
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

tl::unexpected<Error> untrusted(const char *what)
{
    return fail(ErrorCode::ChainUntrusted, {{"what", what}});
}

} // namespace

Status checkSecure(const QUrl &url)
{
    const QString scheme = url.scheme();
    const bool tls = scheme == QLatin1String("https") || scheme == QLatin1String("wss");
    const bool plain = scheme == QLatin1String("http") || scheme == QLatin1String("ws");
    if (tls || (plain && isLoopback(url.host())))
        return {};
    return fail(ErrorCode::NetworkInsecure, {{"url", shownUrl(url)}});
}

std::string shownUrl(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString();
}

Result<std::optional<QSslConfiguration>> tlsOf(const NodeAccess &access, const ReadSecret &secrets)
{
    if (access.authority.empty() && access.clientCertificate.empty())
        return std::optional<QSslConfiguration>();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!access.authority.empty()) {
        const auto pinned = QSslCertificate::fromData(QByteArray::fromStdString(access.authority), QSsl::Pem);
        if (pinned.isEmpty())
            return untrusted("authority");
        tls.setCaCertificates(pinned);
    }
    if (!access.clientCertificate.empty()) {
        const auto chain =
            QSslCertificate::fromData(QByteArray::fromStdString(access.clientCertificate), QSsl::Pem);
        if (chain.isEmpty() || !secrets)
            return untrusted("client certificate");
        AMANA_TRY(const SecretBytes pem, secrets(access.clientKey));
        const auto text = QByteArray::fromRawData(pem.text().data(), static_cast<qsizetype>(pem.size()));
        QSslKey key(text, QSsl::Rsa, QSsl::Pem);
        if (key.isNull())
            key = QSslKey(text, QSsl::Ec, QSsl::Pem);
        if (key.isNull())
            return untrusted("client key");
        tls.setLocalCertificateChain(chain);
        tls.setPrivateKey(key);
    }
    return std::optional(tls);
}

HttpClient::HttpClient(std::optional<QSslConfiguration> tls)
    : m_manager(new QNetworkAccessManager), m_tls(std::move(tls))
{
    m_manager->setAutoDeleteReplies(false);
    if (!NetworkThread::instance().adopt(m_manager)) {
        delete m_manager;
        m_manager = nullptr;
    }
}

HttpClient::~HttpClient()
{
    // When the thread has ended, it has taken the manager with it.
    NetworkThread::instance().run([manager = m_manager] { delete manager; });
}

Result<HttpReply> HttpClient::post(const QUrl &url, const QByteArray &body, const QByteArray &authorization,
                                   std::chrono::milliseconds timeout)
{
    AMANA_CHECK(checkSecure(url));
    QNetworkRequest request = requestFor(url, authorization, timeout);
    if (m_tls)
        request.setSslConfiguration(*m_tls);
    const auto promise =
        std::make_shared<std::promise<Result<HttpReply>>>(); // shared by this thread and the other
    auto future = promise->get_future();
    const auto work = [manager = m_manager, request, body, promise] {
        start(*manager, request, body, promise);
    };
    if (m_manager == nullptr || !NetworkThread::instance().run(work))
        return fail(ErrorCode::ChainUnreachable, {{"url", shownUrl(url)}});
    // The transfer has its own time limit; this one is for a reply that trickles, and for the end of the
    // program.
    if (future.wait_for(timeout * 4) != std::future_status::ready)
        return fail(ErrorCode::ChainTimeout, {{"url", shownUrl(url)}});
    return future.get();
}

} // namespace amana::chain
