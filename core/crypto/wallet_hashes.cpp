// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/wallet_hashes.h"

#include <botan/hash.h>
#include <botan/mac.h>
#include <botan/pwdhash.h>

namespace amana::crypto {

namespace {

constexpr std::size_t kSha512Bytes = 64;

} // namespace

SecretBytes hmacSha512(ByteView key, ByteView data)
{
    const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-512)");
    mac->set_key(key.data(), key.size());
    mac->update(data.data(), data.size());
    SecretBytes result(kSha512Bytes);
    mac->final(result.writable().data());
    return result;
}

SecretBytes pbkdf2Sha512(std::string_view password, ByteView salt, unsigned iterations)
{
    const auto family = Botan::PasswordHashFamily::create_or_throw("PBKDF2(SHA-512)");
    const auto hash = family->from_params(iterations);
    SecretBytes result(kSha512Bytes);
    hash->derive_key(result.writable().data(), result.size(), password.data(), password.size(), salt.data(),
                     salt.size());
    return result;
}

QByteArray hash160(ByteView bytes)
{
    const auto sha256 = Botan::HashFunction::create_or_throw("SHA-256");
    const auto ripemd160 = Botan::HashFunction::create_or_throw("RIPEMD-160");
    const auto inner = sha256->process(bytes.data(), bytes.size());
    const auto outer = ripemd160->process(inner);
    return toByteArray({outer.data(), outer.size()});
}

} // namespace amana::crypto
