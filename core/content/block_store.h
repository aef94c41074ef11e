// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/content/blocks.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace amana::content {

/// A promise to keep a whole graph, for a reason that has a name ("dataset 7f3a…"). One root may have many.
struct Pin {
    Cid root;
    std::string name;

    friend auto operator<=>(const Pin &, const Pin &) = default;
};

struct CollectReport {
    std::uint64_t blocks = 0; ///< taken away
    std::uint64_t bytes = 0;
    std::uint64_t kept = 0; ///< blocks that stayed
};

struct ScanReport {
    std::uint64_t blocks = 0; ///< looked at
    std::uint64_t bytes = 0;
    std::vector<Cid> damaged; ///< taken out of use: moved into the folder "damaged"
    std::vector<Pin> broken;  ///< pins whose graphs are not whole now; putting the blocks again repairs them
};

/// Blocks in a folder, `<first digest byte in hex>/<cid>.blk`; any number of processes may use one folder at
/// once.
///
/// A block is written under a temporary name in a session folder of this process; flush() syncs the whole
/// batch once, gives the blocks their names, and syncs the folders. So after a crash or a power cut a named
/// block is whole, and leftovers of dead sessions are swept at the next open(). Until flush() only this
/// object sees the blocks it was given; it flushes by itself every kBatchBlocks blocks and when it is
/// destroyed (where an error can no longer be told: call flush()). get() verifies every block it returns, and
/// putting a block repairs a damaged copy of it. Thread-safe.
///
/// collect() takes away what no pin reaches, except what a living BlockStore of any process was given or told
/// to keep: so put everything, then pin, then settle().
class BlockStore final : public BlockSink, public BlockSource {
public:
    static constexpr std::size_t kBatchBlocks = 1024;

    /// Makes the folder when it is absent. FileUnwritable, FileDiskFull.
    [[nodiscard]] static Result<std::unique_ptr<BlockStore>> open(const QString &folder);
    ~BlockStore() override;

    /// BlockTooLarge, FileUnwritable, FileDiskFull; StoreQuota before anything is written.
    [[nodiscard]] Status put(const Cid &cid, ByteView block) override;
    [[nodiscard]] Status flush() override;

    /// Puts a whole graph of another store (which is flushed first), without copying where both are on one file system:
    /// then both have the same file, until one removes its name. Each block is verified, also one that is here already.
    /// Flushed when this returns; done again it goes on where it ended. BlockMissing, BlockAltered (param cid), and
    /// what put() fails with. Progress counts bytes, of all that `from` has. Cancelled.
    [[nodiscard]] Status adopt(BlockStore &from, const Cid &root, const Progress &progress = {});

    /// There is a block of that name; whether it is good, get() tells.
    [[nodiscard]] bool has(const Cid &cid) const;
    /// Nothing happens when it is absent. FileUnwritable.
    [[nodiscard]] Status remove(const Cid &cid);

    /// Every block that has its name, in no order; files that are not blocks are passed over.
    using Visitor = std::function<Status(const Cid &, std::uint64_t size)>;
    [[nodiscard]] Status forEach(const Visitor &visitor) const;
    /// Bytes of all blocks, of all processes, also of those under way. Counted as they come and go, and anew when
    /// a process died. FileUnreadable.
    [[nodiscard]] Result<std::uint64_t> totalBytes() const;
    /// How many bytes all blocks together may have, for all processes, from now on; 0: no limit. More than that in
    /// use already takes nothing away. FileUnwritable.
    [[nodiscard]] Status setQuota(std::uint64_t bytes);
    [[nodiscard]] Result<std::uint64_t> quota() const;

    /// The size of a block that is there, which no collection takes away until settle(). None: absent.
    [[nodiscard]] Result<std::optional<std::uint64_t>> keep(const Cid &cid);
    /// All that this object was given or told to keep is pinned now, or not wanted: only pins protect it.
    [[nodiscard]] Status settle();

    /// The graph must be whole: BlockMissing, and nothing is pinned. It is on the disk when this returns. Pinning
    /// again under the same name does nothing. Leaves are looked for, not read.
    [[nodiscard]] Status pin(const Cid &root, const std::string &name, const Progress &progress = {});
    /// Nothing happens when there is no such pin. FileUnwritable.
    [[nodiscard]] Status unpin(const Cid &root, const std::string &name);
    /// In order. FileUnreadable.
    [[nodiscard]] Result<std::vector<Pin>> pins() const;

    /// Others may go on reading and writing. Nothing is taken away before all pins are followed; one of which an
    /// inner node is missing or damaged ends it (BlockMissing, BlockAltered; param cid), for what hangs below it
    /// would be lost.
    /// Progress counts shards, of 256. Cancelled: what was collected until then is.
    [[nodiscard]] Result<CollectReport> collect(const Progress &progress = {});
    /// Hashes every block. Progress counts bytes. Cancelled.
    [[nodiscard]] Result<ScanReport> scan(const Progress &progress = {});

    /// As stored, unverified: for a source that looks here first and verifies itself. BlockMissing, FileUnreadable.
    [[nodiscard]] Result<QByteArray> fetch(const Cid &cid) const override;

private:
    struct State;
    explicit BlockStore(std::unique_ptr<State> state);
    /// Puts a block of which `write` makes the file; `good`: there is one of its name already, and it is whole.
    using WriteFile = std::function<Status(const std::string &path)>;
    [[nodiscard]] Status place(const Cid &cid, std::uint64_t size, bool good, const WriteFile &write);
    [[nodiscard]] Result<std::uint64_t> adoptBlock(const BlockStore &from, const Cid &cid);
    std::unique_ptr<State> m_state;
};

} // namespace amana::content
