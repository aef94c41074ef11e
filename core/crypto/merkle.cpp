// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/merkle.h"

#include "core/crypto/keccak.h"

#include <algorithm>
#include <array>

namespace amana::crypto {

namespace {

constexpr std::array<std::uint8_t, 1> kLeaf{0x00};
constexpr std::array<std::uint8_t, 1> kNode{0x01};

} // namespace

Digest merkleLeaf(ByteView salt, ByteView data)
{
    return keccak256({kLeaf, salt, data});
}

Digest merkleNode(const Digest &a, const Digest &b)
{
    return keccak256({kNode, std::min(a, b), std::max(a, b)});
}

Digest merkleRoot(const Digest &leaf, std::span<const Digest> siblings)
{
    Digest node = leaf;
    for (const Digest &sibling : siblings)
        node = merkleNode(node, sibling);
    return node;
}

MerkleTree::MerkleTree(std::vector<Digest> leaves) : m_leaves(std::move(leaves))
{
    m_inner.reserve(m_leaves.size() - 1); // references into it stay good below
    m_levels.push_back({0, m_leaves.size()});
    while (m_levels.back().width > 1) {
        const std::size_t level = m_levels.size() - 1;
        const std::size_t width = m_levels.back().width;
        const std::size_t first = m_inner.size();
        for (std::size_t i = 0; i + 1 < width; i += 2)
            m_inner.push_back(merkleNode(node(level, i), node(level, i + 1)));
        m_levels.push_back({first, (width + 1) / 2});
    }
}

const Digest &MerkleTree::node(std::size_t level, std::size_t index) const
{
    // Over a level of odd width the last node is the last one of that level; it may have moved up several times.
    while (level > 0 && index == m_levels[level - 1].width / 2) {
        --level;
        index = m_levels[level].width - 1;
    }
    return level == 0 ? m_leaves[index] : m_inner[m_levels[level].first + index];
}

std::vector<Digest> MerkleTree::proof(std::size_t index) const
{
    std::vector<Digest> siblings;
    for (std::size_t level = 0; level + 1 < m_levels.size(); ++level, index /= 2)
        if ((index ^ 1) < m_levels[level].width)
            siblings.push_back(node(level, index ^ 1));
    return siblings;
}

} // namespace amana::crypto
