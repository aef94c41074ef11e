// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/crypto/age_header.h"

#include <string_view>

/// Internal to core/crypto: the hybrid post-quantum recipient (C2SP age specification, "The MLKEM768-X25519
/// hybrid post-quantum recipient type").
namespace amana::crypto {

inline constexpr std::string_view kHybridType = "mlkem768x25519";

/// What is said of hybrid keys, and of files that are only for them, where OpenSSL has no ML-KEM: AgeUnsupported.
[[nodiscard]] tl::unexpected<Error> hybridUnsupported();

/// Shape of the stanza. AgeMalformed.
[[nodiscard]] Status checkHybrid(const AgeStanza &stanza);

/// AgeUnsupported; AgeBadRecipient when it is no public key, or half of it a point of low order.
[[nodiscard]] Result<AgeStanza> wrapHybrid(ByteView publicKey, ByteView fileKey);

/// The file key from the first hybrid stanza that fits, empty when none does. AgeMalformed (a share of low order).
/// Only for where mlKemSupported(): there are no hybrid identities elsewhere.
[[nodiscard]] Result<SecretBytes> unwrapHybrid(const AgeHeader &header, ByteView seed);

} // namespace amana::crypto
