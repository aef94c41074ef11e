// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/random.h"

#include "core/crypto/ossl.h"

#include <openssl/rand.h>

#include <limits>

namespace amana::crypto {

void randomBytes(std::span<std::uint8_t> out)
{
    require(out.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "too many random bytes");
    require(out.empty() || RAND_bytes(out.data(), static_cast<int>(out.size())) == 1, "RAND_bytes");
}

SecretBytes randomSecret(std::size_t size)
{
    SecretBytes secret(size);
    require(size == 0 || RAND_priv_bytes(secret.writable().data(), static_cast<int>(size)) == 1,
            "RAND_priv_bytes");
    return secret;
}

Digest randomDigest()
{
    Digest digest{};
    randomBytes(digest);
    return digest;
}

} // namespace amana::crypto
