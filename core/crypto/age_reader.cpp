// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_reader.h"

#include "core/crypto/aead.h"
#include "core/crypto/age_armor.h"
#include "core/crypto/age_keys.h"
#include "core/crypto/age_payload.h"
#include "core/crypto/age_stream.h"

#include <QIODevice>

#include <algorithm>

namespace amana::crypto {

AgeReader::AgeReader(QIODevice &in, SecretBytes key, std::uint64_t payload, std::uint64_t sealedSize)
    : m_in(&in), m_key(std::move(key)), m_payload(payload), m_sealedSize(sealedSize),
      m_chunks((sealedSize + kSealedChunk - 1) / kSealedChunk), m_size(sealedSize - m_chunks * kAeadTagSize)
{
}

Result<AgeReader> AgeReader::open(QIODevice &in, std::span<const AgeIdentity> identities)
{
    if (in.isSequential() || !in.seek(0))
        return fail(ErrorCode::FileUnreadable);
    DeviceSource device(in);
    BufferedSource source(device);
    AMANA_TRY(const bool armored, looksArmored(source));
    if (armored)
        return fail(ErrorCode::AgeUnsupported, {{"what", "armor"}});
    AMANA_TRY(AgePayload payload, openPayload(source, [identities](const AgeHeader &header) {
                  return unwrapWithIdentities(header, identities);
              }));
    const auto fileSize = static_cast<std::uint64_t>(in.size());
    const std::uint64_t sealed = fileSize - std::min(fileSize, payload.offset);
    const std::uint64_t rest = sealed % kSealedChunk;
    if (sealed < kAeadTagSize || (rest > 0 && rest < kAeadTagSize))
        return fail(ErrorCode::AgeTruncated, {{"chunk", std::to_string(sealed / kSealedChunk)}});
    if (rest == kAeadTagSize && sealed > rest) // only an empty file may end with an empty chunk
        return fail(ErrorCode::AgePayloadTampered, {{"chunk", std::to_string(sealed / kSealedChunk)}});
    AgeReader reader(in, std::move(payload.key), payload.offset, sealed);
    AMANA_CHECK(reader.chunk(reader.m_chunks - 1)); // it was sealed as the last one: nothing is missing
    return reader;
}

Result<SecretBytes> AgeReader::chunk(std::uint64_t number) const
{
    const std::uint64_t from = number * kSealedChunk;
    std::vector<std::uint8_t> sealed(std::min<std::uint64_t>(kSealedChunk, m_sealedSize - from));
    if (!m_in->seek(static_cast<qint64>(m_payload + from)))
        return fail(ErrorCode::FileUnreadable);
    DeviceSource source(*m_in);
    AMANA_TRY(const std::size_t size, source.read(sealed));
    if (size < sealed.size()) // the file became shorter
        return fail(ErrorCode::AgeTruncated, {{"chunk", std::to_string(number)}});
    return openChunk(m_key.view(), number, number + 1 == m_chunks, sealed);
}

Result<SecretBytes> AgeReader::read(std::uint64_t offset, std::uint64_t count)
{
    const std::uint64_t begin = std::min(offset, m_size);
    const std::uint64_t end = begin + std::min(count, m_size - begin);
    SecretBytes bytes(end - begin);
    for (std::uint64_t at = begin; at < end;) {
        AMANA_TRY(const SecretBytes plain, chunk(at / kStreamChunk));
        const std::uint64_t skip = at % kStreamChunk;
        const std::uint64_t size = std::min(end - at, plain.size() - skip);
        std::copy_n(plain.view().begin() + static_cast<std::ptrdiff_t>(skip), size,
                    bytes.writable().begin() + static_cast<std::ptrdiff_t>(at - begin));
        at += size;
    }
    return bytes;
}

} // namespace amana::crypto
