// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/blocks.h"

#include "core/crypto/hash.h"

namespace amana::content {

Result<QByteArray> BlockSource::get(const Cid &cid) const
{
    AMANA_TRY(QByteArray block, fetch(cid));
    AMANA_CHECK(verify(cid, bytesOf(block)));
    return block;
}

Status BlockSource::verify(const Cid &cid, ByteView block)
{
    if (block.size() > kMaxBlockSize)
        return fail(ErrorCode::BlockTooLarge, {{"cid", cid.text()}});
    if (crypto::sha256(block) != cid.digest)
        return fail(ErrorCode::BlockAltered, {{"cid", cid.text()}});
    return {};
}

Status MemoryBlocks::put(const Cid &cid, ByteView block)
{
    const std::lock_guard lock(m_mutex);
    m_blocks.insert_or_assign(cid, toByteArray(block));
    return {};
}

std::size_t MemoryBlocks::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_blocks.size();
}

void MemoryBlocks::remove(const Cid &cid)
{
    const std::lock_guard lock(m_mutex);
    m_blocks.erase(cid);
}

Result<QByteArray> MemoryBlocks::fetch(const Cid &cid) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_blocks.find(cid);
    if (found == m_blocks.end())
        return fail(ErrorCode::BlockMissing, {{"cid", cid.text()}});
    return found->second;
}

} // namespace amana::content
