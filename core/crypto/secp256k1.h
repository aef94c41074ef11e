// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <string>
#include <string_view>

namespace amana::crypto {

/// ECDSA over secp256k1 with low s; yParity 0 or 1 tells which of two public keys signed (EIP-1559,
/// EIP-2718).
struct Signature {
    Digest r{};
    Digest s{};
    std::uint8_t yParity = 0;

    bool operator==(const Signature &) const = default;
};

/// A secret key for an Ethereum account. Move-only; the secret is wiped on destruction.
class SigningKey {
public:
    /// 32 bytes, 1 ≤ key < group order; CryptoFailed otherwise.
    [[nodiscard]] static Result<SigningKey> fromSecret(SecretBytes secret);
    [[nodiscard]] static SigningKey generate();

    [[nodiscard]] const Address &address() const { return m_address; }
    /// Signs a 32-byte digest with the RFC 6979 nonce.
    [[nodiscard]] Signature sign(const Digest &digest) const;
    [[nodiscard]] SigningKey clone() const;
    [[nodiscard]] const SecretBytes &secret() const { return m_secret; }

private:
    SigningKey(SecretBytes secret, const Address &address) : m_secret(std::move(secret)), m_address(address)
    {
    }

    SecretBytes m_secret;
    Address m_address;
};

/// The account that made `signature` over `digest`: SignatureInvalid when there is none, or s is high.
[[nodiscard]] Result<Address> recoverSigner(const Digest &digest, const Signature &signature);

/// "0x…" in mixed case with the checksum of EIP-55.
[[nodiscard]] std::string checksumAddress(const Address &address);
/// 0x and 40 hexadecimal digits. Mixed case must carry the right checksum: AddressMalformed.
[[nodiscard]] Result<Address> parseAddress(std::string_view text);

/// BIP-32: (secret + tweak) mod n; CryptoFailed when tweak ≥ n or the sum is 0.
[[nodiscard]] Result<SecretBytes> addToSecret(ByteView secret, ByteView tweak);
/// The 33-byte compressed public key of a secret.
[[nodiscard]] Result<QByteArray> compressedPublicKey(ByteView secret);
/// Whether 33 bytes are the compressed form of a point of the curve: CryptoFailed when not.
[[nodiscard]] Status checkPublicKey(ByteView compressed);

} // namespace amana::crypto
