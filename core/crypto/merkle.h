// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <span>
#include <vector>

/// Merkle trees over Keccak-256 as the contracts check them: leaf = H(0x00 ‖ data), node = H(0x01 ‖ smaller ‖
/// greater), and the last node of an odd level moves up as it is. The first byte keeps a node from passing for a
/// leaf (RFC 6962, section 2.1); ordered pairs spare the proof its left and right (OpenZeppelin MerkleProof), so
/// a proof says that a leaf is in the tree and not at which place.
namespace amana::crypto {

/// keccak256(0x00 ‖ salt ‖ data). The salt keeps others from finding short data by trying.
[[nodiscard]] Digest merkleLeaf(ByteView salt, ByteView data);
/// keccak256(0x01 ‖ min(a, b) ‖ max(a, b)), compared as big-endian numbers.
[[nodiscard]] Digest merkleNode(const Digest &a, const Digest &b);
/// The root that a leaf and its siblings, from the bottom up, lead to.
[[nodiscard]] Digest merkleRoot(const Digest &leaf, std::span<const Digest> siblings);

/// All nodes of a tree, 2n − 1 digests for n leaves.
class MerkleTree {
public:
    /// At least one leaf; a single leaf is its own root.
    explicit MerkleTree(std::vector<Digest> leaves);

    [[nodiscard]] std::size_t leaves() const { return m_leaves.size(); }
    [[nodiscard]] const Digest &root() const { return node(m_levels.size() - 1, 0); }
    /// The siblings of leaf `index` (< leaves()) from the bottom up: at most ceil(log2 n).
    [[nodiscard]] std::vector<Digest> proof(std::size_t index) const;

private:
    /// A level's nodes stand in m_inner from `first` on (those of level 0 are the leaves), without one that moved up
    /// from the level below.
    struct Level {
        std::size_t first;
        std::size_t width;
    };
    [[nodiscard]] const Digest &node(std::size_t level, std::size_t index) const;

    std::vector<Digest> m_leaves;
    std::vector<Digest> m_inner; ///< from the bottom up
    std::vector<Level> m_levels;
};

} // namespace amana::crypto
