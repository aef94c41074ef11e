// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_read_ahead.h"

namespace amana::crypto {

BatchReader::BatchReader(ByteSource &in, Into into, bool parallel)
    : m_in(in), m_into(into), m_crew(parallel && in.isForAnyThread() ? 1 : 0)
{
}

void BatchReader::begin(std::unique_ptr<Batch> batch)
{
    m_batch = std::move(batch);
    const std::span<std::uint8_t> room =
        m_into == Into::Plain ? m_batch->plain.writable() : std::span<std::uint8_t>(m_batch->sealed);
    m_size = m_crew.start([this, room] { return m_in.read(room); });
}

Result<std::unique_ptr<Batch>> BatchReader::take()
{
    AMANA_TRY(const std::size_t size, m_size.get());
    (m_into == Into::Plain ? m_batch->plainSize : m_batch->sealedSize) = size;
    return std::move(m_batch);
}

} // namespace amana::crypto
