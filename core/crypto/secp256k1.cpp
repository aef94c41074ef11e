// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secp256k1.h"

#include "core/crypto/keccak.h"
#include "core/crypto/random.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <algorithm>
#include <cctype>
#include <exception>

namespace amana::crypto {

namespace {

constexpr std::size_t kSecretBytes = 32;

/// One context for the process, blinded once against side channels; signing and verifying only read it.
const secp256k1_context *context()
{
    static const secp256k1_context *shared = [] {
        secp256k1_context *made = secp256k1_context_create(SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY);
        SecretBytes seed = randomSecret(kSecretBytes);
        if (secp256k1_context_randomize(made, seed.data()) != 1)
            std::terminate(); // cannot happen with a valid context
        return made;
    }();
    return shared;
}

Address addressOf(const secp256k1_pubkey &key)
{
    std::array<std::uint8_t, 65> bytes{};
    std::size_t size = bytes.size();
    secp256k1_ec_pubkey_serialize(context(), bytes.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
    const Digest digest = keccak256(std::span(bytes).subspan(1)); // without the leading 04
    Address address{};
    std::copy(digest.end() - 20, digest.end(), address.begin());
    return address;
}

Result<secp256k1_pubkey> publicKey(ByteView secret)
{
    secp256k1_pubkey key;
    if (secret.size() != kSecretBytes || secp256k1_ec_pubkey_create(context(), &key, secret.data()) != 1)
        return fail(ErrorCode::CryptoFailed, {{"what", "secp256k1 key"}});
    return key;
}

} // namespace

Result<SigningKey> SigningKey::fromSecret(SecretBytes secret)
{
    AMANA_TRY(const auto key, publicKey(secret.view()));
    return SigningKey(std::move(secret), addressOf(key));
}

SigningKey SigningKey::generate()
{
    while (true) // a random number is no key with probability 2^-128
        if (auto key = fromSecret(randomSecret(kSecretBytes)))
            return std::move(*key);
}

SigningKey SigningKey::clone() const
{
    return SigningKey(m_secret.clone(), m_address);
}

Signature SigningKey::sign(const Digest &digest) const
{
    secp256k1_ecdsa_recoverable_signature raw;
    // Fails only for an invalid secret, which fromSecret excludes.
    if (secp256k1_ecdsa_sign_recoverable(context(), &raw, digest.data(), m_secret.data(), nullptr, nullptr)
        != 1)
        std::terminate();
    std::array<std::uint8_t, 64> compact{};
    int recovery = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context(), compact.data(), &recovery, &raw);
    Signature signature;
    std::copy_n(compact.begin(), 32, signature.r.begin());
    std::copy_n(compact.begin() + 32, 32, signature.s.begin());
    signature.yParity = static_cast<std::uint8_t>(recovery & 1);
    return signature;
}

Result<Address> recoverSigner(const Digest &digest, const Signature &signature)
{
    std::array<std::uint8_t, 64> compact{};
    std::copy(signature.r.begin(), signature.r.end(), compact.begin());
    std::copy(signature.s.begin(), signature.s.end(), compact.begin() + 32);
    const auto bad = [] { return fail(ErrorCode::SignatureInvalid); };
    secp256k1_ecdsa_signature plain;
    if (signature.yParity > 1
        || secp256k1_ecdsa_signature_parse_compact(context(), &plain, compact.data()) != 1)
        return bad();
    // A high s is the malleable twin of a good signature (EIP-2): refused, so that a signature has one form.
    if (secp256k1_ecdsa_signature_normalize(context(), nullptr, &plain) == 1)
        return bad();
    secp256k1_ecdsa_recoverable_signature raw;
    secp256k1_pubkey key;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(context(), &raw, compact.data(),
                                                            signature.yParity)
            != 1
        || secp256k1_ecdsa_recover(context(), &key, &raw, digest.data()) != 1)
        return bad();
    return addressOf(key);
}

std::string checksumAddress(const Address &address)
{
    std::string text = toHex(address);
    const Digest digest = keccak256(bytesOf(std::string_view(text)));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned nibble = i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15u;
        if (nibble >= 8 && text[i] >= 'a')
            text[i] = static_cast<char>(text[i] - 'a' + 'A');
    }
    return "0x" + text;
}

Result<Address> parseAddress(std::string_view text)
{
    const auto bad = [] { return fail(ErrorCode::AddressMalformed); };
    if (text.size() != 42 || !text.starts_with("0x"))
        return bad();
    const auto bytes = fromHex(text);
    if (!bytes)
        return bad();
    Address address{};
    std::copy(bytes->begin(), bytes->end(), address.begin());
    const std::string_view digits = text.substr(2);
    const auto is = [digits](int (*test)(int)) {
        return std::any_of(digits.begin(), digits.end(),
                           [test](char c) { return test(static_cast<unsigned char>(c)) != 0; });
    };
    const bool mixed = is([](int c) { return std::isupper(c); }) && is([](int c) { return std::islower(c); });
    if (mixed && checksumAddress(address) != text)
        return bad();
    return address;
}

Result<SecretBytes> addToSecret(ByteView secret, ByteView tweak)
{
    SecretBytes sum(secret);
    if (secret.size() != kSecretBytes || tweak.size() != kSecretBytes
        || secp256k1_ec_seckey_tweak_add(context(), sum.writable().data(), tweak.data()) != 1)
        return fail(ErrorCode::CryptoFailed, {{"what", "key derivation"}});
    return sum;
}

Result<QByteArray> compressedPublicKey(ByteView secret)
{
    AMANA_TRY(const auto key, publicKey(secret));
    QByteArray bytes(33, '\0');
    std::size_t size = 33;
    secp256k1_ec_pubkey_serialize(context(), reinterpret_cast<unsigned char *>(bytes.data()), &size, &key,
                                  SECP256K1_EC_COMPRESSED);
    return bytes;
}

Status checkPublicKey(ByteView compressed)
{
    secp256k1_pubkey key;
    if (compressed.size() != 33 || secp256k1_ec_pubkey_parse(context(), &key, compressed.data(), 33) != 1)
        return fail(ErrorCode::CryptoFailed, {{"what", "public key"}});
    return {};
}

} // namespace amana::crypto
