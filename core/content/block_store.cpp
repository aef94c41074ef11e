// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/block_store.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/content/posix_file.h"
#include "core/crypto/random.h"

#include <QFile>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>
#include <unordered_map>
#include <vector>

#include <unistd.h>

namespace amana::content {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".blk";
constexpr std::string_view kLockSuffix = ".lock";
constexpr std::size_t kFewFiles = 4; // up to here syncing each is cheaper than syncing the file system

std::string shardOf(const Cid &cid)
{
    return toHex(ByteView(cid.digest).first(1));
}

/// Every path that ends in `suffix`, directly in `folder`.
std::vector<fs::path> filesIn(const fs::path &folder, std::string_view suffix)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
         it.increment(error))
        if (it->path().filename().string().ends_with(suffix))
            found.push_back(it->path());
    return found;
}

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

/// Removes what sessions left whose processes are gone: their lock can be had.
void sweep(const std::string &sessions)
{
    for (const fs::path &lock : filesIn(sessions, kLockSuffix)) {
        const auto held = lockFile(lock.string(), false);
        if (!held || !held->valid())
            continue;
        std::error_code ignored;
        fs::remove_all(fs::path(lock).replace_extension(), ignored);
        fs::remove(lock, ignored);
    }
}

} // namespace

struct BlockStore::State {
    std::string folder;
    std::string session; ///< our folder for blocks without a name yet
    Fd sessionLock;
    std::mutex flushing; ///< taken before `mutex`
    mutable std::mutex mutex;
    std::unordered_map<Cid, std::string> pending; ///< guarded by mutex
    std::uint64_t next = 0;                       ///< guarded by mutex

    [[nodiscard]] std::string pathOf(const Cid &cid) const
    {
        return folder + '/' + shardOf(cid) + '/' + cid.text() + std::string(kSuffix);
    }
    [[nodiscard]] std::string pendingPath(const Cid &cid) const
    {
        const std::lock_guard lock(mutex);
        const auto found = pending.find(cid);
        return found == pending.end() ? std::string() : found->second;
    }
};

BlockStore::BlockStore(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Result<std::unique_ptr<BlockStore>> BlockStore::open(const QString &folder)
{
    AMANA_CHECK(makeFolder(folder + QStringLiteral("/tmp")));
    auto state = std::make_unique<State>();
    state->folder = QFile::encodeName(folder).toStdString();
    const std::string sessions = state->folder + "/tmp";
    // one at a time: between making a session's lock file and locking it, another process must not sweep it
    AMANA_TRY(const Fd entry, lockFile(sessions + "/entry", true));
    sweep(sessions);
    state->session = sessions + '/' + toHex(crypto::randomDigest()).substr(0, 16);
    AMANA_TRY(state->sessionLock, lockFile(state->session + std::string(kLockSuffix), true));
    std::error_code error;
    if (!fs::create_directory(state->session, error) || error)
        return fail(ErrorCode::FileUnwritable, {{"path", state->session}});
    return std::unique_ptr<BlockStore>(new BlockStore(std::move(state)));
}

BlockStore::~BlockStore()
{
    if (const Status status = flush(); !status)
        log(LogLevel::Error, status.error());
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
    if (existing && std::ranges::equal(bytesOf(*existing), block))
        return {}; // anything else under that name is damaged, and is replaced

    std::unique_lock lock(m_state->mutex);
    const std::string path = m_state->session + '/' + std::to_string(m_state->next++);
    lock.unlock();
    AMANA_CHECK(writeNewFile(path, block));
    lock.lock();
    const bool inserted = m_state->pending.emplace(cid, path).second;
    const bool full = m_state->pending.size() >= kBatchBlocks;
    lock.unlock();
    if (!inserted)
        ::unlink(path.c_str()); // another thread put the same block meanwhile
    return full ? flush() : Status();
}

Status BlockStore::flush()
{
    const std::lock_guard one(m_state->flushing);
    std::vector<std::pair<Cid, std::string>> batch;
    {
        const std::lock_guard lock(m_state->mutex);
        batch.assign(m_state->pending.begin(), m_state->pending.end());
    }
    if (batch.empty())
        return {};
    std::vector<std::string> written;
    for (const auto &[cid, path] : batch)
        written.push_back(path);
    AMANA_CHECK(syncAll(m_state->session, written, syncFile));
    std::set<std::string> folders{
        m_state->folder}; // another process may have made a shard and not synced it yet
    for (const auto &[cid, path] : batch) {
        const std::string shard = m_state->folder + '/' + shardOf(cid);
        std::error_code error;
        fs::create_directory(shard, error); // a failure shows in the next line
        folders.insert(shard);
        if (::rename(path.c_str(), m_state->pathOf(cid).c_str()) != 0)
            return systemFailure(m_state->pathOf(cid), ErrorCode::FileUnwritable);
        const std::lock_guard lock(m_state->mutex);
        m_state->pending.erase(cid);
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

Status BlockStore::remove(const Cid &cid)
{
    const std::lock_guard one(m_state->flushing); // else a flush could give it its name again
    {
        const std::lock_guard lock(m_state->mutex);
        if (const auto found = m_state->pending.find(cid); found != m_state->pending.end()) {
            ::unlink(found->second.c_str());
            m_state->pending.erase(found);
        }
    }
    const std::string path = m_state->pathOf(cid);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return systemFailure(path, ErrorCode::FileUnwritable);
    return {};
}

Status BlockStore::forEach(const Visitor &visitor) const
{
    for (int shard = 0; shard < 256; ++shard) {
        const std::uint8_t byte = static_cast<std::uint8_t>(shard);
        const fs::path folder = fs::path(m_state->folder) / toHex(ByteView(&byte, 1));
        for (const fs::path &path : filesIn(folder, kSuffix)) {
            const auto cid = Cid::parse(path.stem().string());
            std::error_code error;
            const std::uintmax_t size = fs::file_size(path, error);
            if (cid && !error && cid->digest[0] == byte)
                AMANA_CHECK(visitor(*cid, size));
        }
    }
    return {};
}

Result<std::uint64_t> BlockStore::totalBytes() const
{
    std::uint64_t total = 0;
    AMANA_CHECK(forEach([&total](const Cid &, std::uint64_t size) -> Status {
        total += size;
        return {};
    }));
    return total;
}

} // namespace amana::content
