// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/http.h"

#include <memory>
#include <mutex>

namespace amana::chain {

/// What lets us in at one node: the Authorization header of its requests. Thread-safe. Internal to
/// core/chain.
class Credentials {
public:
    Credentials(QUrl node, net::Access access, net::ReadSecret secrets)
        : m_node(std::move(node)), m_access(std::move(access)), m_secrets(std::move(secrets))
    {
    }

    /// The client for this node, made at first use: its certificates are read then. Errors of tlsOf.
    [[nodiscard]] Result<std::shared_ptr<net::HttpClient>> client();
    /// "Bearer …", or empty. A password is changed for a token at `<node>/login`; the token is kept until the
    /// node refuses it. ChainUnauthorized{url}, errors of net::ReadSecret and postJson.
    [[nodiscard]] Result<QByteArray> authorization(std::chrono::milliseconds timeout);
    /// The node refused `header`. Whether another try makes sense: a token may have run out, nothing else.
    [[nodiscard]] bool renew(const QByteArray &header);

private:
    [[nodiscard]] Result<SecretBytes> secret() const;
    [[nodiscard]] Result<QByteArray> logIn(net::HttpClient &http, std::chrono::milliseconds timeout) const;

    const QUrl m_node;
    const net::Access m_access;
    const net::ReadSecret m_secrets;
    std::mutex m_mutex; // one login at a time; guards what follows
    std::shared_ptr<net::HttpClient> m_client; // shared with the calls under way
    QByteArray m_header;
};

} // namespace amana::chain
