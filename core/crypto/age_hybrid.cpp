// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_hybrid.h"

#include "core/crypto/aead.h"
#include "core/crypto/base64.h"
#include "core/crypto/hpke.h"
#include "core/crypto/hybrid_kem.h"

namespace amana::crypto {

namespace {

constexpr std::string_view kInfo = "age-encryption.org/mlkem768x25519";

tl::unexpected<Error> malformed(const char *reason)
{
    return fail(ErrorCode::AgeMalformed, {{"reason", reason}});
}

} // namespace

tl::unexpected<Error> hybridUnsupported()
{
    return fail(ErrorCode::AgeUnsupported, {{"reason", "postQuantum"}});
}

Status checkHybrid(const AgeStanza &stanza)
{
    if (stanza.args.size() != 1)
        return malformed("hybridArguments");
    const std::optional<QByteArray> share = fromBase64Raw(stanza.args.front());
    if (!share || share->size() != static_cast<qsizetype>(kHybridShareSize))
        return malformed("hybridShare");
    if (stanza.body.size() != static_cast<qsizetype>(kFileKeySize + kAeadTagSize))
        return malformed("hybridBody"); // looked at before opening it, against partitioning oracles
    return {};
}

Result<AgeStanza> wrapHybrid(ByteView publicKey, ByteView fileKey)
{
    if (!mlKemSupported())
        return hybridUnsupported();
    const std::optional<HybridShare> made = hybridEncapsulate(publicKey);
    if (!made)
        return fail(ErrorCode::AgeBadRecipient);
    return AgeStanza{std::string(kHybridType),
                     {base64Raw(made->share)},
                     hpkeSeal(hpkeKeys(kHybridKemId, made->secret, kInfo), fileKey)};
}

Result<SecretBytes> unwrapHybrid(const AgeHeader &header, ByteView seed)
{
    std::optional<HybridKey> key; // expanding costs as much as trying a stanza
    for (const AgeStanza &stanza : header.stanzas) {
        if (stanza.type != kHybridType)
            continue;
        if (!key)
            key.emplace(seed);
        const QByteArray share = fromBase64Raw(stanza.args.front()).value_or(QByteArray());
        const std::optional<SecretBytes> secret = key->decapsulate(bytesOf(share));
        if (!secret)
            return malformed("hybridShare");
        if (auto fileKey = hpkeOpen(hpkeKeys(kHybridKemId, *secret, kInfo), bytesOf(stanza.body)))
            return std::move(*fileKey);
    }
    return SecretBytes();
}

} // namespace amana::crypto
