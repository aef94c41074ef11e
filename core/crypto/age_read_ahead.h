// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/age_lanes.h"
#include "core/crypto/byte_source.h"

/// Internal to core/crypto.
namespace amana::crypto {

/// Fills batches, one ahead of who takes them: while one is written the next is read, where the source may be read by
/// another thread.
class BatchReader {
public:
    enum class Into { Plain, Sealed };

    BatchReader(ByteSource &in, Into into, bool parallel);

    void begin(std::unique_ptr<Batch> batch);
    [[nodiscard]] bool hasBegun() const { return m_size.valid(); }
    /// What begin() was given, with its size; fewer bytes than it holds only at the end of the data.
    [[nodiscard]] Result<std::unique_ptr<Batch>> take();

private:
    ByteSource &m_in;
    const Into m_into;
    std::unique_ptr<Batch> m_batch;
    std::future<Result<std::size_t>> m_size;
    Crew m_crew; ///< last, so that it reads no more when the batch goes
};

} // namespace amana::crypto
