// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <memory>

namespace amana::crypto {

/// sha2-256 (FIPS 180-4).
[[nodiscard]] Digest sha256(ByteView data);

/// sha2-256 of data that come in pieces. One use: after digest() only reset() is allowed.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 &&) noexcept;
    Sha256 &operator=(Sha256 &&) noexcept;
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;

    void add(ByteView data);
    [[nodiscard]] Digest digest();
    void reset();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// HMAC-SHA-256 (RFC 2104).
[[nodiscard]] Digest hmacSha256(ByteView key, ByteView data);

/// HKDF-SHA-256 (RFC 5869), extract and expand. `size` at most 8,160 bytes; an empty salt is the RFC's
/// default.
[[nodiscard]] SecretBytes hkdfSha256(ByteView secret, ByteView salt, std::string_view info, std::size_t size);

/// The two halves of HKDF-SHA-256 apart (RFC 5869, sections 2.2 and 2.3). What is extracted has 32 bytes.
[[nodiscard]] SecretBytes hkdfExtract(ByteView secret, ByteView salt);
[[nodiscard]] SecretBytes hkdfExpand(ByteView extracted, ByteView info, std::size_t size);

/// scrypt (RFC 7914) with r = 8, p = 1 and N = 2^logN; takes 2^logN KiB of memory. CryptoFailed when out of
/// memory.
[[nodiscard]] Result<SecretBytes> scrypt(ByteView passphrase, ByteView salt, int logN, std::size_t size);

} // namespace amana::crypto
