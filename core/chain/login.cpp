// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/login.h"

#include "core/net/access_tls.h"

#include <nlohmann/json.hpp>

namespace amana::chain {

namespace {

using nlohmann::json;

/// All who show nothing and pin nothing share their connections.
std::shared_ptr<net::HttpClient> plainClient()
{
    static const auto shared = std::make_shared<net::HttpClient>();
    return shared;
}

} // namespace

Result<std::shared_ptr<net::HttpClient>> Credentials::client()
{
    const std::lock_guard guard(m_mutex);
    if (m_client)
        return m_client;
    AMANA_TRY(auto tls, net::tlsOf(m_access, m_secrets, ErrorCode::ChainUntrusted));
    m_client = tls ? std::make_shared<net::HttpClient>(std::move(tls)) : plainClient();
    return m_client;
}

Result<SecretBytes> Credentials::secret() const
{
    if (!m_secrets)
        return fail(ErrorCode::ChainUnauthorized, {{"url", net::shownUrl(m_node)}});
    return m_secrets(m_access.secret);
}

Result<QByteArray> Credentials::logIn(net::HttpClient &http, std::chrono::milliseconds timeout) const
{
    AMANA_TRY(const SecretBytes password, secret());
    const json request{{"username", m_access.user}, {"password", password.text()}};
    // The copies in the request cannot be wiped: Qt keeps its own until the reply is gone.
    const std::string body = request.dump(-1, ' ', false, json::error_handler_t::replace);
    QUrl address = m_node;
    address.setPath(QStringLiteral("/login"));
    address.setQuery(QString());
    auto reply = postJson(http, address, QByteArray::fromStdString(body), {}, timeout);
    if (!reply)
        return fail(std::move(reply).error());
    const json answer = json::parse(reply->body.begin(), reply->body.end(), nullptr, false);
    const bool given = reply->status == 200 && answer.is_object() && answer.contains("token") && answer["token"].is_string();
    const auto header = given ? net::bearerOf(answer["token"].get_ref<const std::string &>()) : std::nullopt;
    if (!header)
        return fail(ErrorCode::ChainUnauthorized,
                    {{"url", net::shownUrl(m_node)}, {"httpStatus", std::to_string(reply->status)}});
    return *header;
}

Result<QByteArray> Credentials::authorization(std::chrono::milliseconds timeout)
{
    if (m_access.login == net::Access::Login::None)
        return QByteArray();
    AMANA_TRY(const auto http, client());
    const std::lock_guard guard(m_mutex);
    if (!m_header.isEmpty())
        return m_header;
    if (m_access.login == net::Access::Login::Password) {
        AMANA_TRY(m_header, logIn(*http, timeout));
        return m_header;
    }
    const auto header = net::authorizationOf(m_access, m_secrets);
    if (!header)
        return fail(ErrorCode::ChainUnauthorized, {{"url", net::shownUrl(m_node)}});
    m_header = *header;
    return m_header;
}

bool Credentials::renew(const QByteArray &header)
{
    const std::lock_guard guard(m_mutex);
    if (m_header == header) // else another thread has a newer one already
        m_header.clear();
    return m_access.login != net::Access::Login::None;
}

} // namespace amana::chain
