// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/crypto/age.h"
#include "core/crypto/secp256k1.h"

#include <optional>

namespace amana::keys {

/// All keys of one person, from one recovery phrase. Move-only.
class Identity {
public:
    /// A new identity of 256 random bits (24 words).
    [[nodiscard]] static Identity generate();
    /// From the 32 bytes behind a phrase: MnemonicInvalid for another length.
    [[nodiscard]] static Result<Identity> fromEntropy(SecretBytes entropy);
    /// From a typed phrase of 24 words: MnemonicInvalid.
    [[nodiscard]] static Result<Identity> fromPhrase(std::string_view phrase);

    /// The same person with another account 0: one imported from a wallet, which the phrase does not hold.
    [[nodiscard]] static Identity withAccount(Identity identity, crypto::SigningKey account);
    /// Whether account 0 was imported.
    [[nodiscard]] bool hasImportedAccount() const { return m_account.has_value(); }

    /// Account m/44'/60'/0'/0/index, or the imported one for 0. CryptoFailed with probability 2^-127.
    [[nodiscard]] Result<crypto::SigningKey> chainKey(std::uint32_t index = 0) const;
    /// X25519 age identity n: HKDF-SHA256(seed, info "amana/age/v1/<n>"), no salt.
    [[nodiscard]] crypto::AgeIdentity ageIdentity(std::uint32_t n) const;

    [[nodiscard]] SecretBytes phrase() const;
    [[nodiscard]] const SecretBytes &entropy() const { return m_entropy; }
    /// A key for `purpose` ("amana/backup/v1"): HKDF-SHA256(seed, info purpose), 32 bytes.
    [[nodiscard]] SecretBytes derivedKey(std::string_view purpose) const;

private:
    Identity(SecretBytes entropy, SecretBytes seed) : m_entropy(std::move(entropy)), m_seed(std::move(seed))
    {
    }

    SecretBytes m_entropy; // 32 bytes
    SecretBytes m_seed;    // 64 bytes, BIP-39
    std::optional<crypto::SigningKey> m_account;
};

} // namespace amana::keys
