// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/dataset_blocks.h"

#include "core/content/dag_walk.h"

#include <algorithm>

namespace amana::sharing {

BlockSet::BlockSet(std::vector<content::Cid> cids) : m_cids(std::move(cids))
{
    std::sort(m_cids.begin(), m_cids.end());
    m_cids.erase(std::unique(m_cids.begin(), m_cids.end()), m_cids.end());
    m_cids.shrink_to_fit();
}

std::optional<std::size_t> BlockSet::placeOf(const content::Cid &cid) const
{
    const auto it = std::lower_bound(m_cids.begin(), m_cids.end(), cid);
    if (it == m_cids.end() || *it != cid)
        return {};
    return static_cast<std::size_t>(it - m_cids.begin());
}

std::shared_ptr<const BlockSet> DatasetBlocks::find(const content::Cid &root)
{
    const std::lock_guard lock(m_mutex);
    const auto it =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) { return entry.root == root; });
    if (it == m_entries.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, it);
    return it->set;
}

Result<std::shared_ptr<const BlockSet>> DatasetBlocks::walk(const content::Cid &root) const
{
    content::ReadLimits limits;
    limits.maxBlocks = std::min<std::uint64_t>(limits.maxBlocks, m_most);
    content::DagWalk steps(m_blocks, root, limits, content::DagWalk::Leaves::Named);
    std::vector<content::Cid> cids;
    for (;;) {
        AMANA_TRY(const auto step, steps.next());
        if (!step)
            return std::make_shared<const BlockSet>(std::move(cids));
        if (step->block.isEmpty() && !m_blocks.has(step->cid))
            return fail(ErrorCode::BlockMissing, {{"cid", step->cid.text()}});
        cids.push_back(step->cid);
    }
}

void DatasetBlocks::keep(Entry entry)
{
    const std::lock_guard lock(m_mutex);
    m_total += entry.set->size();
    m_entries.push_front(std::move(entry));
    while (m_total > m_most && m_entries.size() > 1) {
        m_total -= m_entries.back().set->size();
        m_entries.pop_back();
    }
}

Result<std::shared_ptr<const BlockSet>> DatasetBlocks::of(const content::Cid &root)
{
    if (auto known = find(root))
        return known;
    const std::lock_guard lock(m_walking);
    if (auto known = find(root)) // somebody else walked it meanwhile
        return known;
    AMANA_TRY(auto set, walk(root));
    keep({root, set});
    return set;
}

} // namespace amana::sharing
