// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/unixfs.h"

#include "core/content/dag_pb.h"

#include <QIODevice>

#include <algorithm>

namespace amana::content {

namespace {

constexpr int kDeviceWaitMs = 30'000;

Result<DagNode> putLeaf(ByteView chunk, BlockSink &sink)
{
    const Cid cid = Cid::of(Codec::Raw, chunk);
    AMANA_CHECK(sink.put(cid, chunk));
    return DagNode{cid, chunk.size(), chunk.size()};
}

/// A node over up to 1,024 children; its sizes are theirs.
Result<DagNode> putInner(const std::vector<DagNode> &children, BlockSink &sink)
{
    UnixFs message;
    PbNode node;
    DagNode result;
    for (const DagNode &child : children) {
        node.links.push_back({child.cid, {}, child.totalSize});
        message.blockSizes.push_back(child.fileSize);
        result.fileSize += child.fileSize;
        result.totalSize += child.totalSize;
    }
    message.fileSize = result.fileSize;
    node.data = encodeUnixFs(message);
    const QByteArray block = encodeNode(node);
    result.cid = Cid::of(Codec::DagPb, bytesOf(block));
    result.totalSize += static_cast<std::uint64_t>(block.size());
    AMANA_CHECK(sink.put(result.cid, bytesOf(block)));
    return result;
}

/// Builds the balanced tree while leaves arrive, keeping at most 1,024 nodes a level. A level is closed when
/// it is full and one more comes; at the end every open level is closed upwards, also one that holds a single
/// node.
class BalancedTree {
public:
    explicit BalancedTree(BlockSink &sink) : m_sink(sink) {}

    Status add(DagNode node, std::size_t level = 0)
    {
        if (level == m_levels.size())
            m_levels.emplace_back();
        if (m_levels[level].size() == kMaxLinks)
            AMANA_CHECK(close(level));
        m_levels[level].push_back(node);
        return {};
    }

    Result<DagNode> finish()
    {
        for (std::size_t level = 0;; ++level) {
            if (level + 1 == m_levels.size() && m_levels[level].size() == 1)
                return m_levels[level].front();
            AMANA_CHECK(close(level));
        }
    }

private:
    Status close(std::size_t level)
    {
        AMANA_TRY(const DagNode parent, putInner(m_levels[level], m_sink));
        m_levels[level].clear();
        return add(parent, level + 1);
    }

    BlockSink &m_sink;
    std::vector<std::vector<DagNode>> m_levels;
};

/// Fills `buffer` unless the data end before; returns the bytes read.
Result<std::size_t> readChunk(QIODevice &in, QByteArray &buffer)
{
    qint64 done = 0;
    while (done < buffer.size()) {
        const qint64 got = in.read(buffer.data() + done, buffer.size() - done);
        if (got < 0 && done == 0 && in.isSequential() && in.atEnd())
            break;
        if (got < 0)
            return fail(ErrorCode::FileUnreadable);
        if (got == 0 && !in.waitForReadyRead(kDeviceWaitMs))
            break;
        done += got;
    }
    return static_cast<std::size_t>(done);
}

} // namespace

Result<DagNode> addFile(QIODevice &in, BlockSink &sink, const Progress &progress)
{
    const auto total =
        in.isSequential() ? 0 : static_cast<std::uint64_t>(std::max<qint64>(0, in.size() - in.pos()));
    BalancedTree tree(sink);
    QByteArray buffer(static_cast<qsizetype>(kChunkSize), Qt::Uninitialized);
    std::uint64_t done = 0;
    for (;;) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const std::size_t size, readChunk(in, buffer));
        if (size == 0 && done > 0)
            break;
        AMANA_TRY(const DagNode leaf, putLeaf(bytesOf(buffer).first(size), sink));
        AMANA_CHECK(tree.add(leaf));
        done += size;
        progress.report(done, total);
        if (size < kChunkSize)
            break;
    }
    return tree.finish();
}

Result<DagNode> addDirectory(std::vector<DirectoryEntry> entries, BlockSink &sink)
{
    std::sort(entries.begin(), entries.end(),
              [](const DirectoryEntry &a, const DirectoryEntry &b) { return a.name < b.name; });
    PbNode node;
    DagNode result;
    for (const DirectoryEntry &entry : entries) {
        const bool repeated = !node.links.empty() && node.links.back().name == entry.name;
        if (repeated || !isSafeName(entry.name))
            return fail(ErrorCode::PathNotInDag, {{"name", entry.name}});
        node.links.push_back({entry.cid, entry.name, entry.totalSize});
        result.totalSize += entry.totalSize;
    }
    UnixFs message;
    message.type = UnixFs::Type::Directory;
    node.data = encodeUnixFs(message);
    const QByteArray block = encodeNode(node);
    if (static_cast<std::size_t>(block.size()) > kMaxDirectorySize)
        return fail(ErrorCode::DirectoryTooLarge, {{"entries", std::to_string(entries.size())}});
    result.cid = Cid::of(Codec::DagPb, bytesOf(block));
    result.totalSize += static_cast<std::uint64_t>(block.size());
    AMANA_CHECK(sink.put(result.cid, bytesOf(block)));
    return result;
}

} // namespace amana::content
