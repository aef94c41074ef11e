// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/bip32.h"

#include "core/crypto/hash.h"
#include "core/crypto/secp256k1.h"
#include "core/crypto/wallet_hashes.h"

#include <algorithm>
#include <charconv>
#include <string>

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

/// Base58 (the alphabet of BIP-32's serialisation); the input is short.
std::string base58(ByteView bytes)
{
    static constexpr std::string_view kAlphabet =
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::string digits; // least significant first, values 0…57
    for (const std::uint8_t byte : bytes) {
        unsigned carry = byte;
        for (char &digit : digits) {
            carry += static_cast<unsigned>(digit) << 8;
            digit = static_cast<char>(carry % 58);
            carry /= 58;
        }
        for (; carry != 0; carry /= 58)
            digits.push_back(static_cast<char>(carry % 58));
    }
    for (auto byte = bytes.begin(); byte != bytes.end() && *byte == 0; ++byte)
        digits.push_back(0);
    std::string text;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit)
        text += kAlphabet[static_cast<std::size_t>(*digit)];
    secureWipe(digits.data(), digits.size());
    return text;
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

SecretBytes ExtendedKey::xprv() const
{
    QByteArray bytes;
    appendBigEndian(bytes, 0x0488ADE4);
    bytes.append(static_cast<char>(m_depth)).append(m_parentFingerprint);
    appendBigEndian(bytes, m_index);
    bytes.append(toByteArray(m_chainCode.view())).append('\0').append(toByteArray(m_secret.view()));
    const Digest check = crypto::sha256(crypto::sha256(bytesOf(bytes)));
    bytes.append(toByteArray(check).left(4));
    std::string text = base58(bytesOf(bytes));
    SecretBytes result = SecretBytes::fromText(text);
    secureWipe(text.data(), text.size());
    secureWipe(bytes.data(), static_cast<std::size_t>(bytes.size()));
    return result;
}

} // namespace amana::keys
