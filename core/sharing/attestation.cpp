// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/attestation.h"

#include "core/chain/eip712.h"

#include <nlohmann/json.hpp>

namespace amana::sharing {

namespace {

using nlohmann::json;

Result<Digest> member(const json &object, const char *key)
{
    const auto it = object.find(key);
    if (it == object.end() || !it->is_string())
        return fail(ErrorCode::DeidReportInvalid, {{"place", key}});
    return digestFromHex(it->get_ref<const std::string &>());
}

} // namespace

Digest attestationDigest(const Attestation &attestation, std::uint64_t chainId, const Address &registry)
{
    const Digest review = chain::StructHash("Review(bytes32 cidDigest,bytes32 cardDigest,bytes32 reportHash)")
                              .word(attestation.cidDigest)
                              .word(attestation.cardDigest)
                              .word(attestation.reportHash)
                              .hash();
    return chain::typedDataDigest(chain::domainSeparator(chainId, registry), review);
}

Attestation signAttestation(const Digest &cidDigest, const Digest &cardDigest, const Digest &reportHash,
                            std::uint64_t chainId, const Address &registry, const crypto::SigningKey &key)
{
    Attestation attestation{cidDigest, cardDigest, reportHash, key.address(), {}};
    attestation.signature = key.sign(attestationDigest(attestation, chainId, registry));
    return attestation;
}

Status checkAttestation(const Attestation &attestation, std::uint64_t chainId, const Address &registry)
{
    const Digest digest = attestationDigest(attestation, chainId, registry);
    AMANA_TRY(const Address signer, crypto::recoverSigner(digest, attestation.signature));
    if (signer != attestation.reviewer)
        return fail(ErrorCode::SignatureInvalid, {{"signer", crypto::checksumAddress(signer)}});
    return {};
}

QByteArray attestationToJson(const Attestation &attestation)
{
    const json object{{"version", 1},
                      {"cidDigest", toHex(attestation.cidDigest)},
                      {"cardDigest", toHex(attestation.cardDigest)},
                      {"reportHash", toHex(attestation.reportHash)},
                      {"reviewer", crypto::checksumAddress(attestation.reviewer)},
                      {"r", toHex(attestation.signature.r)},
                      {"s", toHex(attestation.signature.s)},
                      {"yParity", attestation.signature.yParity}};
    return QByteArray::fromStdString(object.dump());
}

Result<Attestation> attestationFromJson(const QByteArray &bytes)
{
    const json object = json::parse(bytes.constBegin(), bytes.constEnd(), nullptr, false);
    if (!object.is_object() || !object.contains("reviewer") || !object["reviewer"].is_string()
        || !object.contains("yParity") || !object["yParity"].is_number_unsigned())
        return fail(ErrorCode::DeidReportInvalid, {{"place", "attestation"}});
    Attestation attestation;
    AMANA_TRY(attestation.cidDigest, member(object, "cidDigest"));
    AMANA_TRY(attestation.cardDigest, member(object, "cardDigest"));
    AMANA_TRY(attestation.reportHash, member(object, "reportHash"));
    AMANA_TRY(attestation.reviewer, crypto::parseAddress(object["reviewer"].get_ref<const std::string &>()));
    AMANA_TRY(attestation.signature.r, member(object, "r"));
    AMANA_TRY(attestation.signature.s, member(object, "s"));
    attestation.signature.yParity = static_cast<std::uint8_t>(object["yParity"].get<unsigned>() & 1U);
    return attestation;
}

} // namespace amana::sharing
