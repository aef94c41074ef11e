// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/cid.h"

#include <QByteArray>

#include <mutex>
#include <unordered_map>

namespace amana::content {

/// Larger blocks are neither written nor accepted (IPFS's own limit for exchange): BlockTooLarge.
inline constexpr std::size_t kMaxBlockSize = 2u << 20;

/// Where blocks go.
class BlockSink {
public:
    virtual ~BlockSink() = default;
    /// `cid` must be the identifier of `block`: the caller has just computed or verified it.
    [[nodiscard]] virtual Status put(const Cid &cid, ByteView block) = 0;
    /// Everything put so far survives a power cut when this returns. Call it before a root is announced.
    [[nodiscard]] virtual Status flush() { return {}; }
    /// False: put() need not be called for the leaves of a file, of which only the names are asked.
    [[nodiscard]] virtual bool wantsLeaves() const { return true; }
};

/// Where blocks come from. What get() returns always hashes to the Cid, whatever the source is: the check is
/// here, not in the implementations.
class BlockSource {
public:
    virtual ~BlockSource() = default;
    /// BlockMissing, BlockAltered, BlockTooLarge (param cid), or the source's own failure.
    [[nodiscard]] Result<QByteArray> get(const Cid &cid) const;

    /// What get() does with the bytes it has. BlockAltered, BlockTooLarge.
    [[nodiscard]] static Status verify(const Cid &cid, ByteView block);

protected:
    /// The bytes as stored or received, unverified.
    [[nodiscard]] virtual Result<QByteArray> fetch(const Cid &cid) const = 0;
};

/// Keeps nothing: for computing a Cid only.
class HashOnlySink final : public BlockSink {
public:
    [[nodiscard]] Status put(const Cid &, ByteView) override { return {}; }
    [[nodiscard]] bool wantsLeaves() const override { return false; }
};

/// Blocks in memory, thread-safe; for small graphs and tests.
class MemoryBlocks final : public BlockSink, public BlockSource {
public:
    [[nodiscard]] Status put(const Cid &cid, ByteView block) override;
    [[nodiscard]] std::size_t count() const;
    void remove(const Cid &cid);

protected:
    [[nodiscard]] Result<QByteArray> fetch(const Cid &cid) const override;

private:
    mutable std::mutex m_mutex;
    std::unordered_map<Cid, QByteArray> m_blocks;
};

} // namespace amana::content
