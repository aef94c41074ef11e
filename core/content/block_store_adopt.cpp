// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/block_store_state.h"

#include <unordered_set>

#include <unistd.h>

namespace amana::content {

namespace {

/// One more name for the file, or a copy of it where the file system has no such thing or it is another one; verified
/// by what can be read at `to`, so what happens to the other name meanwhile does not matter. Nothing is left at `to`
/// otherwise.
Status linkVerified(const std::string &from, const std::string &to, const Cid &cid, std::uint64_t size)
{
    const bool linked = ::link(from.c_str(), to.c_str()) == 0;
    const auto block = readWholeFile(linked ? to : from, kMaxBlockSize);
    Status good;
    if (!block)
        good = fail(block.error().code == ErrorCode::FileNotFound   ? ErrorCode::BlockMissing
                    : block.error().code == ErrorCode::FileTooLarge ? ErrorCode::BlockAltered
                                                                    : block.error().code,
                    {{"cid", cid.text()}});
    else if (static_cast<std::uint64_t>(block->size()) != size)
        good = fail(ErrorCode::BlockAltered, {{"cid", cid.text()}});
    else
        good = BlockSource::verify(cid, bytesOf(*block));
    if (linked && !good)
        ::unlink(to.c_str());
    return good && !linked ? writeNewFile(to, bytesOf(*block)) : good;
}

} // namespace

Status BlockStore::adopt(BlockStore &from, const Cid &root, const Progress &progress)
{
    AMANA_CHECK(from.flush());
    AMANA_TRY(const std::uint64_t total, from.totalBytes());
    std::unordered_set<Cid> seen;
    std::uint64_t done = 0;
    AMANA_CHECK(walkInner(from, root, [&](const Cid &cid) -> Result<bool> {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        if (!seen.insert(cid).second)
            return false;
        AMANA_TRY(const std::uint64_t size, adoptBlock(from, cid));
        progress.report(done += size, total);
        return true;
    }));
    return flush();
}

Result<std::uint64_t> BlockStore::adoptBlock(const BlockStore &from, const Cid &cid)
{
    if (!m_state->pendingPath(cid).empty()) // put by another thread; verified then
        return 0;
    const std::string source = from.m_state->pathOf(cid);
    const auto size = sizeOfFile(source);
    if (!size)
        return fail(ErrorCode::BlockMissing, {{"cid", cid.text()}});
    const auto here = readWholeFile(m_state->pathOf(cid), kMaxBlockSize);
    const bool good = here && verify(cid, bytesOf(*here));
    AMANA_CHECK(place(cid, *size, good,
                      [&](const std::string &path) { return linkVerified(source, path, cid, *size); }));
    return *size;
}

} // namespace amana::content
