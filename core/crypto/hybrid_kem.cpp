// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/hybrid_kem.h"

#include "core/crypto/ossl.h"
#include "core/crypto/random.h"

#include <openssl/evp.h>

namespace amana::crypto {

namespace {

constexpr std::size_t kX25519Size = 32;
constexpr std::string_view kLabel = "\\.//^\\"; // of the draft; X-Wing's drawing
using MdContext = OsslPtr<EVP_MD_CTX, EVP_MD_CTX_free>;

/// SHAKE256 (FIPS 202) of the seed: 64 bytes for ML-KEM, 32 for X25519.
SecretBytes expand(ByteView seed)
{
    require(seed.size() == kHybridSeedSize, "hybrid seed");
    const MdContext context(EVP_MD_CTX_new());
    SecretBytes expanded(kMlKemSeedSize + kX25519Size);
    require(context != nullptr && EVP_DigestInit_ex2(context.get(), EVP_shake256(), nullptr) == 1
                && EVP_DigestUpdate(context.get(), seed.data(), seed.size()) == 1
                && EVP_DigestFinalXOF(context.get(), expanded.writable().data(), expanded.size()) == 1,
            "SHAKE256");
    return expanded;
}

/// SHA3-256 over both secrets and the X25519 exchange; ML-KEM binds its own (draft-irtf-cfrg-hybrid-kems).
SecretBytes combine(const SecretBytes &mlKem, const SecretBytes &x25519, ByteView share, ByteView recipient)
{
    const MdContext context(EVP_MD_CTX_new());
    require(context != nullptr && EVP_DigestInit_ex2(context.get(), EVP_sha3_256(), nullptr) == 1, "SHA3-256");
    for (const ByteView part : {mlKem.view(), x25519.view(), share, recipient, bytesOf(kLabel)})
        require(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1, "SHA3-256");
    SecretBytes secret(32);
    require(EVP_DigestFinal_ex(context.get(), secret.writable().data(), nullptr) == 1, "SHA3-256");
    return secret;
}

} // namespace

bool isHybridPublic(ByteView key)
{
    return key.size() == kHybridPublicSize && isMlKemPublic(key.first(kMlKemPublicSize));
}

std::optional<HybridShare> hybridEncapsulate(ByteView publicKey)
{
    if (publicKey.size() != kHybridPublicSize)
        return std::nullopt;
    const ByteView point = publicKey.subspan(kMlKemPublicSize);
    const SecretBytes ephemeral = randomSecret(kX25519Size);
    const X25519Point share = x25519Public(ephemeral.view());
    const std::optional<SecretBytes> agreed = x25519Shared(ephemeral.view(), point);
    std::optional<MlKemShare> mlKem = mlKemEncapsulate(publicKey.first(kMlKemPublicSize));
    if (!agreed || !mlKem)
        return std::nullopt;
    HybridShare made{std::move(mlKem->share), combine(mlKem->secret, *agreed, share, point)};
    made.share.insert(made.share.end(), share.begin(), share.end());
    return made;
}

HybridKey::HybridKey(ByteView seed) : HybridKey(expand(seed)) {}

HybridKey::HybridKey(const SecretBytes &expanded)
    : m_mlKem(expanded.view().first(kMlKemSeedSize)), m_x25519(expanded.view().subspan(kMlKemSeedSize)),
      m_x25519Public(x25519Public(m_x25519.view()))
{
}

std::vector<std::uint8_t> HybridKey::publicKey() const
{
    std::vector<std::uint8_t> key = m_mlKem.publicKey();
    key.insert(key.end(), m_x25519Public.begin(), m_x25519Public.end());
    return key;
}

std::optional<SecretBytes> HybridKey::decapsulate(ByteView share) const
{
    require(share.size() == kHybridShareSize, "hybrid share");
    const ByteView point = share.subspan(kMlKemShareSize);
    const std::optional<SecretBytes> agreed = x25519Shared(m_x25519.view(), point);
    if (!agreed)
        return std::nullopt;
    return combine(m_mlKem.decapsulate(share.first(kMlKemShareSize)), *agreed, point, m_x25519Public);
}

} // namespace amana::crypto
