// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <memory>

namespace amana::crypto {

inline constexpr std::size_t kAeadKeySize = 32;
inline constexpr std::size_t kAeadNonceSize = 12;
inline constexpr std::size_t kAeadTagSize = 16;

/// ChaCha20-Poly1305 (RFC 8439): random 96-bit nonce ‖ ciphertext ‖ tag, so 28 bytes longer than `plain`.
/// With random nonces one key must seal fewer than 2^32 messages. `key` has 32 bytes.
[[nodiscard]] QByteArray seal(ByteView key, ByteView plain, ByteView aad);

/// Opens what seal() made. CryptoFailed when the key, the additional data or one bit differs.
[[nodiscard]] Result<SecretBytes> open(ByteView key, ByteView sealed, ByteView aad);

/// ChaCha20-Poly1305 under one key for many messages, without an allocation per message: for STREAM and the
/// like, where the caller guarantees that no nonce is used twice. Not thread-safe.
class ChaChaPoly {
public:
    explicit ChaChaPoly(ByteView key);
    ~ChaChaPoly();
    ChaChaPoly(const ChaChaPoly &) = delete;
    ChaChaPoly &operator=(const ChaChaPoly &) = delete;

    /// `out` has plain.size() + 16 bytes; may start at the same address as `plain`.
    void seal(ByteView nonce, ByteView plain, std::span<std::uint8_t> out, ByteView aad = {});

    /// `out` has sealed.size() − 16 bytes. False, and `out` wiped, when the tag is wrong.
    [[nodiscard]] bool open(ByteView nonce, ByteView sealed, std::span<std::uint8_t> out, ByteView aad = {});

private:
    struct Contexts;
    std::unique_ptr<Contexts> m_contexts;
};

} // namespace amana::crypto
