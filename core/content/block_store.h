// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/blocks.h"

#include <QString>

#include <functional>
#include <memory>

namespace amana::content {

/// Blocks in a folder, `<first digest byte in hex>/<cid>.blk`; any number of processes may use one folder at
/// once.
///
/// A block is written under a temporary name in a session folder of this process; flush() syncs the whole
/// batch once, gives the blocks their names, and syncs the folders. So after a crash or a power cut a named
/// block is whole, and leftovers of dead sessions are swept at the next open(). Until flush() only this
/// object sees the blocks it was given; it flushes by itself every kBatchBlocks blocks and when it is
/// destroyed (where an error can no longer be told: call flush()). get() verifies every block it returns, and
/// putting a block repairs a damaged copy of it. Thread-safe.
class BlockStore final : public BlockSink, public BlockSource {
public:
    static constexpr std::size_t kBatchBlocks = 1024;

    /// Makes the folder when it is absent. FileUnwritable, FileDiskFull.
    [[nodiscard]] static Result<std::unique_ptr<BlockStore>> open(const QString &folder);
    ~BlockStore() override;

    /// BlockTooLarge, FileUnwritable, FileDiskFull.
    [[nodiscard]] Status put(const Cid &cid, ByteView block) override;
    [[nodiscard]] Status flush() override;

    /// There is a block of that name; whether it is good, get() tells.
    [[nodiscard]] bool has(const Cid &cid) const;
    /// Nothing happens when it is absent. FileUnwritable.
    [[nodiscard]] Status remove(const Cid &cid);

    /// Every block that has its name, in no order; files that are not blocks are passed over.
    using Visitor = std::function<Status(const Cid &, std::uint64_t size)>;
    [[nodiscard]] Status forEach(const Visitor &visitor) const;
    /// Bytes of all blocks (walks the folder). FileUnreadable.
    [[nodiscard]] Result<std::uint64_t> totalBytes() const;

protected:
    [[nodiscard]] Result<QByteArray> fetch(const Cid &cid) const override;

private:
    struct State;
    explicit BlockStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace amana::content
