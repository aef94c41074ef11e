// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car_pull.h"

#include "core/content/car_header.h"

#include <utility>

namespace amana::content {

Result<CarPull::Piece> CarPull::next()
{
    AMANA_TRY(const auto step, m_walk.next());
    Piece piece;
    if (!std::exchange(m_begun, true))
        piece.bytes = carStart(m_root);
    if (!step)
        return piece;
    piece.bytes += carSectionStart(step->cid, static_cast<std::size_t>(step->block.size()));
    piece.bytes += step->block;
    piece.blockBytes = static_cast<std::uint64_t>(step->block.size());
    return piece;
}

} // namespace amana::content
