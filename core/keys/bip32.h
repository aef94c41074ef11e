// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/secret_bytes.h"

#include <string>
#include <string_view>

namespace amana::keys {

/// A private node of a BIP-32 key tree on secp256k1.
class ExtendedKey {
public:
    static constexpr std::uint32_t kHardened = 0x80000000u;

    /// 16 to 64 bytes of seed; CryptoFailed for another length or the (2^-127) seeds without a key.
    [[nodiscard]] static Result<ExtendedKey> fromSeed(ByteView seed);

    /// Child `index`; add kHardened for i'. CryptoFailed for the (2^-127) indices without a key.
    [[nodiscard]] Result<ExtendedKey> child(std::uint32_t index) const;
    /// "m/44'/60'/0'/0/0" relative to this key. CryptoFailed when the text is no path.
    [[nodiscard]] Result<ExtendedKey> derive(std::string_view path) const;

    [[nodiscard]] const SecretBytes &secret() const { return m_secret; }

    /// "xprv…", the serialisation of BIP-32 for the main network.
    [[nodiscard]] SecretBytes xprv() const;
    /// "xpub…": the public side, from which everybody can derive the public side of children without kHardened.
    [[nodiscard]] std::string xpub() const;
    /// Reads "xprv…". CryptoFailed for whatever BIP-32 calls invalid (its test vector 5).
    [[nodiscard]] static Result<ExtendedKey> fromXprv(std::string_view text);

private:
    [[nodiscard]] SecretBytes serialised(std::uint32_t version, ByteView keyData) const;

    SecretBytes m_secret;    // 32 bytes
    SecretBytes m_chainCode; // 32 bytes
    QByteArray m_parentFingerprint = QByteArray(4, '\0');
    std::uint32_t m_index = 0;
    std::uint8_t m_depth = 0;
};

/// Whether BIP-32 allows this "xpub…"; CryptoFailed when not.
[[nodiscard]] Status checkXpub(std::string_view text);

} // namespace amana::keys
