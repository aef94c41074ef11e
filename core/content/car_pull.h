// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/dag_walk.h"

namespace amana::content {

/// The archive of writeCar(), for who wants to be asked for each piece: a CARv1, root first, depth first, no block twice.
class CarPull {
public:
    explicit CarPull(const BlockSource &source, const Cid &root, const ReadLimits &limits = {},
                     DagWalk::FirstTime firstTime = {})
        : m_root(root), m_walk(source, root, limits, DagWalk::Leaves::Read, std::move(firstTime))
    {
    }

    struct Piece {
        QByteArray bytes;            ///< empty: the archive is complete
        std::uint64_t blockBytes = 0; ///< of the block in it; 0 in the header
    };
    /// One section at a time, the header with the first one. Failures of DagWalk::next(): what was given until then is no
    /// archive.
    [[nodiscard]] Result<Piece> next();

private:
    Cid m_root;
    DagWalk m_walk;
    bool m_begun = false;
};

} // namespace amana::content
