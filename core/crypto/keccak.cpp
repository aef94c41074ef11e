// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/keccak.h"

#include <botan/hash.h>

#include <memory>

namespace amana::crypto {

Digest keccak256(ByteView bytes)
{
    return keccak256({bytes});
}

Digest keccak256(std::initializer_list<ByteView> parts)
{
    // A hash object is not thread-safe, and looking it up by name costs more than a short hash.
    thread_local const std::unique_ptr<Botan::HashFunction> hash =
        Botan::HashFunction::create_or_throw("Keccak-1600(256)");
    for (const ByteView part : parts)
        hash->update(part.data(), part.size());
    Digest digest{};
    hash->final(digest.data());
    return digest;
}

} // namespace amana::crypto
