// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_lanes.h"

#include <algorithm>

namespace amana::crypto {

namespace {

constexpr std::size_t kBatchChunks = 8; // what one processor takes at a time of a long payload
constexpr std::uint64_t kLong = 4 * kBatchChunks * kStreamChunk; // below, threads cost more than they bring

} // namespace

ChunkNonce nonceOf(std::uint64_t chunk, bool last)
{
    ChunkNonce nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[10 - i] = static_cast<std::uint8_t>(chunk >> (8 * i));
    nonce[11] = last ? 1 : 0;
    return nonce;
}

bool sealBatch(ByteView key, Batch &batch)
{
    ChaChaPoly aead(key);
    std::size_t from = 0;
    std::size_t to = 0;
    std::uint64_t chunk = batch.first;
    do {
        const std::size_t size = std::min(kStreamChunk, batch.plainSize - from);
        const bool last = batch.last && from + size == batch.plainSize;
        aead.seal(nonceOf(chunk++, last), batch.plain.view().subspan(from, size),
                  std::span(batch.sealed).subspan(to, size + kAeadTagSize));
        from += size;
        to += size + kAeadTagSize;
    } while (from < batch.plainSize);
    batch.sealedSize = to;
    return true;
}

bool openBatch(ByteView key, Batch &batch)
{
    ChaChaPoly aead(key);
    const std::size_t chunks = batch.sealedSize / kSealedChunk;
    for (std::size_t i = 0; i < chunks; ++i)
        if (!aead.open(nonceOf(batch.first + i, false), ByteView(batch.sealed).subspan(i * kSealedChunk, kSealedChunk),
                       batch.plain.writable().subspan(i * kStreamChunk, kStreamChunk)))
            return false;
    batch.plainSize = chunks * kStreamChunk;
    return true;
}

Lanes::Lanes(ByteView key, Work work, std::uint64_t size)
    : m_key(key), m_work(work), m_parallel(size == 0 || size >= kLong),
      m_limit(m_parallel ? Crew::processors() + 1 : 1)
{
}

std::size_t Lanes::chunks() const
{
    return m_parallel ? kBatchChunks : 1;
}

std::unique_ptr<Batch> Lanes::spare()
{
    if (m_spare.empty())
        return std::make_unique<Batch>(chunks());
    auto batch = std::move(m_spare.back());
    m_spare.pop_back();
    batch->plainSize = batch->sealedSize = 0;
    return batch;
}

void Lanes::start(std::unique_ptr<Batch> batch)
{
    if (!m_crew) // of no thread, where one batch is all there is
        m_crew.emplace(m_parallel && !(batch->last && batch->first == 0) ? Crew::processors() : 0);
    batch->work = m_crew->start([this, &batch = *batch] { return m_work(m_key, batch); });
    m_underWay.push_back(std::move(batch));
}

std::unique_ptr<Batch> Lanes::takeOldest()
{
    auto batch = std::move(m_underWay.front());
    m_underWay.pop_front();
    return batch;
}

} // namespace amana::crypto
