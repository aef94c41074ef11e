// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/aead.h"

#include "core/crypto/ossl.h"
#include "core/crypto/random.h"

#include <openssl/evp.h>

#include <array>
#include <cstring>

namespace amana::crypto {

namespace {

using CipherContext = OsslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

const EVP_CIPHER *method()
{
    static const EVP_CIPHER *cipher = EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
    require(cipher != nullptr, "ChaCha20-Poly1305");
    return cipher;
}

CipherContext context(ByteView key, int encrypt)
{
    require(key.size() == kAeadKeySize, "key size");
    CipherContext made(EVP_CIPHER_CTX_new());
    require(made != nullptr, "EVP_CIPHER_CTX_new");
    require(EVP_CipherInit_ex2(made.get(), method(), key.data(), nullptr, encrypt, nullptr) == 1,
            "EVP_CipherInit_ex2");
    return made;
}

int asInt(std::size_t size)
{
    require(size < (std::size_t(1) << 31), "message too long for one AEAD call");
    return static_cast<int>(size);
}

void start(EVP_CIPHER_CTX *ctx, ByteView nonce, ByteView aad, int encrypt)
{
    require(nonce.size() == kAeadNonceSize, "nonce size");
    require(EVP_CipherInit_ex2(ctx, nullptr, nullptr, nonce.data(), encrypt, nullptr) == 1, "nonce");
    int written = 0;
    if (!aad.empty())
        require(EVP_CipherUpdate(ctx, nullptr, &written, aad.data(), asInt(aad.size())) == 1, "aad");
}

} // namespace

/// Two contexts, each with its key schedule done once; made when first needed.
struct ChaChaPoly::Contexts {
    SecretBytes key;
    CipherContext sealing;
    CipherContext opening;
};

ChaChaPoly::ChaChaPoly(ByteView key) : m_contexts(std::make_unique<Contexts>())
{
    m_contexts->key = SecretBytes(key);
}

ChaChaPoly::~ChaChaPoly() = default;

void ChaChaPoly::seal(ByteView nonce, ByteView plain, std::span<std::uint8_t> out, ByteView aad)
{
    if (!m_contexts->sealing)
        m_contexts->sealing = context(m_contexts->key.view(), 1);
    EVP_CIPHER_CTX *ctx = m_contexts->sealing.get();
    require(out.size() == plain.size() + kAeadTagSize, "output size");
    start(ctx, nonce, aad, 1);
    int written = 0;
    if (!plain.empty())
        require(EVP_CipherUpdate(ctx, out.data(), &written, plain.data(), asInt(plain.size())) == 1, "seal");
    int more = 0;
    require(EVP_CipherFinal_ex(ctx, out.data() + written, &more) == 1, "seal");
    require(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, kAeadTagSize, out.data() + plain.size()) == 1,
            "tag");
}

bool ChaChaPoly::open(ByteView nonce, ByteView sealed, std::span<std::uint8_t> out, ByteView aad)
{
    if (sealed.size() < kAeadTagSize)
        return false;
    if (!m_contexts->opening)
        m_contexts->opening = context(m_contexts->key.view(), 0);
    EVP_CIPHER_CTX *ctx = m_contexts->opening.get();
    const std::size_t size = sealed.size() - kAeadTagSize;
    require(out.size() == size, "output size");
    std::array<std::uint8_t, kAeadTagSize>
        tag; // a copy: `out` may overlap `sealed`, and OpenSSL wants it mutable
    std::memcpy(tag.data(), sealed.data() + size, tag.size());
    start(ctx, nonce, aad, 0);
    require(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, kAeadTagSize, tag.data()) == 1, "tag");
    int written = 0;
    if (size > 0)
        require(EVP_CipherUpdate(ctx, out.data(), &written, sealed.data(), asInt(size)) == 1, "open");
    int more = 0;
    std::uint8_t none = 0;
    const bool good = EVP_CipherFinal_ex(ctx, size > 0 ? out.data() + written : &none, &more) == 1;
    if (!good)
        secureWipe(out.data(), out.size()); // OpenSSL has written the plaintext before it saw the tag
    return good;
}

QByteArray seal(ByteView key, ByteView plain, ByteView aad)
{
    QByteArray sealed(static_cast<qsizetype>(kAeadNonceSize + plain.size() + kAeadTagSize),
                      Qt::Uninitialized);
    const std::span<std::uint8_t> out(reinterpret_cast<std::uint8_t *>(sealed.data()),
                                      static_cast<std::size_t>(sealed.size()));
    randomBytes(out.first(kAeadNonceSize));
    ChaChaPoly(key).seal(out.first(kAeadNonceSize), plain, out.subspan(kAeadNonceSize), aad);
    return sealed;
}

Result<SecretBytes> open(ByteView key, ByteView sealed, ByteView aad)
{
    if (sealed.size() < kAeadNonceSize + kAeadTagSize)
        return fail(ErrorCode::CryptoFailed, {{"operation", "open"}});
    SecretBytes plain(sealed.size() - kAeadNonceSize - kAeadTagSize);
    if (!ChaChaPoly(key).open(sealed.first(kAeadNonceSize), sealed.subspan(kAeadNonceSize), plain.writable(),
                              aad))
        return fail(ErrorCode::CryptoFailed, {{"operation", "open"}});
    return plain;
}

} // namespace amana::crypto
