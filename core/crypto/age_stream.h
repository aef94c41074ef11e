// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/secret_bytes.h"
#include "core/crypto/age_lanes.h"
#include "core/crypto/byte_source.h"

/// Internal to core/crypto: the payload of an age file, the STREAM construction over ChaCha20-Poly1305 in
/// chunks of 64 KiB (C2SP age specification, "Payload"). A long payload is sealed and opened on all processors;
/// what comes out is in order all the same. Memory: at most 1 MiB for each processor (of 16 at most) and 4 MiB more.
namespace amana::crypto {

/// Counts what was written.
class WrittenCount {
public:
    WrittenCount(const ByteWriter &out, const Progress &progress, std::uint64_t total)
        : m_out(out), m_progress(progress), m_total(total)
    {
    }
    [[nodiscard]] Status write(ByteView bytes, std::size_t plainSize);

private:
    const ByteWriter &m_out;
    const Progress &m_progress;
    const std::uint64_t m_total;
    std::uint64_t m_done = 0;
};

/// Seals what is filled in; what it was made of outlives it. After a failure it is of no more use.
class StreamSealer {
public:
    /// `total` is about the size, 0 when not known.
    StreamSealer(ByteView key, const ByteWriter &out, const Progress &progress, std::uint64_t total);

    [[nodiscard]] bool isLong() const { return m_lanes.isLong(); }
    /// A batch to be filled, and back again: all but the last are full. Cancelled, and the writer's failures.
    [[nodiscard]] std::unique_ptr<Batch> spare() { return m_lanes.spare(); }
    [[nodiscard]] Status push(std::unique_ptr<Batch> batch);

    /// Or, where bytes come as they like: room, never empty.
    [[nodiscard]] std::span<std::uint8_t> room();
    /// So many bytes of room() are there now. Cancelled, and the writer's failures.
    [[nodiscard]] Status filled(std::size_t size);
    [[nodiscard]] Status finish();

private:
    [[nodiscard]] Status start(std::unique_ptr<Batch> batch, bool last);
    [[nodiscard]] Status writeOldest();

    const Progress &m_progress;
    Lanes m_lanes;
    WrittenCount m_written;
    std::unique_ptr<Batch> m_filling; ///< not full
    std::unique_ptr<Batch> m_full;    ///< the one before, while nothing is known to follow it
    std::uint64_t m_chunk = 0;
};

/// `total` is the size for Progress, 0 when not known.
[[nodiscard]] Status sealStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                                std::uint64_t total);

/// Hands out a chunk only after its tag was checked. AgePayloadTampered, AgeTruncated (param chunk, from 0).
[[nodiscard]] Status openStream(ByteView key, ByteSource &in, const ByteWriter &out, const Progress &progress,
                                std::uint64_t total);

/// One chunk alone: AgePayloadTampered (param chunk). `last`: whether it is the last of the payload.
[[nodiscard]] Result<SecretBytes> openChunk(ByteView key, std::uint64_t chunk, bool last, ByteView sealed);

} // namespace amana::crypto
