// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/balanced_tree.h"

#include "core/content/dag_pb.h"

namespace amana::content {

namespace {

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

} // namespace

Status BalancedTree::addAt(DagNode node, std::size_t level)
{
    if (level == m_levels.size())
        m_levels.emplace_back();
    if (m_levels[level].size() == kMaxLinks)
        AMANA_CHECK(close(level));
    m_levels[level].push_back(std::move(node));
    return {};
}

Result<DagNode> BalancedTree::finish()
{
    for (std::size_t level = 0;; ++level) {
        if (level + 1 == m_levels.size() && m_levels[level].size() == 1)
            return m_levels[level].front();
        AMANA_CHECK(close(level));
    }
}

Status BalancedTree::close(std::size_t level)
{
    AMANA_TRY(const DagNode parent, putInner(m_levels[level], m_sink));
    m_levels[level].clear();
    return addAt(parent, level + 1);
}

} // namespace amana::content
