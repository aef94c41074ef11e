// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/hpke.h"

#include "core/crypto/aead.h"
#include "core/crypto/hash.h"

#include <array>

namespace amana::crypto {

namespace {

constexpr std::uint16_t kHkdfSha256 = 0x0001;
constexpr std::uint16_t kChaCha20Poly1305 = 0x0003;
constexpr std::string_view kVersion = "HPKE-v1";

/// I2OSP(n, 2)
QByteArray twoBytes(std::size_t n)
{
    return QByteArray(1, static_cast<char>(n >> 8 & 0xff)) + static_cast<char>(n & 0xff);
}

QByteArray text(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

/// The KDF's two functions under one suite (RFC 9180, section 4). What is extracted from is public in base mode: the
/// secret comes as the salt.
class LabeledKdf {
public:
    explicit LabeledKdf(std::uint16_t kem)
        : m_suite("HPKE" + twoBytes(kem) + twoBytes(kHkdfSha256) + twoBytes(kChaCha20Poly1305))
    {
    }

    [[nodiscard]] SecretBytes extract(ByteView salt, std::string_view label, std::string_view material) const
    {
        return hkdfExtract(bytesOf(text(kVersion) + m_suite + text(label) + text(material)), salt);
    }

    [[nodiscard]] SecretBytes expand(const SecretBytes &key, std::string_view label, ByteView info,
                                     std::size_t size) const
    {
        const QByteArray labeled = twoBytes(size) + text(kVersion) + m_suite + text(label) + toByteArray(info);
        return hkdfExpand(key.view(), bytesOf(labeled), size);
    }

private:
    const QByteArray m_suite;
};

} // namespace

HpkeKeys hpkeKeys(std::uint16_t kem, const SecretBytes &sharedSecret, std::string_view info)
{
    const LabeledKdf kdf(kem);
    const SecretBytes pskIdHash = kdf.extract({}, "psk_id_hash", {});
    const SecretBytes infoHash = kdf.extract({}, "info_hash", info);
    const QByteArray base(1, '\0'); // the mode
    const QByteArray context = base + toByteArray(pskIdHash.view()) + toByteArray(infoHash.view());
    const SecretBytes secret = kdf.extract(sharedSecret.view(), "secret", {});
    return {kdf.expand(secret, "key", bytesOf(context), kAeadKeySize),
            kdf.expand(secret, "base_nonce", bytesOf(context), kAeadNonceSize)};
}

QByteArray hpkeSeal(const HpkeKeys &keys, ByteView plain, ByteView aad)
{
    std::vector<std::uint8_t> sealed(plain.size() + kAeadTagSize);
    ChaChaPoly(keys.key.view()).seal(keys.nonce.view(), plain, sealed, aad);
    return toByteArray(sealed);
}

std::optional<SecretBytes> hpkeOpen(const HpkeKeys &keys, ByteView sealed, ByteView aad)
{
    if (sealed.size() < kAeadTagSize)
        return std::nullopt;
    SecretBytes plain(sealed.size() - kAeadTagSize);
    if (!ChaChaPoly(keys.key.view()).open(keys.nonce.view(), sealed, plain.writable(), aad))
        return std::nullopt;
    return plain;
}

} // namespace amana::crypto
