// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <string_view>

/// What only recovery phrases, key trees and key files need (BIP-39, BIP-32, Web3 Secret Storage).
namespace amana::crypto {

/// HMAC-SHA-512, 64 bytes.
[[nodiscard]] SecretBytes hmacSha512(ByteView key, ByteView data);
/// PBKDF2 with HMAC-SHA-512 (RFC 8018, section 5.2), 64 bytes.
[[nodiscard]] SecretBytes pbkdf2Sha512(std::string_view password, ByteView salt, unsigned iterations);
/// PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2).
[[nodiscard]] SecretBytes pbkdf2Sha256(ByteView password, ByteView salt, unsigned iterations, std::size_t size);

/// What an scrypt costs: 128·n·r bytes of memory, and time by n·r·p.
struct ScryptCost {
    std::uint64_t n = 1; ///< a power of two above 1
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};
/// scrypt (RFC 7914), also with n ≥ 2^16r, which the RFC excludes, OpenSSL refuses and old key files have. The cost
/// is the caller's to bound. CryptoFailed when there is not the memory.
[[nodiscard]] Result<SecretBytes> scryptOfCost(ByteView password, ByteView salt, ScryptCost cost, std::size_t size);

/// AES-128 in counter mode (NIST SP 800-38A, section 6.5), 16 bytes of key and of first counter block. Encrypting and
/// decrypting are the same; nothing is authenticated.
[[nodiscard]] SecretBytes aes128Ctr(ByteView key, ByteView counter, ByteView data);
/// RIPEMD-160(SHA-256(bytes)), 20 bytes: the key fingerprint of BIP-32.
[[nodiscard]] QByteArray hash160(ByteView bytes);

} // namespace amana::crypto
