// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/x25519.h"

#include "core/crypto/ossl.h"

#include <openssl/evp.h>

namespace amana::crypto {

namespace {

using Key = OsslPtr<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = OsslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

Key privateKey(ByteView secret)
{
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, secret.data(), secret.size()));
    require(key != nullptr, "X25519 private key");
    return key;
}

} // namespace

X25519Point x25519Public(ByteView secret)
{
    X25519Point point{};
    std::size_t size = point.size();
    require(EVP_PKEY_get_raw_public_key(privateKey(secret).get(), point.data(), &size) == 1,
            "X25519 public key");
    return point;
}

std::optional<SecretBytes> x25519Shared(ByteView secret, ByteView point)
{
    const Key own = privateKey(secret);
    const Key other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, point.data(), point.size()));
    const KeyContext context(EVP_PKEY_CTX_new(own.get(), nullptr));
    require(other != nullptr && context != nullptr && EVP_PKEY_derive_init(context.get()) == 1, "X25519");
    SecretBytes shared(32);
    std::size_t size = shared.size();
    // OpenSSL itself refuses a result of zero; the check is repeated because the security of age rests on it
    const bool derived = EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1
                         && EVP_PKEY_derive(context.get(), shared.writable().data(), &size) == 1;
    if (!derived || shared.equals(SecretBytes(32).view()))
        return std::nullopt;
    return shared;
}

} // namespace amana::crypto
