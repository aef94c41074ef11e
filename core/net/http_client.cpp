// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_client.h"

#include "core/net/http_transfer.h"
#include "core/net/network_thread.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslKey>

namespace amana::net {

namespace {

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QNetworkRequest qtRequest(const HttpRequest &request)
{
    QNetworkRequest made(request.url);
    if (!request.contentType.isEmpty())
        made.setHeader(QNetworkRequest::ContentTypeHeader, request.contentType);
    // Qt would say "Mozilla/5.0", which some nodes refuse.
    made.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Amana/0.1"));
    for (const auto &[name, value] : {std::pair<const char *, const QByteArray &>{"Authorization", request.authorization},
                                      {"Accept", request.accept},
                                      {"Range", request.range}})
        if (!value.isEmpty())
            made.setRawHeader(name, value);
    made.setRawHeader("Accept-Encoding", "identity"); // what is counted and hashed are the bytes themselves
    made.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    // Else Qt would ask the manager for a user name when it reads 401.
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    made.setTransferTimeout(static_cast<int>(request.idle.count()));
    return made;
}

HttpFailure failed(HttpProblem problem, const QUrl &url)
{
    return {problem, shownUrl(url), 0};
}

} // namespace

bool isSecure(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("https") || scheme == QLatin1String("wss"))
        return true;
    return (scheme == QLatin1String("http") || scheme == QLatin1String("ws")) && isLoopback(url.host());
}

std::string shownUrl(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString();
}

tl::expected<QSslConfiguration, const char *> tlsWith(const TlsMaterial &material)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!material.authority.isEmpty()) {
        const auto pinned = QSslCertificate::fromData(material.authority, QSsl::Pem);
        if (pinned.isEmpty())
            return tl::unexpected<const char *>("authority");
        tls.setCaCertificates(pinned);
    }
    if (material.clientCertificate.isEmpty())
        return tls;
    const auto chain = QSslCertificate::fromData(material.clientCertificate, QSsl::Pem);
    if (chain.isEmpty())
        return tl::unexpected<const char *>("client certificate");
    QSslKey key(material.clientKey, QSsl::Rsa, QSsl::Pem);
    if (key.isNull())
        key = QSslKey(material.clientKey, QSsl::Ec, QSsl::Pem);
    if (key.isNull())
        return tl::unexpected<const char *>("client key");
    tls.setLocalCertificateChain(chain);
    tls.setPrivateKey(key);
    return tls;
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

HttpResult<HttpReply> HttpClient::send(const HttpRequest &request, const Progress &progress)
{
    QByteArray body;
    auto reply = receive(
        request,
        [&](ByteView piece) {
            body.append(reinterpret_cast<const char *>(piece.data()), static_cast<qsizetype>(piece.size()));
            return true;
        },
        progress);
    if (reply && reply->status / 100 == 2)
        reply->body = std::move(body);
    return reply;
}

HttpResult<HttpReply> HttpClient::receive(const HttpRequest &request, const Sink &sink, const Progress &progress)
{
    if (!isSecure(request.url))
        return tl::unexpected(failed(HttpProblem::Insecure, request.url));
    QNetworkRequest made = qtRequest(request);
    if (m_tls)
        made.setSslConfiguration(*m_tls);
    const auto transfer = std::make_shared<HttpTransfer>(request); // shared by this thread and the other
    const bool running = m_manager != nullptr && NetworkThread::instance().run([manager = m_manager, made, transfer] {
        transfer->start(*manager, made);
    });
    if (!running)
        return tl::unexpected(failed(HttpProblem::Unreachable, request.url));
    return transfer->take(sink, progress);
}

} // namespace amana::net
