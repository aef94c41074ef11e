// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/hmac.h"

#include <array>

namespace amana::sharing {

/// salt_i = HMAC-SHA256(batch secret, i as 8 bytes, big-endian): who is shown one salt learns nothing about the others.
class ReadingSalts {
public:
    explicit ReadingSalts(const Digest &secret) : m_mac(secret) {}

    [[nodiscard]] Digest at(std::uint64_t index)
    {
        std::array<std::uint8_t, 8> bytes{};
        for (std::size_t i = 0; i < 8; ++i)
            bytes[i] = static_cast<std::uint8_t>(index >> (56 - 8 * i));
        return m_mac.of(bytes);
    }
    /// HMAC-SHA256(batch secret, sha2-256 of the source): 32 bytes, so no salt.
    [[nodiscard]] Digest commitment(const Digest &source) { return m_mac.of(source); }

private:
    crypto::HmacSha256 m_mac;
};

} // namespace amana::sharing
