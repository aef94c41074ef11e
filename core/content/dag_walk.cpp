// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/dag_walk.h"

#include "core/content/dag_pb.h"

namespace amana::content {

namespace {

tl::unexpected<Error> tooLarge(const Cid &cid, const char *limit)
{
    return fail(ErrorCode::DagTooLarge, {{"cid", cid.text()}, {"limit", limit}});
}

} // namespace

DagWalk::DagWalk(const BlockSource &source, const Cid &root, const ReadLimits &limits, Leaves leaves, FirstTime firstTime)
    : m_source(source), m_limits(limits), m_leaves(leaves), m_firstTime(std::move(firstTime)), m_todo{{root, 0}}
{
}

bool DagWalk::isFirst(const Cid &cid)
{
    return m_firstTime ? m_firstTime(cid) : m_seen.insert(cid).second;
}

Result<std::optional<DagWalk::Step>> DagWalk::next()
{
    while (!m_todo.empty() && !isFirst(m_todo.back().first))
        m_todo.pop_back();
    if (m_todo.empty())
        return std::optional<Step>();
    const auto [cid, depth] = m_todo.back();
    m_todo.pop_back();
    if (++m_blocks > m_limits.maxBlocks)
        return tooLarge(cid, "blocks");
    if (cid.codec == Codec::Raw && m_leaves == Leaves::Named)
        return std::optional(Step{cid, {}});
    AMANA_TRY(QByteArray block, m_source.get(cid));
    if (cid.codec == Codec::Raw)
        return std::optional(Step{cid, std::move(block)});
    auto node = decodeNode(bytesOf(block));
    if (!node) {
        Error error = std::move(node).error();
        error.params.emplace_back("cid", cid.text());
        return fail(std::move(error));
    }
    if (depth >= m_limits.maxDepth && !node->links.empty())
        return tooLarge(cid, "depth");
    for (auto link = node->links.rbegin(); link != node->links.rend(); ++link)
        m_todo.emplace_back(link->cid, depth + 1);
    return std::optional(Step{cid, std::move(block)});
}

Status walk(const BlockSource &source, const Cid &root, const BlockVisitor &visitor, const ReadLimits &limits)
{
    DagWalk steps(source, root, limits);
    for (;;) {
        AMANA_TRY(const auto step, steps.next());
        if (!step)
            return {};
        AMANA_CHECK(visitor(step->cid, step->block));
    }
}

} // namespace amana::content
