// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <optional>

namespace amana::crypto {

using X25519Point = std::array<std::uint8_t, 32>;

/// The public point of a 32-byte private scalar (RFC 7748).
[[nodiscard]] X25519Point x25519Public(ByteView secret);

/// The shared secret; none when it would be all zero (a point of low order), which must be refused.
[[nodiscard]] std::optional<SecretBytes> x25519Shared(ByteView secret, ByteView point);

} // namespace amana::crypto
