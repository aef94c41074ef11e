// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/expected_dag.h"

namespace amana::content {

ExpectedDag::ExpectedDag(const Wish &root, Has has, Take take)
    : m_has(std::move(has)), m_take(std::move(take)), m_root(root.cid),
      m_stream([this](const Cid &cid, ByteView bytes) { return block(cid, bytes); }), m_left{root}
{}

Status ExpectedDag::block(const Cid &cid, ByteView block)
{
    skipPresent(cid);
    if (m_left.empty() || m_left.back().cid != cid)
        return fail(ErrorCode::BlockAltered, {{"cid", (m_left.empty() ? m_root : m_left.back().cid).text()}});
    auto below = m_take(m_left.back(), block);
    if (!below) {
        m_ours = fail(below.error());
        return m_ours;
    }
    m_left.pop_back();
    m_left.insert(m_left.end(), below->begin(), below->end());
    return {};
}

Status ExpectedDag::finish()
{
    skipPresent(std::nullopt);
    return m_stream.finish();
}

/// An archive names each block once: what is expected before `wanted` came before.
void ExpectedDag::skipPresent(std::optional<Cid> wanted)
{
    while (!m_left.empty() && m_left.back().cid != wanted && m_has(m_left.back().cid)) {
        m_leftOut.push_back(m_left.back());
        m_left.pop_back();
    }
}

} // namespace amana::content
