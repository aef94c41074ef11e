// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <string_view>

/// Hashes that only recovery phrases and key trees need (BIP-39, BIP-32).
namespace amana::crypto {

/// HMAC-SHA-512, 64 bytes.
[[nodiscard]] SecretBytes hmacSha512(ByteView key, ByteView data);
/// PBKDF2 with HMAC-SHA-512 (RFC 8018, section 5.2), 64 bytes.
[[nodiscard]] SecretBytes pbkdf2Sha512(std::string_view password, ByteView salt, unsigned iterations);
/// RIPEMD-160(SHA-256(bytes)), 20 bytes: the key fingerprint of BIP-32.
[[nodiscard]] QByteArray hash160(ByteView bytes);

} // namespace amana::crypto
