// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/access_tls.h"

#include "core/net/http_client.h"

namespace amana::net {

Result<std::optional<QSslConfiguration>> tlsOf(const Access &access, const ReadSecret &secrets, ErrorCode untrusted)
{
    if (access.authority.empty() && access.clientCertificate.empty())
        return std::optional<QSslConfiguration>();
    TlsMaterial material{QByteArray::fromStdString(access.authority),
                         QByteArray::fromStdString(access.clientCertificate),
                         {}};
    SecretBytes key;
    if (!access.clientCertificate.empty()) {
        if (!secrets)
            return fail(untrusted, {{"what", "client certificate"}});
        AMANA_TRY(key, secrets(access.clientKey));
        material.clientKey = QByteArray::fromRawData(key.text().data(), static_cast<qsizetype>(key.size()));
    }
    auto tls = tlsWith(material);
    if (!tls)
        return fail(untrusted, {{"what", tls.error()}});
    return std::optional(std::move(*tls));
}

} // namespace amana::net
