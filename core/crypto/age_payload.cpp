// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_payload.h"

#include "core/crypto/aead.h"
#include "core/crypto/age_keys.h"
#include "core/crypto/hash.h"
#include "core/crypto/random.h"

#include <algorithm>
#include <array>

namespace amana::crypto {

namespace {

constexpr std::size_t kMacLine = 1 + 43 + 1; // a space, the MAC in base64, LF: what follows "---"

Status checkRecipients(std::span<const AgeRecipient> recipients)
{
    const auto hybrid = static_cast<std::size_t>(
        std::count_if(recipients.begin(), recipients.end(), [](const AgeRecipient &r) { return r.isHybrid(); }));
    const std::size_t most = hybrid == 0 ? kAgeMaxRecipients : kAgeMaxHybridRecipients;
    if (recipients.empty() || recipients.size() > most)
        return fail(ErrorCode::AgeBadRecipient, {{"count", std::to_string(recipients.size())}});
    if (hybrid != 0 && hybrid != recipients.size())
        return fail(ErrorCode::AgeBadRecipient, {{"reason", "mixed"}});
    return {};
}

} // namespace

SecretBytes payloadKey(const SecretBytes &fileKey, ByteView nonce)
{
    return hkdfSha256(fileKey.view(), nonce, "payload", kAeadKeySize);
}

MakeStanzas stanzasFor(std::span<const AgeRecipient> recipients)
{
    return [recipients](ByteView fileKey) -> Result<std::vector<AgeStanza>> {
        AMANA_CHECK(checkRecipients(recipients));
        std::vector<AgeStanza> stanzas;
        for (const AgeRecipient &recipient : recipients) {
            AMANA_TRY(AgeStanza stanza, wrapForRecipient(recipient, fileKey));
            stanzas.push_back(std::move(stanza));
        }
        return stanzas;
    };
}

Result<SecretBytes> writeHead(const ByteWriter &out, const MakeStanzas &stanzas)
{
    const SecretBytes fileKey = randomSecret(kFileKeySize);
    AMANA_TRY(const std::vector<AgeStanza> made, stanzas(fileKey.view()));
    std::array<std::uint8_t, kPayloadNonceSize> nonce;
    randomBytes(nonce);
    const QByteArray header = writeHeader(made, fileKey.view()) + toByteArray(nonce);
    AMANA_CHECK(out(bytesOf(header)));
    return payloadKey(fileKey, nonce);
}

Result<AgePayload> openPayload(BufferedSource &in, const AgeUnwrap &unwrap)
{
    AMANA_TRY(const AgeHeader header, readHeader(in));
    AMANA_CHECK(checkStanzas(header));
    AMANA_TRY(const SecretBytes fileKey, unwrap(header));
    if (!macFits(header, fileKey.view()))
        return fail(ErrorCode::AgeHeaderTampered);
    std::array<std::uint8_t, kPayloadNonceSize> nonce;
    AMANA_TRY(const std::size_t size, in.read(nonce));
    if (size < nonce.size())
        return fail(ErrorCode::AgeTruncated, {{"place", "nonce"}});
    return AgePayload{payloadKey(fileKey, nonce),
                      static_cast<std::uint64_t>(header.authenticated.size()) + kMacLine + kPayloadNonceSize};
}

} // namespace amana::crypto
