// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"

#include <QSslConfiguration>

namespace amana::net {

/// Certificates as `access` asks for them: nothing when it asks for nothing. `untrusted`{what} when a certificate or key
/// of ours cannot be read; errors of ReadSecret.
[[nodiscard]] Result<std::optional<QSslConfiguration>> tlsOf(const Access &access, const ReadSecret &secrets,
                                                             ErrorCode untrusted);

} // namespace amana::net
