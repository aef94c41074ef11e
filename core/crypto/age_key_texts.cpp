// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age.h"
#include "core/crypto/age_hybrid.h"
#include "core/crypto/bech32.h"
#include "core/crypto/hybrid_kem.h"
#include "core/crypto/random.h"
#include "core/crypto/x25519.h"

#include <algorithm>

namespace amana::crypto {

namespace {

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kHybridRecipientPrefix = "age1pq";
constexpr std::string_view kIdentityPrefix = "age-secret-key-";
constexpr std::string_view kHybridIdentityPrefix = "age-secret-key-pq-";
constexpr std::size_t kKeySize = 32;

Result<AgeRecipient> hybridRecipient(ByteView key)
{
    if (!ageHybridSupported())
        return hybridUnsupported();
    if (!isHybridPublic(key))
        return fail(ErrorCode::AgeBadRecipient);
    return AgeRecipient{{}, {key.begin(), key.end()}};
}

} // namespace

bool ageHybridSupported()
{
    return mlKemSupported();
}

std::string AgeRecipient::text() const
{
    return std::string(
        (isHybrid() ? bech32Encode(kHybridRecipientPrefix, hybrid) : bech32Encode(kRecipientPrefix, key)).text());
}

Result<AgeRecipient> AgeRecipient::fromText(std::string_view text)
{
    auto decoded = bech32Decode(text);
    if (!decoded)
        return fail(Error(ErrorCode::AgeBadRecipient).because(decoded.error()));
    const bool upper = text.starts_with('A');
    if (decoded->prefix == kHybridRecipientPrefix && !upper)
        return hybridRecipient(decoded->data.view());
    if (decoded->prefix != kHybridRecipientPrefix && decoded->prefix.starts_with("age1"))
        return fail(ErrorCode::AgeUnsupported, {{"reason", "recipient"}});
    AgeRecipient recipient;
    if (decoded->prefix != kRecipientPrefix || upper || decoded->data.size() != recipient.key.size())
        return fail(ErrorCode::AgeBadRecipient);
    std::copy_n(decoded->data.data(), recipient.key.size(), recipient.key.begin());
    return recipient;
}

AgeIdentity::AgeIdentity(SecretBytes secret, bool hybrid) : m_secret(std::move(secret)), m_hybrid(hybrid) {}

AgeRecipient AgeIdentity::recipient() const
{
    if (m_hybrid)
        return AgeRecipient{{}, HybridKey(m_secret.view()).publicKey()};
    return AgeRecipient{x25519Public(m_secret.view())};
}

AgeIdentity AgeIdentity::generate()
{
    return {randomSecret(kKeySize), false};
}

Result<AgeIdentity> AgeIdentity::generateHybrid()
{
    if (!ageHybridSupported())
        return hybridUnsupported();
    return AgeIdentity(randomSecret(kHybridSeedSize), true);
}

Result<AgeIdentity> AgeIdentity::fromSecret(SecretBytes secret)
{
    if (secret.size() != kKeySize)
        return fail(ErrorCode::AgeBadIdentity);
    return AgeIdentity(std::move(secret), false);
}

Result<AgeIdentity> AgeIdentity::fromText(std::string_view text)
{
    if (text.starts_with("AGE-PLUGIN-"))
        return fail(ErrorCode::AgeUnsupported, {{"reason", "plugin"}});
    auto decoded = bech32Decode(text);
    if (!decoded)
        return fail(Error(ErrorCode::AgeBadIdentity).because(decoded.error()));
    const bool hybrid = decoded->prefix == kHybridIdentityPrefix;
    if (hybrid && !ageHybridSupported())
        return hybridUnsupported();
    if ((!hybrid && decoded->prefix != kIdentityPrefix) || !text.starts_with('A'))
        return fail(ErrorCode::AgeBadIdentity);
    if (hybrid && decoded->data.size() != kHybridSeedSize)
        return fail(ErrorCode::AgeBadIdentity);
    if (hybrid)
        return AgeIdentity(std::move(decoded->data), true);
    return fromSecret(std::move(decoded->data));
}

SecretBytes AgeIdentity::text() const
{
    SecretBytes text = bech32Encode(m_hybrid ? kHybridIdentityPrefix : kIdentityPrefix, m_secret.view());
    for (std::uint8_t &c : text.writable())
        if (c >= 'a' && c <= 'z')
            c = static_cast<std::uint8_t>(c - 'a' + 'A');
    return text;
}

AgeIdentity AgeIdentity::clone() const
{
    return {m_secret.clone(), m_hybrid};
}

Result<std::vector<AgeIdentity>> parseIdentityFile(std::string_view text)
{
    std::vector<AgeIdentity> identities;
    for (int number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.starts_with('#'))
            continue;
        auto identity = AgeIdentity::fromText(line);
        if (!identity)
            return fail(
                Error(identity.error().code, {{"line", std::to_string(number)}}).because(identity.error()));
        identities.push_back(std::move(*identity));
    }
    if (identities.empty())
        return fail(ErrorCode::AgeBadIdentity, {{"line", "0"}});
    return identities;
}

} // namespace amana::crypto
