// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/mlkem.h"
#include "core/crypto/x25519.h"

/// Internal to core/crypto: the hybrid KEM MLKEM768-X25519 (draft-ietf-hpke-pq, also known as X-Wing). What it gives
/// stays secret while one of its two halves does. As in mlkem.h, only for where mlKemSupported().
namespace amana::crypto {

inline constexpr std::uint16_t kHybridKemId = 0x647a; ///< in IANA's registry for HPKE
inline constexpr std::size_t kHybridSeedSize = 32;    ///< the private key
inline constexpr std::size_t kHybridPublicSize = kMlKemPublicSize + 32;
inline constexpr std::size_t kHybridShareSize = kMlKemShareSize + 32;

/// Size and ML-KEM half; the other half is looked at when it is used.
[[nodiscard]] bool isHybridPublic(ByteView key);

struct HybridShare {
    std::vector<std::uint8_t> share;
    SecretBytes secret; ///< 32 bytes
};
/// None when the key is not one, or its X25519 half is a point of low order.
[[nodiscard]] std::optional<HybridShare> hybridEncapsulate(ByteView publicKey);

/// A private key, expanded once for many shares.
class HybridKey {
public:
    explicit HybridKey(ByteView seed);

    [[nodiscard]] std::vector<std::uint8_t> publicKey() const;
    /// Of kHybridShareSize bytes. None when the X25519 half is a point of low order; a share for another key gives
    /// another secret.
    [[nodiscard]] std::optional<SecretBytes> decapsulate(ByteView share) const;

private:
    explicit HybridKey(const SecretBytes &expanded);

    MlKemKey m_mlKem;
    SecretBytes m_x25519;
    X25519Point m_x25519Public;
};

} // namespace amana::crypto
