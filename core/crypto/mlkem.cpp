// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/mlkem.h"

#include "core/crypto/ossl.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace amana::crypto {

namespace {

constexpr const char *kName = "ML-KEM-768";
constexpr const char *kSeedParameter = "seed"; // OSSL_PKEY_PARAM_ML_KEM_SEED, which older headers have not
constexpr std::size_t kSecretSize = 32;
// All that is called below is in the headers of 3.0 already, so this file is compiled everywhere and cannot rot.
constexpr bool kBuiltWith = OPENSSL_VERSION_NUMBER >= 0x30500000L;

using Key = OsslPtr<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = OsslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Kem = OsslPtr<EVP_KEM, EVP_KEM_free>;

/// Null when the bytes are no key: OpenSSL checks the modulus.
Key publicOf(ByteView bytes)
{
    if (bytes.size() != kMlKemPublicSize)
        return {};
    return Key(EVP_PKEY_new_raw_public_key_ex(nullptr, kName, nullptr, bytes.data(), bytes.size()));
}

} // namespace

bool mlKemSupported()
{
    // asked at run time too: a program built with 3.5 starts with an older library, and with one that was built without
    static const bool supported = kBuiltWith && Kem(EVP_KEM_fetch(nullptr, kName, nullptr)) != nullptr;
    return supported;
}

bool isMlKemPublic(ByteView key)
{
    return publicOf(key) != nullptr;
}

std::optional<MlKemShare> mlKemEncapsulate(ByteView publicKey)
{
    const Key key = publicOf(publicKey);
    if (!key)
        return std::nullopt;
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    require(context != nullptr && EVP_PKEY_encapsulate_init(context.get(), nullptr) == 1, "ML-KEM");
    MlKemShare made{std::vector<std::uint8_t>(kMlKemShareSize), SecretBytes(kSecretSize)};
    std::size_t shareSize = made.share.size();
    std::size_t secretSize = made.secret.size();
    require(EVP_PKEY_encapsulate(context.get(), made.share.data(), &shareSize, made.secret.writable().data(),
                                 &secretSize)
                    == 1
                && shareSize == kMlKemShareSize && secretSize == kSecretSize,
            "ML-KEM encapsulation");
    return made;
}

struct MlKemKey::State {
    Key key;
};

MlKemKey::MlKemKey(ByteView seed) : m_state(std::make_unique<State>())
{
    require(seed.size() == kMlKemSeedSize, "ML-KEM seed");
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kName, nullptr));
    require(context != nullptr && EVP_PKEY_keygen_init(context.get()) == 1, "ML-KEM");
    // OpenSSL's parameters are not const-correct; it only reads them here
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(kSeedParameter, const_cast<std::uint8_t *>(seed.data()), seed.size()),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY *key = nullptr;
    require(EVP_PKEY_CTX_set_params(context.get(), params) == 1 && EVP_PKEY_keygen(context.get(), &key) == 1,
            "ML-KEM key");
    m_state->key.reset(key);
}

MlKemKey::~MlKemKey() = default;
MlKemKey::MlKemKey(MlKemKey &&) noexcept = default;

std::vector<std::uint8_t> MlKemKey::publicKey() const
{
    std::vector<std::uint8_t> bytes(kMlKemPublicSize);
    std::size_t size = 0;
    require(EVP_PKEY_get_octet_string_param(m_state->key.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size(),
                                            &size)
                    == 1
                && size == bytes.size(),
            "ML-KEM public key");
    return bytes;
}

SecretBytes MlKemKey::decapsulate(ByteView share) const
{
    require(share.size() == kMlKemShareSize, "ML-KEM share");
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_state->key.get(), nullptr));
    require(context != nullptr && EVP_PKEY_decapsulate_init(context.get(), nullptr) == 1, "ML-KEM");
    SecretBytes secret(kSecretSize);
    std::size_t size = secret.size();
    require(EVP_PKEY_decapsulate(context.get(), secret.writable().data(), &size, share.data(), share.size()) == 1
                && size == kSecretSize,
            "ML-KEM decapsulation");
    return secret;
}

} // namespace amana::crypto
