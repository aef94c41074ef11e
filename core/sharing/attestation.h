// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/secp256k1.h"

#include <QByteArray>

#include <cstdint>

namespace amana::sharing {

/// What a reviewer signs: this report, for exactly these bytes under exactly this card.
struct Attestation {
    Digest cidDigest{};
    Digest cardDigest{};
    Digest reportHash{}; ///< sha2-256(salt ‖ report): tells nothing about the report
    Address reviewer{};
    crypto::Signature signature;
};

/// EIP-712 digest of Review(bytes32 cidDigest,bytes32 cardDigest,bytes32 reportHash) under the domain
/// (Amana, 1, chain id, DatasetRegistry).
[[nodiscard]] Digest attestationDigest(const Attestation &attestation, std::uint64_t chainId, const Address &registry);

[[nodiscard]] Attestation signAttestation(const Digest &cidDigest, const Digest &cardDigest, const Digest &reportHash,
                                          std::uint64_t chainId, const Address &registry,
                                          const crypto::SigningKey &key);
/// SignatureInvalid.
[[nodiscard]] Status checkAttestation(const Attestation &attestation, std::uint64_t chainId, const Address &registry);

/// A public JSON object, one raw block; its sha2-256 is the `reportHash` of the registry, so that whoever reads the
/// registry can fetch it, and the signature cannot be exchanged.
[[nodiscard]] QByteArray attestationToJson(const Attestation &attestation);
/// DeidReportInvalid.
[[nodiscard]] Result<Attestation> attestationFromJson(const QByteArray &json);

} // namespace amana::sharing
