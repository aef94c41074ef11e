// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/dag_reader.h"

#include <optional>
#include <unordered_set>
#include <utility>

namespace amana::content {

/// walk() for who wants to be asked for each block instead of being told: to send an archive at the reader's pace.
class DagWalk {
public:
    enum class Leaves {
        Read, ///< each block
        Named ///< raw leaves are named only, not read: what belongs to a graph costs its inner nodes
    };
    /// True the first time for each identifier; may have a smaller memory than the walk's own.
    using FirstTime = std::function<bool(const Cid &)>;

    DagWalk(const BlockSource &source, const Cid &root, const ReadLimits &limits = {}, Leaves leaves = Leaves::Read,
            FirstTime firstTime = {});

    struct Step {
        Cid cid;
        QByteArray block; ///< empty for a leaf that is only named
    };
    /// The next block, parents before children, depth first; none at the end. DagMalformed, DagTooLarge, and the failures
    /// of get(); after one of them there is no going on.
    [[nodiscard]] Result<std::optional<Step>> next();

private:
    [[nodiscard]] bool isFirst(const Cid &cid);

    const BlockSource &m_source;
    const ReadLimits m_limits;
    const Leaves m_leaves;
    const FirstTime m_firstTime;
    std::unordered_set<Cid> m_seen;
    std::uint64_t m_blocks = 0;
    std::vector<std::pair<Cid, int>> m_todo; ///< with its depth
};

} // namespace amana::content
