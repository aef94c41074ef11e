// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_keys.h"

#include "core/crypto/aead.h"
#include "core/crypto/age_hybrid.h"
#include "core/crypto/base64.h"
#include "core/crypto/hash.h"
#include "core/crypto/random.h"
#include "core/crypto/x25519.h"

#include <algorithm>

namespace amana::crypto {

namespace {

constexpr std::string_view kX25519 = "X25519";
constexpr std::string_view kScrypt = "scrypt";
constexpr std::string_view kX25519Info = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptLabel = "age-encryption.org/v1/scrypt";
constexpr std::size_t kKeySize = 32;
constexpr std::size_t kScryptSaltSize = 16;
constexpr std::size_t kWrappedSize = kFileKeySize + kAeadTagSize;
constexpr std::array<std::uint8_t, kAeadNonceSize> kZeroNonce{}; // each wrapping key is used once

tl::unexpected<Error> malformed(const char *reason)
{
    return fail(ErrorCode::AgeMalformed, {{"reason", reason}});
}

QByteArray join(ByteView a, ByteView b)
{
    return toByteArray(a) + toByteArray(b);
}

QByteArray wrapKey(ByteView wrappingKey, ByteView fileKey)
{
    std::array<std::uint8_t, kWrappedSize> wrapped;
    ChaChaPoly(wrappingKey).seal(kZeroNonce, fileKey, wrapped);
    return toByteArray(wrapped);
}

/// Empty when the tag does not fit.
SecretBytes unwrapKey(ByteView wrappingKey, const QByteArray &body)
{
    SecretBytes fileKey(kFileKeySize);
    if (!ChaChaPoly(wrappingKey).open(kZeroNonce, bytesOf(body), fileKey.writable()))
        return {};
    return fileKey;
}

SecretBytes x25519WrappingKey(const SecretBytes &shared, ByteView ephemeral, ByteView recipient)
{
    const QByteArray salt = join(ephemeral, recipient);
    return hkdfSha256(shared.view(), bytesOf(salt), kX25519Info, kAeadKeySize);
}

Result<SecretBytes> scryptWrappingKey(const SecretBytes &passphrase, ByteView salt, int logN)
{
    const QByteArray labelled = join(bytesOf(kScryptLabel), salt);
    return scrypt(passphrase.view(), bytesOf(labelled), logN, kAeadKeySize);
}

Status checkX25519(const AgeStanza &stanza)
{
    if (stanza.args.size() != 1)
        return malformed("x25519Arguments");
    const std::optional<QByteArray> share = fromBase64Raw(stanza.args.front());
    if (!share || share->size() != static_cast<qsizetype>(kKeySize))
        return malformed("x25519Share");
    if (stanza.body.size() != static_cast<qsizetype>(kWrappedSize))
        return malformed("x25519Body");
    return {};
}

Status checkScrypt(const AgeStanza &stanza)
{
    if (stanza.args.size() != 2)
        return malformed("scryptArguments");
    const std::optional<QByteArray> salt = fromBase64Raw(stanza.args[0]);
    if (!salt || salt->size() != static_cast<qsizetype>(kScryptSaltSize))
        return malformed("scryptSalt");
    const std::string &factor = stanza.args[1];
    const bool digits =
        std::all_of(factor.begin(), factor.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || factor.front() == '0')
        return malformed("scryptWorkFactor");
    if (stanza.body.size() != static_cast<qsizetype>(kWrappedSize))
        return malformed("scryptBody");
    return {};
}

bool has(const AgeHeader &header, std::string_view type)
{
    return std::any_of(header.stanzas.begin(), header.stanzas.end(),
                       [type](const AgeStanza &stanza) { return stanza.type == type; });
}

/// From the stanzas of X25519. Empty when none fits.
Result<SecretBytes> unwrapX25519(const AgeHeader &header, std::span<const AgeIdentity> identities)
{
    for (const AgeStanza &stanza : header.stanzas) {
        if (stanza.type != kX25519)
            continue;
        const QByteArray share = fromBase64Raw(stanza.args.front()).value_or(QByteArray());
        for (const AgeIdentity &identity : identities) {
            if (identity.isHybrid())
                continue;
            const std::optional<SecretBytes> shared = x25519Shared(identity.secret(), bytesOf(share));
            if (!shared)
                return malformed("x25519Share");
            const SecretBytes key = x25519WrappingKey(*shared, bytesOf(share), identity.recipient().key);
            SecretBytes fileKey = unwrapKey(key.view(), stanza.body);
            if (!fileKey.empty())
                return fileKey;
        }
    }
    return SecretBytes();
}

} // namespace

Result<AgeStanza> wrapForRecipient(const AgeRecipient &recipient, ByteView fileKey)
{
    if (recipient.isHybrid())
        return wrapHybrid(recipient.hybrid, fileKey);
    const SecretBytes secret = randomSecret(kKeySize);
    const X25519Point share = x25519Public(secret.view());
    const std::optional<SecretBytes> shared = x25519Shared(secret.view(), recipient.key);
    if (!shared)
        return fail(ErrorCode::AgeBadRecipient);
    const SecretBytes key = x25519WrappingKey(*shared, share, recipient.key);
    return AgeStanza{std::string(kX25519), {base64Raw(share)}, wrapKey(key.view(), fileKey)};
}

Result<AgeStanza> wrapWithPassphrase(const SecretBytes &passphrase, int logN, ByteView fileKey)
{
    std::array<std::uint8_t, kScryptSaltSize> salt;
    randomBytes(salt);
    AMANA_TRY(const SecretBytes key, scryptWrappingKey(passphrase, salt, logN));
    return AgeStanza{
        std::string(kScrypt), {base64Raw(salt), std::to_string(logN)}, wrapKey(key.view(), fileKey)};
}

Status checkStanzas(const AgeHeader &header)
{
    for (const AgeStanza &stanza : header.stanzas) {
        if (stanza.type == kX25519)
            AMANA_CHECK(checkX25519(stanza));
        if (stanza.type == kHybridType)
            AMANA_CHECK(checkHybrid(stanza));
        if (stanza.type == kScrypt) {
            if (header.stanzas.size() != 1)
                return malformed(
                    "scryptNotAlone"); // else one recipient could make others believe in a passphrase
            AMANA_CHECK(checkScrypt(stanza));
        }
    }
    return {};
}

Result<SecretBytes> unwrapWithIdentities(const AgeHeader &header, std::span<const AgeIdentity> identities)
{
    AMANA_TRY(SecretBytes fileKey, unwrapX25519(header, identities));
    for (const AgeIdentity &identity : identities) {
        if (!fileKey.empty() || !identity.isHybrid())
            continue;
        AMANA_TRY(fileKey, unwrapHybrid(header, identity.secret()));
    }
    if (!fileKey.empty())
        return fileKey;
    if (has(header, kHybridType) && !has(header, kX25519) && !ageHybridSupported())
        return hybridUnsupported();
    return fail(ErrorCode::AgeNoMatch, {{"needs", has(header, kScrypt) ? "passphrase" : "identity"}});
}

Result<SecretBytes> unwrapWithPassphrase(const AgeHeader &header, const SecretBytes &passphrase)
{
    const AgeStanza &stanza = header.stanzas.front();
    if (stanza.type != kScrypt)
        return fail(ErrorCode::AgeNoMatch, {{"needs", "identity"}});
    const std::string &factor = stanza.args[1];
    const int logN = factor.size() <= 2 ? std::stoi(factor) : kAgeMaxScryptLogN + 1;
    if (logN > kAgeMaxScryptLogN)
        return fail(ErrorCode::AgeWorkFactor, {{"limit", std::to_string(kAgeMaxScryptLogN)}});
    const QByteArray salt = fromBase64Raw(stanza.args[0]).value_or(QByteArray());
    AMANA_TRY(const SecretBytes key, scryptWrappingKey(passphrase, bytesOf(salt), logN));
    SecretBytes fileKey = unwrapKey(key.view(), stanza.body);
    if (fileKey.empty())
        return fail(ErrorCode::AgeNoMatch, {{"needs", "passphrase"}});
    return fileKey;
}

} // namespace amana::crypto
