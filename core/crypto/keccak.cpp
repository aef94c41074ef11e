// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/keccak.h"

#include <botan/hash.h>

#include <algorithm>
#include <memory>

namespace amana::crypto {

Digest keccak256(ByteView bytes)
{
    // A hash object is not thread-safe, and looking it up by name costs more than a short hash.
    thread_local const std::unique_ptr<Botan::HashFunction> hash =
        Botan::HashFunction::create_or_throw("Keccak-1600(256)");
    hash->update(bytes.data(), bytes.size());
    Digest digest{};
    hash->final(digest.data());
    return digest;
}

} // namespace amana::crypto
