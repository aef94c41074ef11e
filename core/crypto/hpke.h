// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <optional>

/// Internal to core/crypto: HPKE (RFC 9180) in base mode, for one message, with HKDF-SHA256 and ChaCha20Poly1305; the
/// KEM is its user's.
namespace amana::crypto {

struct HpkeKeys {
    SecretBytes key;
    SecretBytes nonce;
};

/// KeySchedule (RFC 9180, section 5.1) from the KEM's number and what it gave.
[[nodiscard]] HpkeKeys hpkeKeys(std::uint16_t kem, const SecretBytes &sharedSecret, std::string_view info);

/// The one message of these keys: a second one would have the same nonce.
[[nodiscard]] QByteArray hpkeSeal(const HpkeKeys &keys, ByteView plain, ByteView aad = {});
/// None when the tag does not fit.
[[nodiscard]] std::optional<SecretBytes> hpkeOpen(const HpkeKeys &keys, ByteView sealed, ByteView aad = {});

} // namespace amana::crypto
