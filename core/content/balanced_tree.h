// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/unixfs.h"

#include <vector>

/// Internal to core/content.
namespace amana::content {

/// Builds the balanced tree of a UnixFS file while leaves arrive in order, keeping at most 1,024 nodes a level. A level
/// is closed when it is full and one more comes; at the end every open level is closed upwards, also one that holds a
/// single node.
class BalancedTree {
public:
    explicit BalancedTree(BlockSink &sink) : m_sink(sink) {}

    [[nodiscard]] Status add(DagNode node) { return addAt(std::move(node), 0); }
    [[nodiscard]] Result<DagNode> finish();

private:
    [[nodiscard]] Status addAt(DagNode node, std::size_t level);
    [[nodiscard]] Status close(std::size_t level);

    BlockSink &m_sink;
    std::vector<std::vector<DagNode>> m_levels;
};

} // namespace amana::content
