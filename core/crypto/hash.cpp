// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/hash.h"

#include "core/crypto/ossl.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace amana::crypto {

namespace {

using MdContext = OsslPtr<EVP_MD_CTX, EVP_MD_CTX_free>;
using Kdf = OsslPtr<EVP_KDF, EVP_KDF_free>;
using KdfContext = OsslPtr<EVP_KDF_CTX, EVP_KDF_CTX_free>;

/// Fetched once: fetching by name at every call costs more than hashing a short message.
const EVP_MD *sha256Method()
{
    static const EVP_MD *method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    require(method != nullptr, "SHA256");
    return method;
}

KdfContext kdfContext(const char *name)
{
    const Kdf kdf(EVP_KDF_fetch(nullptr, name, nullptr));
    require(kdf != nullptr, name);
    KdfContext context(EVP_KDF_CTX_new(kdf.get()));
    require(context != nullptr, name);
    return context;
}

OSSL_PARAM octets(const char *name, ByteView bytes)
{
    // OpenSSL's parameters are not const-correct; it only reads them here
    static std::uint8_t nothing = 0;
    auto *data = bytes.empty() ? &nothing : const_cast<std::uint8_t *>(bytes.data());
    return OSSL_PARAM_construct_octet_string(name, data, bytes.size());
}

} // namespace

struct Sha256::State {
    MdContext context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : m_state(std::make_unique<State>())
{
    require(m_state->context != nullptr, "EVP_MD_CTX_new");
    reset();
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;

void Sha256::reset()
{
    require(EVP_DigestInit_ex2(m_state->context.get(), sha256Method(), nullptr) == 1, "EVP_DigestInit_ex2");
}

void Sha256::add(ByteView data)
{
    require(EVP_DigestUpdate(m_state->context.get(), data.data(), data.size()) == 1, "EVP_DigestUpdate");
}

Digest Sha256::digest()
{
    Digest result{};
    require(EVP_DigestFinal_ex(m_state->context.get(), result.data(), nullptr) == 1, "EVP_DigestFinal_ex");
    return result;
}

Digest sha256(ByteView data)
{
    Digest result{};
    require(EVP_Digest(data.data(), data.size(), result.data(), nullptr, sha256Method(), nullptr) == 1,
            "EVP_Digest");
    return result;
}

Digest hmacSha256(ByteView key, ByteView data)
{
    Digest result{};
    unsigned size = 0;
    const std::uint8_t nothing = 0; // a null key means "the last one" to HMAC()
    const void *keyData = key.empty() ? &nothing : key.data();
    require(HMAC(sha256Method(), keyData, static_cast<int>(key.size()), data.data(), data.size(),
                 result.data(), &size)
                != nullptr,
            "HMAC");
    return result;
}

namespace {

SecretBytes hkdf(int mode, ByteView secret, ByteView salt, ByteView info, std::size_t size)
{
    const KdfContext context = kdfContext("HKDF");
    char digestName[] = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digestName, 0),
        octets(OSSL_KDF_PARAM_KEY, secret),
        octets(OSSL_KDF_PARAM_SALT, salt),
        octets(OSSL_KDF_PARAM_INFO, info),
        OSSL_PARAM_construct_end(),
    };
    SecretBytes result(size);
    require(EVP_KDF_derive(context.get(), result.writable().data(), size, params) == 1, "HKDF");
    return result;
}

} // namespace

SecretBytes hkdfSha256(ByteView secret, ByteView salt, std::string_view info, std::size_t size)
{
    return hkdf(EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, secret, salt, bytesOf(info), size);
}

SecretBytes hkdfExtract(ByteView secret, ByteView salt)
{
    // by HMAC itself: OpenSSL's HKDF leaves its copy of the salt behind unwiped, and the salt may be the secret (HPKE)
    Digest extracted = hmacSha256(salt, secret);
    SecretBytes result{ByteView(extracted)};
    secureWipe(extracted.data(), extracted.size());
    return result;
}

SecretBytes hkdfExpand(ByteView extracted, ByteView info, std::size_t size)
{
    return hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, extracted, {}, info, size);
}

Result<SecretBytes> scrypt(ByteView passphrase, ByteView salt, int logN, std::size_t size)
{
    const KdfContext context = kdfContext("SCRYPT");
    std::uint64_t n = std::uint64_t(1) << logN;
    std::uint32_t r = 8;
    std::uint32_t p = 1;
    std::uint64_t memory = 128 * r * (n + p + 2) + (1u << 20); // RFC 7914, section 2, and some room
    const OSSL_PARAM params[] = {
        octets(OSSL_KDF_PARAM_PASSWORD, passphrase),
        octets(OSSL_KDF_PARAM_SALT, salt),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    SecretBytes result(size);
    if (EVP_KDF_derive(context.get(), result.writable().data(), size, params) != 1)
        return fail(ErrorCode::CryptoFailed, {{"operation", "scrypt"}, {"logN", std::to_string(logN)}});
    return result;
}

} // namespace amana::crypto
