// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/blocks.h"

/// Internal to core/content.
namespace amana::content {

/// Some blocks of a graph as a small CARv1 in memory: what is sent to a node in one request. Its header names the root,
/// which need not be among the blocks.
class CarPiece {
public:
    static constexpr std::size_t kMaxBytes = 16u << 20;

    explicit CarPiece(const Cid &root);

    [[nodiscard]] bool hasRoomFor(const QByteArray &block) const;
    void add(const Cid &cid, const QByteArray &block);

    [[nodiscard]] const Cid &root() const { return m_root; }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] std::uint64_t blocks() const { return m_blocks; }
    [[nodiscard]] std::uint64_t blockBytes() const { return m_blockBytes; }

private:
    Cid m_root;
    QByteArray m_bytes;
    std::uint64_t m_blocks = 0;
    std::uint64_t m_blockBytes = 0;
};

} // namespace amana::content
