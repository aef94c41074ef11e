// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/age.h"
#include "core/crypto/age_header.h"

/// Internal to core/crypto: wrapping and unwrapping the file key (C2SP age specification, "X25519" and
/// "scrypt"; age_hybrid.h has the third).
namespace amana::crypto {

/// AgeBadRecipient when the recipient's key is a point of low order, or no hybrid key. AgeUnsupported for a hybrid one
/// where OpenSSL has no ML-KEM.
[[nodiscard]] Result<AgeStanza> wrapForRecipient(const AgeRecipient &recipient, ByteView fileKey);
[[nodiscard]] Result<AgeStanza> wrapWithPassphrase(const SecretBytes &passphrase, int logN, ByteView fileKey);

/// Shape of the stanzas that this program knows, whether they are used or not; scrypt must be alone.
/// AgeMalformed.
[[nodiscard]] Status checkStanzas(const AgeHeader &header);

/// The file key. AgeNoMatch, AgeMalformed (a share of low order), AgeUnsupported (only post-quantum
/// stanzas, where they are not supported).
[[nodiscard]] Result<SecretBytes> unwrapWithIdentities(const AgeHeader &header,
                                                       std::span<const AgeIdentity> identities);
/// AgeNoMatch, AgeWorkFactor, CryptoFailed (no memory for scrypt).
[[nodiscard]] Result<SecretBytes> unwrapWithPassphrase(const AgeHeader &header,
                                                       const SecretBytes &passphrase);

} // namespace amana::crypto
