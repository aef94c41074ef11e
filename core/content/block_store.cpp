// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/block_store.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/content/block_store_state.h"
#include "core/crypto/random.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <set>
#include <vector>

#include <unistd.h>

namespace amana::content {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFewFiles = 4; // up to here syncing each is cheaper than syncing the file system

/// Each sync of a file waits for the disk; one sync of the file system waits once, for everybody's data.
Status syncAll(const std::string &folder, const std::vector<std::string> &paths,
               Status (*sync)(const std::string &))
{
    if (paths.size() > kFewFiles)
        return syncFileSystem(folder);
    for (const std::string &path : paths)
        AMANA_CHECK(sync(path));
    return {};
}

} // namespace

BlockStore::BlockStore(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Result<std::unique_ptr<BlockStore>> BlockStore::open(const QString &folder)
{
    for (const char *part : {"/tmp", "/pins"})
        AMANA_CHECK(makeFolder(folder + QLatin1String(part)));
    auto state = std::make_unique<State>();
    state->folder = QFile::encodeName(folder).toStdString();
    // one at a time: between making a session's lock file and locking it, another process must not sweep it
    AMANA_TRY(const Fd entry, lockFile(state->sessions() + "/entry", true));
    const bool someDied = state->sweep();
    state->session = state->sessions() + '/' + toHex(crypto::randomDigest()).substr(0, 16);
    AMANA_TRY(state->sessionLock, lockFile(state->session + std::string(kLockSuffix), true));
    std::error_code error;
    if (!fs::create_directory(state->session, error) || error)
        return fail(ErrorCode::FileUnwritable, {{"path", state->session}});
    AMANA_TRY(state->books, openShared(state->folder + "/books"));
    {
        AMANA_TRY(const Gate gate, state->enter());
        AMANA_CHECK(state->newJournal(gate));
        AMANA_TRY(const bool counted, state->counted(gate));
        if (someDied || !counted)
            AMANA_CHECK(state->recount(gate));
    }
    return std::unique_ptr<BlockStore>(new BlockStore(std::move(state)));
}

BlockStore::~BlockStore()
{
    if (const Status status = flush(); !status)
        log(LogLevel::Error, status.error());
    // A collection under way goes by our journal; then the next open() clears away.
    const auto nobodyCollects = lockFile(m_state->sessions() + "/collect", false, Lock::Shared);
    if (!nobodyCollects || !nobodyCollects->valid() || !m_state->pending.empty())
        return;
    std::error_code ignored;
    fs::remove_all(m_state->session, ignored);
    fs::remove(m_state->session + std::string(kLockSuffix), ignored);
}

Status BlockStore::put(const Cid &cid, ByteView block)
{
    if (block.size() > kMaxBlockSize)
        return fail(ErrorCode::BlockTooLarge, {{"cid", cid.text()}});
    if (!m_state->pendingPath(cid).empty())
        return {};
    const auto existing = readWholeFile(m_state->pathOf(cid), kMaxBlockSize);
    const bool good = existing && std::ranges::equal(bytesOf(*existing), block);
    return place(cid, block.size(), good, [block](const std::string &path) { return writeNewFile(path, block); });
}

Status BlockStore::place(const Cid &cid, std::uint64_t size, bool good, const WriteFile &write)
{
    {
        AMANA_TRY(const Gate gate, m_state->enter());
        AMANA_CHECK(m_state->note(gate, cid));
        if (good && sizeOfFile(m_state->pathOf(cid))) // it may have been collected just now
            return {};                                // anything else under that name is damaged, and is replaced
        AMANA_CHECK(m_state->reserve(gate, size));
    }
    std::unique_lock lock(m_state->mutex);
    const std::string path = m_state->session + '/' + std::to_string(m_state->next++);
    lock.unlock();
    const Status written = write(path);
    lock.lock();
    const bool inserted = written && m_state->pending.try_emplace(cid, State::Pending{path, size}).second;
    const bool full = m_state->pending.size() >= kBatchBlocks;
    lock.unlock();
    if (!inserted) {
        AMANA_TRY(const Gate gate, m_state->enter());
        AMANA_CHECK(m_state->giveBack(gate, size));
        if (written)
            ::unlink(path.c_str()); // another thread put the same block meanwhile
    }
    AMANA_CHECK(written);
    return full ? flush() : Status();
}

Status BlockStore::flush()
{
    const std::lock_guard one(m_state->flushing);
    std::vector<std::pair<Cid, State::Pending>> batch;
    {
        const std::lock_guard lock(m_state->mutex);
        batch.assign(m_state->pending.begin(), m_state->pending.end());
    }
    if (batch.empty())
        return {};
    std::vector<std::string> written;
    for (const auto &[cid, block] : batch)
        written.push_back(block.path);
    AMANA_CHECK(syncAll(m_state->session, written, syncFile));
    std::set<std::string> folders{
        m_state->folder}; // another process may have made a shard and not synced it yet
    {
        AMANA_TRY(const Gate gate, m_state->enter());
        for (const auto &[cid, block] : batch) {
            folders.insert(m_state->shard(cid.digest[0]));
            AMANA_CHECK(m_state->giveName(gate, cid, block));
        }
    }
    return syncAll(m_state->session, {folders.begin(), folders.end()}, syncFolder);
}

Result<QByteArray> BlockStore::fetch(const Cid &cid) const
{
    const std::string pending = m_state->pendingPath(cid);
    auto block = readWholeFile(pending.empty() ? m_state->pathOf(cid) : pending, kMaxBlockSize);
    if (!block && !pending.empty() && block.error().code == ErrorCode::FileNotFound)
        block = readWholeFile(m_state->pathOf(cid), kMaxBlockSize); // got its name just now
    if (block)
        return block;
    Error error = block.error();
    if (error.code == ErrorCode::FileNotFound)
        return fail(ErrorCode::BlockMissing, {{"cid", cid.text()}});
    if (error.code == ErrorCode::FileTooLarge) // we never write such a block
        return fail(ErrorCode::BlockAltered, {{"cid", cid.text()}});
    return fail(std::move(error));
}

bool BlockStore::has(const Cid &cid) const
{
    return !m_state->pendingPath(cid).empty() || ::access(m_state->pathOf(cid).c_str(), F_OK) == 0;
}

Result<std::optional<std::uint64_t>> BlockStore::keep(const Cid &cid)
{
    {
        const std::lock_guard lock(m_state->mutex);
        if (const auto found = m_state->pending.find(cid); found != m_state->pending.end())
            return std::optional(found->second.size); // noted when it was put
    }
    AMANA_TRY(const Gate gate, m_state->enter());
    const auto size = sizeOfFile(m_state->pathOf(cid));
    if (size)
        AMANA_CHECK(m_state->note(gate, cid));
    return size;
}

Status BlockStore::settle()
{
    AMANA_CHECK(flush());
    AMANA_TRY(const Gate gate, m_state->enter());
    return m_state->newJournal(gate);
}

Status BlockStore::remove(const Cid &cid)
{
    const std::lock_guard one(m_state->flushing); // else a flush could give it its name again
    AMANA_TRY(const Gate gate, m_state->enter());
    std::uint64_t freed = 0;
    {
        const std::lock_guard lock(m_state->mutex);
        if (const auto found = m_state->pending.find(cid); found != m_state->pending.end()) {
            ::unlink(found->second.path.c_str());
            freed += found->second.size;
            m_state->pending.erase(found);
        }
    }
    const std::string path = m_state->pathOf(cid);
    const auto size = sizeOfFile(path);
    if (::unlink(path.c_str()) == 0)
        freed += size.value_or(0);
    else if (errno != ENOENT)
        return systemFailure(path, ErrorCode::FileUnwritable);
    return m_state->giveBack(gate, freed);
}

Status BlockStore::forEach(const Visitor &visitor) const
{
    for (int byte = 0; byte < 256; ++byte)
        for (const auto &[cid, size] : blocksOfShard(m_state->folder, static_cast<std::uint8_t>(byte)))
            AMANA_CHECK(visitor(cid, size));
    return {};
}

Result<std::uint64_t> BlockStore::totalBytes() const
{
    AMANA_TRY(const Gate gate, m_state->enter());
    return m_state->used(gate);
}

Status BlockStore::setQuota(std::uint64_t bytes)
{
    AMANA_TRY(const Gate gate, m_state->enter());
    return m_state->setLimit(gate, bytes);
}

Result<std::uint64_t> BlockStore::quota() const
{
    AMANA_TRY(const Gate gate, m_state->enter());
    return m_state->limit(gate);
}

} // namespace amana::content
