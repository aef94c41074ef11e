// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/age.h"

#include <memory>

namespace amana::crypto {

/// Reads parts of a binary age file without opening all of it: a record of a large archive, the window of a recording
/// that is on the screen. Every byte handed out was authenticated; so was the end, hence size() is certain.
/// Not thread-safe.
class AgeReader {
public:
    /// `in` can seek (a sequential device gives FileUnreadable), stands anywhere, and outlives the reader. Fails as
    /// age.h says; AgeUnsupported for an armored file.
    [[nodiscard]] static Result<AgeReader> open(QIODevice &in, std::span<const AgeIdentity> identities);

    /// Of the content, in bytes.
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// The bytes from `offset` on, at most `count`; fewer at the end. AgePayloadTampered (param chunk), FileUnreadable.
    [[nodiscard]] Result<SecretBytes> read(std::uint64_t offset, std::uint64_t count);

private:
    AgeReader(QIODevice &in, SecretBytes key, std::uint64_t payload, std::uint64_t sealedSize);
    [[nodiscard]] Result<SecretBytes> chunk(std::uint64_t number) const;

    QIODevice *m_in;
    SecretBytes m_key;
    std::uint64_t m_payload;    ///< where the first chunk begins
    std::uint64_t m_sealedSize; ///< of all chunks
    std::uint64_t m_chunks;
    std::uint64_t m_size;
};

} // namespace amana::crypto
