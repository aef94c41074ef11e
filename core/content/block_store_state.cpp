// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/block_store_state.h"

#include "core/crypto/hash.h"

#include <algorithm>
#include <cerrno>

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace amana::content {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMark = 0x31736b6f6f42416d; // a file that says so was written whole

/// What the books hold, in the machine's own byte order: the folder is for one machine.
struct Books {
    std::uint64_t mark = kMark;
    std::uint64_t limit = 0; ///< 0: none
    std::uint64_t used = 0;
};

Result<Books> readBooks(const Fd &fd, const std::string &folder)
{
    Books books;
    const ssize_t got = ::pread(fd.get(), &books, sizeof books, 0);
    if (got < 0)
        return systemFailure(folder + "/books", ErrorCode::FileUnreadable);
    if (got != sizeof books || books.mark != kMark)
        return Books{0, 0, 0}; // new, or the disk lost it: to be counted
    return books;
}

Status writeBooks(const Fd &fd, const std::string &folder, const Books &books)
{
    errno = 0;
    if (::pwrite(fd.get(), &books, sizeof books, 0) != sizeof books)
        return systemFailure(folder + "/books", ErrorCode::FileUnwritable);
    return {};
}

bool isBlockInWork(const fs::path &path)
{
    const char first = path.filename().string().front();
    return first >= '0' && first <= '9';
}

} // namespace

std::vector<fs::path> filesIn(const std::string &folder, std::string_view prefix, std::string_view suffix)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(suffix))
            found.push_back(it->path());
    }
    return found;
}

std::vector<NamedBlock> blocksOfShard(const std::string &folder, std::uint8_t byte)
{
    std::vector<NamedBlock> blocks;
    for (const fs::path &path : filesIn(folder + '/' + toHex(ByteView(&byte, 1)), {}, kBlockSuffix)) {
        const auto cid = Cid::parse(path.stem().string());
        const auto size = sizeOfFile(path.string());
        if (cid && size && cid->digest[0] == byte)
            blocks.emplace_back(*cid, *size);
    }
    return blocks;
}

Gate::Gate(std::mutex &mutex, int fd) : m_lock(mutex), m_fd(fd)
{
    int result = 0;
    do
        result = ::flock(fd, LOCK_EX);
    while (result != 0 && errno == EINTR);
    if (result != 0)
        m_fd = -1;
}

Gate::~Gate()
{
    if (m_fd >= 0)
        ::flock(m_fd, LOCK_UN);
}

std::string BlockStore::State::pinPath(const Cid &root, std::string_view name) const
{
    return folder + "/pins/" + root.text() + '.' + toHex(crypto::sha256(bytesOf(name))).substr(0, 32);
}

std::string BlockStore::State::pendingPath(const Cid &cid) const
{
    const std::lock_guard lock(mutex);
    const auto found = pending.find(cid);
    return found == pending.end() ? std::string() : found->second.path;
}

Result<Gate> BlockStore::State::enter() const
{
    Gate gate(gateMutex, books.get());
    if (!gate.held())
        return systemFailure(folder + "/books", ErrorCode::FileUnwritable);
    return gate;
}

Status BlockStore::State::note(const Gate &, const Cid &cid)
{
    const QByteArray record = cid.bytes();
    const off_t end = ::lseek(journal.get(), 0, SEEK_END);
    errno = 0;
    if (::write(journal.get(), record.constData(), kCidSize) == static_cast<ssize_t>(kCidSize))
        return {};
    auto failure = systemFailure(journalPath, ErrorCode::FileUnwritable);
    // a record is whole or not there, or all after it would be misread
    if (end < 0 || ::ftruncate(journal.get(), end) != 0)
        return fail(Error(ErrorCode::FileUnwritable, {{"path", journalPath}}).because(failure.value()));
    return failure;
}

Status BlockStore::State::newJournal(const Gate &)
{
    // A new file, for a collection under way reads on where it stopped in the old one.
    const std::string path = session + '/' + std::string(kJournal) + std::to_string(nextJournal++);
    AMANA_TRY(Fd fresh, openShared(path, true));
    if (!journalPath.empty())
        ::unlink(journalPath.c_str());
    journal = std::move(fresh);
    journalPath = path;
    return {};
}

Status BlockStore::State::reserve(const Gate &, std::uint64_t bytes)
{
    AMANA_TRY(Books kept, readBooks(books, folder));
    if (kept.limit != 0 && (bytes > kept.limit || kept.used > kept.limit - bytes))
        return fail(ErrorCode::StoreQuota,
                    {{"limit", std::to_string(kept.limit)}, {"needed", std::to_string(kept.used + bytes)}});
    kept.used += bytes;
    return writeBooks(books, folder, kept);
}

Status BlockStore::State::giveBack(const Gate &, std::uint64_t bytes)
{
    AMANA_TRY(Books kept, readBooks(books, folder));
    kept.used -= std::min(kept.used, bytes);
    return writeBooks(books, folder, kept);
}

Result<std::uint64_t> BlockStore::State::used(const Gate &) const
{
    AMANA_TRY(const Books kept, readBooks(books, folder));
    return kept.used;
}

Result<std::uint64_t> BlockStore::State::limit(const Gate &) const
{
    AMANA_TRY(const Books kept, readBooks(books, folder));
    return kept.limit;
}

Status BlockStore::State::setLimit(const Gate &, std::uint64_t bytes)
{
    AMANA_TRY(Books kept, readBooks(books, folder));
    kept.limit = bytes;
    AMANA_CHECK(writeBooks(books, folder, kept));
    return syncFile(folder + "/books");
}

Status BlockStore::State::giveName(const Gate &gate, const Cid &cid, const Pending &block)
{
    const std::string folderOfIt = shard(cid.digest[0]);
    if (::mkdir(folderOfIt.c_str(), 0700) != 0 && errno != EEXIST)
        return systemFailure(folderOfIt, ErrorCode::FileUnwritable);
    const std::string path = pathOf(cid);
    const auto before = sizeOfFile(path);
    if (::rename(block.path.c_str(), path.c_str()) != 0)
        return systemFailure(path, ErrorCode::FileUnwritable);
    {
        const std::lock_guard lock(mutex);
        pending.erase(cid);
    }
    return before ? giveBack(gate, *before) : Status();
}

Result<bool> BlockStore::State::counted(const Gate &) const
{
    AMANA_TRY(const Books kept, readBooks(books, folder));
    return kept.mark == kMark;
}

Status BlockStore::State::recount(const Gate &)
{
    AMANA_TRY(Books kept, readBooks(books, folder));
    kept.mark = kMark;
    kept.used = 0;
    for (int byte = 0; byte < 256; ++byte)
        for (const auto &[cid, size] : blocksOfShard(folder, static_cast<std::uint8_t>(byte)))
            kept.used += size;
    for (const fs::path &lock : filesIn(sessions(), {}, kLockSuffix))
        for (const fs::path &path : filesIn(fs::path(lock).replace_extension().string(), {}, {}))
            if (isBlockInWork(path))
                kept.used += sizeOfFile(path.string()).value_or(0);
    return writeBooks(books, folder, kept);
}

bool BlockStore::State::sweep() const
{
    const auto nobodyCollects = lockFile(sessions() + "/collect", false, Lock::Shared);
    if (!nobodyCollects || !nobodyCollects->valid())
        return false;
    bool found = false;
    for (const fs::path &lock : filesIn(sessions(), {}, kLockSuffix)) {
        const auto held = lockFile(lock.string(), false);
        if (!held || !held->valid())
            continue;
        found = true;
        std::error_code ignored;
        fs::remove_all(fs::path(lock).replace_extension(), ignored);
        fs::remove(lock, ignored);
    }
    return found;
}

} // namespace amana::content
