// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <memory>
#include <optional>
#include <vector>

/// Internal to core/crypto: ML-KEM-768 (FIPS 203), as OpenSSL has it from 3.5 on.
namespace amana::crypto {

inline constexpr std::size_t kMlKemSeedSize = 64;
inline constexpr std::size_t kMlKemPublicSize = 1184;
inline constexpr std::size_t kMlKemShareSize = 1088; ///< the ciphertext

/// Whether the OpenSSL that this was built with, and the one it runs with, have it. Nothing else here may be called
/// where this is false.
[[nodiscard]] bool mlKemSupported();

/// Whether it is an encapsulation key: its size, and the modulus check of FIPS 203, section 7.2.
[[nodiscard]] bool isMlKemPublic(ByteView key);

struct MlKemShare {
    std::vector<std::uint8_t> share;
    SecretBytes secret; ///< 32 bytes
};
/// None when the key is not one.
[[nodiscard]] std::optional<MlKemShare> mlKemEncapsulate(ByteView publicKey);

/// A decapsulation key, expanded.
class MlKemKey {
public:
    explicit MlKemKey(ByteView seed); ///< d ‖ z (FIPS 203, algorithm 16)
    ~MlKemKey();
    MlKemKey(MlKemKey &&) noexcept;

    [[nodiscard]] std::vector<std::uint8_t> publicKey() const;
    /// Of kMlKemShareSize bytes. A share for another key, or an altered one, gives a secret that nobody else has
    /// (implicit rejection).
    [[nodiscard]] SecretBytes decapsulate(ByteView share) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace amana::crypto
