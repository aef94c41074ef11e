// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QUrl>

#include <chrono>

/// One HTTP exchange. Internal to core/chain.
namespace amana::chain {

struct HttpReply {
    int status = 0;
    QByteArray body;
};

/// POSTs JSON and blocks the caller; the work is done by the process's one network thread. Own User-Agent, no
/// redirects. Any HTTP status is a reply. NetworkInsecure (plain http to another machine),
/// ChainUnreachable{url,network}, ChainTimeout{url}, ChainBadReply (more than 64 MiB).
[[nodiscard]] Result<HttpReply> postJson(const QUrl &url, const QByteArray &body,
                                         std::chrono::milliseconds timeout);

} // namespace amana::chain
