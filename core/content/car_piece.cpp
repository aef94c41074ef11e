// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car_piece.h"

#include "core/content/car_header.h"

namespace amana::content {

CarPiece::CarPiece(const Cid &root) : m_root(root), m_bytes(carStart(root)) {}

bool CarPiece::hasRoomFor(const QByteArray &block) const
{
    constexpr std::size_t kAround = 9 + kCidSize; // a varint and the identifier
    return m_blocks == 0 || static_cast<std::size_t>(m_bytes.size() + block.size()) + kAround <= kMaxBytes;
}

void CarPiece::add(const Cid &cid, const QByteArray &block)
{
    m_bytes += carSectionStart(cid, static_cast<std::size_t>(block.size()));
    m_bytes += block;
    ++m_blocks;
    m_blockBytes += static_cast<std::uint64_t>(block.size());
}

} // namespace amana::content
