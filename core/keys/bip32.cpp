// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/bip32.h"

#include "core/crypto/base58.h"
#include "core/crypto/secp256k1.h"
#include "core/crypto/wallet_hashes.h"

#include <algorithm>
#include <charconv>
#include <exception>

namespace amana::keys {

namespace {

tl::unexpected<Error> noKey()
{
    return fail(ErrorCode::CryptoFailed, {{"what", "key derivation"}});
}

void appendBigEndian(QByteArray &bytes, std::uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.append(static_cast<char>(number >> shift & 0xff));
}

constexpr std::uint32_t kPrivate = 0x0488ADE4; // "xprv"
constexpr std::uint32_t kPublic = 0x0488B21E;  // "xpub"

/// Serialisation format: 4 version ‖ 1 depth ‖ 4 fingerprint of the parent ‖ 4 index ‖ 32 chain code ‖ 33 key.
constexpr std::size_t kSerialisedBytes = 78;

std::uint32_t bigEndian(ByteView bytes)
{
    std::uint32_t number = 0;
    for (const std::uint8_t byte : bytes)
        number = number << 8 | byte;
    return number;
}

/// The 78 bytes of a serialised key of this version; only the key data are not judged yet.
Result<SecretBytes> readSerialised(std::string_view text, std::uint32_t version)
{
    AMANA_TRY(SecretBytes bytes, crypto::base58CheckDecode(text));
    const ByteView view = bytes.view();
    if (view.size() != kSerialisedBytes || bigEndian(view.first(4)) != version)
        return noKey();
    const bool isRoot = view[4] == 0;
    if (isRoot && bigEndian(view.subspan(5, 4)) + std::uint64_t(bigEndian(view.subspan(9, 4))) != 0)
        return noKey(); // a root has no parent and is nobody's child
    return bytes;
}

} // namespace

Result<ExtendedKey> ExtendedKey::fromSeed(ByteView seed)
{
    if (seed.size() < 16 || seed.size() > 64)
        return noKey();
    const SecretBytes mac = crypto::hmacSha512(bytesOf(std::string_view("Bitcoin seed")), seed);
    ExtendedKey key;
    key.m_secret = SecretBytes(mac.view().first(32));
    key.m_chainCode = SecretBytes(mac.view().last(32));
    AMANA_CHECK(
        crypto::compressedPublicKey(key.m_secret.view())); // excludes 0 and numbers past the group order
    return key;
}

Result<ExtendedKey> ExtendedKey::child(std::uint32_t index) const
{
    if (m_depth == 0xff)
        return noKey();
    AMANA_TRY(const QByteArray publicKey, crypto::compressedPublicKey(m_secret.view()));
    SecretBytes data(37); // (00 ‖ secret or public key) ‖ index
    if (index >= kHardened)
        std::copy(m_secret.view().begin(), m_secret.view().end(), data.writable().begin() + 1);
    else
        std::copy(publicKey.begin(), publicKey.end(), data.writable().begin());
    for (std::size_t i = 0; i < 4; ++i)
        data.writable()[33 + i] = static_cast<std::uint8_t>(index >> (24 - 8 * i));
    const SecretBytes mac = crypto::hmacSha512(m_chainCode.view(), data.view());
    ExtendedKey key;
    AMANA_TRY(key.m_secret, crypto::addToSecret(m_secret.view(), mac.view().first(32)));
    key.m_chainCode = SecretBytes(mac.view().last(32));
    key.m_parentFingerprint = crypto::hash160(bytesOf(publicKey)).left(4);
    key.m_index = index;
    key.m_depth = static_cast<std::uint8_t>(m_depth + 1);
    return key;
}

Result<ExtendedKey> ExtendedKey::derive(std::string_view path) const
{
    ExtendedKey key;
    key.m_secret = m_secret.clone();
    key.m_chainCode = m_chainCode.clone();
    key.m_parentFingerprint = m_parentFingerprint;
    key.m_index = m_index;
    key.m_depth = m_depth;
    if (path.empty() || path.front() != 'm')
        return noKey();
    path.remove_prefix(1);
    while (!path.empty()) {
        std::uint32_t index = 0;
        const char *const end = path.data() + path.size();
        if (path.front() != '/')
            return noKey();
        const auto [stop, error] = std::from_chars(path.data() + 1, end, index);
        if (error != std::errc() || index >= kHardened)
            return noKey();
        path.remove_prefix(static_cast<std::size_t>(stop - path.data()));
        const bool hardened = path.starts_with('\'');
        if (hardened)
            path.remove_prefix(1);
        AMANA_TRY(key, key.child(hardened ? index | kHardened : index));
    }
    return key;
}

SecretBytes ExtendedKey::serialised(std::uint32_t version, ByteView keyData) const
{
    QByteArray head;
    appendBigEndian(head, version);
    head.append(static_cast<char>(m_depth)).append(m_parentFingerprint);
    appendBigEndian(head, m_index);
    SecretBytes bytes(kSerialisedBytes);
    auto at = std::copy(head.begin(), head.end(), bytes.writable().begin());
    at = std::copy(m_chainCode.view().begin(), m_chainCode.view().end(), at);
    std::copy(keyData.begin(), keyData.end(), at);
    return crypto::base58CheckEncode(bytes.view());
}

SecretBytes ExtendedKey::xprv() const
{
    SecretBytes key(33); // 00 ‖ secret
    std::copy(m_secret.view().begin(), m_secret.view().end(), key.writable().begin() + 1);
    return serialised(kPrivate, key.view());
}

std::string ExtendedKey::xpub() const
{
    const auto key = crypto::compressedPublicKey(m_secret.view());
    if (!key)
        std::terminate(); // every ExtendedKey was made from a secret that has a public key
    return std::string(serialised(kPublic, bytesOf(*key)).text());
}

Result<ExtendedKey> ExtendedKey::fromXprv(std::string_view text)
{
    AMANA_TRY(const SecretBytes bytes, readSerialised(text, kPrivate));
    const ByteView view = bytes.view();
    if (view[45] != 0)
        return noKey();
    ExtendedKey key;
    key.m_depth = view[4];
    key.m_parentFingerprint = toByteArray(view.subspan(5, 4));
    key.m_index = bigEndian(view.subspan(9, 4));
    key.m_chainCode = SecretBytes(view.subspan(13, 32));
    key.m_secret = SecretBytes(view.last(32));
    AMANA_CHECK(crypto::compressedPublicKey(key.m_secret.view()));
    return key;
}

Status checkXpub(std::string_view text)
{
    AMANA_TRY(const SecretBytes bytes, readSerialised(text, kPublic));
    return crypto::checkPublicKey(bytes.view().last(33));
}

} // namespace amana::keys
