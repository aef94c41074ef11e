// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/block_store.h"
#include "core/content/posix_file.h"

#include <filesystem>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Internal to core/content: what a BlockStore holds, and what the processes that share its folder agree on.
///
///     xx/<cid>.blk               blocks
///     pins/<cid>.<hash of name>  one pin each; the content is its name
///     damaged/<cid>.blk          what a scan found and took out of use
///     books                      bytes in use and the limit; its lock is the gate
///     tmp/<session>/             a living process: blocks without a name yet (0, 1, …) and its journal
///     tmp/<session>.lock         held while that process lives
///     tmp/entry                  lock: opening
///     tmp/collect                lock: exclusive while blocks are collected, shared while a session is cleared away
///
/// The journal of a session lists every block that it put or was told to keep, also those that were there
/// already: a collection leaves them alone. No clock is asked anywhere.
namespace amana::content {

inline constexpr std::string_view kBlockSuffix = ".blk";
inline constexpr std::string_view kLockSuffix = ".lock";
inline constexpr std::string_view kJournal = "journal-";

/// Every path that begins or ends so, directly in `folder`.
[[nodiscard]] std::vector<std::filesystem::path> filesIn(const std::string &folder, std::string_view prefix,
                                                         std::string_view suffix);

/// While one lives, no other process or thread gives blocks their names, takes them away, or changes pins,
/// journals and counts. Held for milliseconds.
class Gate {
public:
    Gate(std::mutex &mutex, int fd);
    Gate(Gate &&other) noexcept : m_lock(std::move(other.m_lock)), m_fd(std::exchange(other.m_fd, -1)) {}
    Gate(const Gate &) = delete;
    Gate &operator=(const Gate &) = delete;
    Gate &operator=(Gate &&) = delete;
    ~Gate();
    [[nodiscard]] bool held() const { return m_fd >= 0; }

private:
    std::unique_lock<std::mutex> m_lock;
    int m_fd;
};

struct BlockStore::State {
    struct Pending {
        std::string path;
        std::uint64_t size = 0;
    };

    std::string folder;
    std::string session; ///< our folder for blocks without a name yet
    Fd sessionLock;
    Fd books;
    Fd journal;                     ///< guarded by the gate
    std::string journalPath;        ///< guarded by the gate
    std::uint64_t nextJournal = 0;  ///< guarded by the gate
    mutable std::mutex gateMutex;   ///< the gate inside this process; taken after `flushing`, before `mutex`
    std::mutex flushing;            ///< taken before `mutex`
    mutable std::mutex mutex;
    std::unordered_map<Cid, Pending> pending; ///< guarded by mutex
    std::uint64_t next = 0;                   ///< guarded by mutex

    [[nodiscard]] std::string sessions() const { return folder + "/tmp"; }
    [[nodiscard]] std::string shard(std::uint8_t byte) const { return folder + '/' + toHex(ByteView(&byte, 1)); }
    [[nodiscard]] std::string pathOf(const Cid &cid) const
    {
        return shard(cid.digest[0]) + '/' + cid.text() + std::string(kBlockSuffix);
    }
    [[nodiscard]] std::string pinPath(const Cid &root, std::string_view name) const;
    [[nodiscard]] std::string pendingPath(const Cid &cid) const;

    [[nodiscard]] Result<Gate> enter() const;

    // with the gate held
    /// Writes the block into the journal. FileDiskFull, FileUnwritable.
    [[nodiscard]] Status note(const Gate &gate, const Cid &cid);
    [[nodiscard]] Status newJournal(const Gate &gate);
    /// Counts bytes that come. StoreQuota (params limit, needed), with nothing counted.
    [[nodiscard]] Status reserve(const Gate &gate, std::uint64_t bytes);
    /// Counts bytes that went.
    [[nodiscard]] Status giveBack(const Gate &gate, std::uint64_t bytes);
    [[nodiscard]] Result<std::uint64_t> used(const Gate &gate) const;
    [[nodiscard]] Result<std::uint64_t> limit(const Gate &gate) const;
    [[nodiscard]] Status setLimit(const Gate &gate, std::uint64_t bytes);
    /// In the place of what has the name, if anything has. FileUnwritable, FileDiskFull.
    [[nodiscard]] Status giveName(const Gate &gate, const Cid &cid, const Pending &block);
    /// False when the books are new.
    [[nodiscard]] Result<bool> counted(const Gate &gate) const;
    /// Walks the folder: after a process died while it wrote, or when the books are new.
    [[nodiscard]] Status recount(const Gate &gate);

    /// Removes what sessions left whose processes are gone; true when there were any. Not while a collection runs:
    /// it goes by their journals. Needs tmp/entry.
    [[nodiscard]] bool sweep() const;
};

/// The blocks of one shard that are named as blocks are.
using NamedBlock = std::pair<Cid, std::uint64_t>;
[[nodiscard]] std::vector<NamedBlock> blocksOfShard(const std::string &folder, std::uint8_t byte);

/// Roots of all pins, with the files that keep their names.
[[nodiscard]] std::vector<std::pair<Cid, std::string>> pinFiles(const std::string &folder);

/// Visits a graph top down, reading inner nodes only. The visitor says whether to go on below the block; its
/// failure ends the walk. BlockMissing, BlockAltered, DagMalformed, DagUnsupported (param cid).
using CidVisitor = std::function<Result<bool>(const Cid &)>;
[[nodiscard]] Status walkInner(const BlockSource &source, const Cid &root, const CidVisitor &visitor);

} // namespace amana::content
