// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/identity.h"

#include "core/crypto/hash.h"
#include "core/crypto/random.h"
#include "core/keys/bip32.h"
#include "core/keys/mnemonic.h"

#include <exception>
#include <string>

namespace amana::keys {

namespace {

constexpr std::size_t kEntropyBytes = 32; // 24 words

} // namespace

Identity Identity::generate()
{
    auto identity = fromEntropy(crypto::randomSecret(kEntropyBytes));
    if (!identity)
        std::terminate(); // 32 bytes always make an identity
    return std::move(*identity);
}

Result<Identity> Identity::fromEntropy(SecretBytes entropy)
{
    if (entropy.size() != kEntropyBytes)
        return fail(ErrorCode::MnemonicInvalid, {{"reason", "length"}});
    AMANA_TRY(const SecretBytes words, mnemonicFromEntropy(entropy.view()));
    AMANA_TRY(SecretBytes seed, seedFromMnemonic(words.text()));
    return Identity(std::move(entropy), std::move(seed));
}

Result<Identity> Identity::fromPhrase(std::string_view phrase)
{
    AMANA_TRY(SecretBytes entropy, entropyFromMnemonic(phrase));
    return fromEntropy(std::move(entropy));
}

Identity Identity::withAccount(Identity identity, crypto::SigningKey account)
{
    identity.m_account = std::move(account);
    return identity;
}

Result<crypto::SigningKey> Identity::chainKey(std::uint32_t index) const
{
    if (index == 0 && m_account)
        return m_account->clone();
    AMANA_TRY(const ExtendedKey root, ExtendedKey::fromSeed(m_seed.view()));
    AMANA_TRY(const ExtendedKey key, root.derive("m/44'/60'/0'/0/" + std::to_string(index)));
    return crypto::SigningKey::fromSecret(key.secret().clone());
}

crypto::AgeIdentity Identity::ageIdentity(std::uint32_t n) const
{
    auto identity = crypto::AgeIdentity::fromSecret(derivedKey("amana/age/v1/" + std::to_string(n)));
    if (!identity)
        std::terminate(); // every 32 bytes are an X25519 key
    return std::move(*identity);
}

SecretBytes Identity::derivedKey(std::string_view purpose) const
{
    return crypto::hkdfSha256(m_seed.view(), {}, purpose, 32);
}

SecretBytes Identity::phrase() const
{
    auto words = mnemonicFromEntropy(m_entropy.view());
    if (!words)
        std::terminate(); // 32 bytes always make a phrase
    return std::move(*words);
}

} // namespace amana::keys
