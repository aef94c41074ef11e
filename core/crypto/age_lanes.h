// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/crew.h"
#include "core/base/secret_bytes.h"
#include "core/crypto/aead.h"

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

/// Internal to core/crypto: the chunks of an age payload on their way through all processors.
namespace amana::crypto {

inline constexpr std::size_t kStreamChunk = 64u << 10;
inline constexpr std::size_t kSealedChunk = kStreamChunk + kAeadTagSize;

using ChunkNonce = std::array<std::uint8_t, kAeadNonceSize>;
/// 11 bytes of counter, big-endian, and the flag of the last chunk.
[[nodiscard]] ChunkNonce nonceOf(std::uint64_t chunk, bool last);

/// Chunks that one processor seals or opens together.
struct Batch {
    explicit Batch(std::size_t chunks) : plain(chunks * kStreamChunk), sealed(chunks * kSealedChunk) {}
    Batch(const Batch &) = delete;
    Batch &operator=(const Batch &) = delete;
    ~Batch()
    {
        if (work.valid()) // somebody may still be at it
            work.wait();
    }

    SecretBytes plain;
    std::vector<std::uint8_t> sealed;
    std::size_t plainSize = 0;
    std::size_t sealedSize = 0;
    std::uint64_t first = 0; ///< number of its first chunk
    bool last = false;       ///< nothing follows it
    std::future<bool> work;  ///< false: a tag was wrong
};

/// An empty payload is one empty chunk.
bool sealBatch(ByteView key, Batch &batch);
/// Of whole chunks that others follow. False: a tag was wrong.
bool openBatch(ByteView key, Batch &batch);

/// Batches under way, oldest first; keeps those that came back for the next. Below a size that is worth it, all is done
/// where it is called, one chunk at a time.
class Lanes {
public:
    using Work = bool (*)(ByteView, Batch &);

    /// `size`: of the payload, about; 0 when not known. `key` outlives this.
    Lanes(ByteView key, Work work, std::uint64_t size);

    [[nodiscard]] bool isLong() const { return m_parallel; }
    [[nodiscard]] std::size_t chunks() const; ///< a batch
    [[nodiscard]] std::unique_ptr<Batch> spare();
    void start(std::unique_ptr<Batch> batch);
    [[nodiscard]] bool full() const { return m_underWay.size() >= m_limit; }
    [[nodiscard]] bool empty() const { return m_underWay.empty(); }
    [[nodiscard]] std::unique_ptr<Batch> takeOldest();
    void giveBack(std::unique_ptr<Batch> batch) { m_spare.push_back(std::move(batch)); }

private:
    const ByteView m_key;
    const Work m_work;
    const bool m_parallel;
    const std::size_t m_limit;
    std::deque<std::unique_ptr<Batch>> m_underWay;
    std::vector<std::unique_ptr<Batch>> m_spare;
    std::optional<Crew> m_crew; ///< last, so that its work ends before the batches do
};

} // namespace amana::crypto
