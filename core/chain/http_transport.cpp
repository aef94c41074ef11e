// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/login.h"
#include "core/chain/transport.h"

namespace amana::chain {

namespace {

constexpr int kUnauthorized = 401;

class HttpTransport final : public Transport {
public:
    HttpTransport(const QUrl &url, const net::Access &access, const net::ReadSecret &secrets)
        : m_url(url), m_credentials(url, access, secrets)
    {
    }

    Result<QByteArray> exchange(const QByteArray &text, std::chrono::milliseconds timeout) override
    {
        AMANA_CHECK(checkSecure(m_url)); // before any secret is read
        AMANA_TRY(const auto http, m_credentials.client());
        for (int attempt = 1;; ++attempt) {
            AMANA_TRY(const QByteArray authorization, m_credentials.authorization(timeout));
            AMANA_TRY(net::HttpReply reply, postJson(*http, m_url, text, authorization, timeout));
            if (reply.status != kUnauthorized)
                return bodyOf(std::move(reply));
            if (!m_credentials.renew(authorization) || attempt == 2)
                return fail(ErrorCode::ChainUnauthorized, {{"url", net::shownUrl(m_url)}});
        }
    }

private:
    /// Nodes send errors in JSON under many a status; a page of words is none of theirs.
    Result<QByteArray> bodyOf(net::HttpReply reply) const
    {
        const bool json = reply.body.startsWith('{') || reply.body.startsWith('[');
        if (reply.status / 100 == 2 || json)
            return std::move(reply.body);
        return fail(ErrorCode::ChainBadReply,
                    {{"url", net::shownUrl(m_url)}, {"what", "HTTP " + std::to_string(reply.status)}});
    }

    const QUrl m_url;
    Credentials m_credentials;
};

} // namespace

std::unique_ptr<Transport> makeHttpTransport(const std::string &url, const net::Access &access,
                                             const net::ReadSecret &secrets)
{
    return std::make_unique<HttpTransport>(QUrl(QString::fromStdString(url)), access, secrets);
}

} // namespace amana::chain
