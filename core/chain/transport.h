// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"

#include <QByteArray>

#include <chrono>
#include <memory>
#include <string>

/// One way to one node. Internal to core/chain.
namespace amana::chain {

class Transport {
public:
    virtual ~Transport() = default;
    /// Sends one JSON text and blocks until the text of the reply is there; thread-safe. NetworkInsecure
    /// (without TLS to another machine), ChainUnreachable{url,network}, ChainUntrusted{url},
    /// ChainUnauthorized{url}, ChainTimeout{url}, ChainBadReply (more than 64 MiB); errors of net::ReadSecret.
    [[nodiscard]] virtual Result<QByteArray> exchange(const QByteArray &text,
                                                      std::chrono::milliseconds timeout) = 0;
};

[[nodiscard]] std::unique_ptr<Transport> makeHttpTransport(const std::string &url, const net::Access &access,
                                                           const net::ReadSecret &secrets);

} // namespace amana::chain
