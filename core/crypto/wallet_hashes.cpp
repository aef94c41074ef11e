// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/wallet_hashes.h"

#include <botan/hash.h>
#include <botan/mac.h>
#include <botan/pwdhash.h>
#include <botan/stream_cipher.h>

#include <new>

namespace amana::crypto {

namespace {

constexpr std::size_t kSha512Bytes = 64;

SecretBytes pbkdf2(const char *name, ByteView password, ByteView salt, unsigned iterations, std::size_t size)
{
    const auto hash = Botan::PasswordHashFamily::create_or_throw(name)->from_params(iterations);
    SecretBytes result(size);
    hash->derive_key(result.writable().data(), size, reinterpret_cast<const char *>(password.data()), password.size(),
                     salt.data(), salt.size());
    return result;
}

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
    return pbkdf2("PBKDF2(SHA-512)", bytesOf(password), salt, iterations, kSha512Bytes);
}

SecretBytes pbkdf2Sha256(ByteView password, ByteView salt, unsigned iterations, std::size_t size)
{
    return pbkdf2("PBKDF2(SHA-256)", password, salt, iterations, size);
}

Result<SecretBytes> scryptOfCost(ByteView password, ByteView salt, ScryptCost cost, std::size_t size)
{
    const auto hash = Botan::PasswordHashFamily::create_or_throw("Scrypt")->from_params(cost.n, cost.r, cost.p);
    SecretBytes result(size);
    try {
        hash->derive_key(result.writable().data(), size, reinterpret_cast<const char *>(password.data()),
                         password.size(), salt.data(), salt.size());
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::CryptoFailed, {{"operation", "scrypt"}, {"n", std::to_string(cost.n)}});
    }
    return result;
}

SecretBytes aes128Ctr(ByteView key, ByteView counter, ByteView data)
{
    const auto cipher = Botan::StreamCipher::create_or_throw("CTR-BE(AES-128)");
    cipher->set_key(key.data(), key.size());
    cipher->set_iv(counter.data(), counter.size());
    SecretBytes result(data.size());
    cipher->cipher(data.data(), result.writable().data(), data.size());
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
