// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/send_plan.h"

#include "core/content/dag_pb.h"

#include <algorithm>
#include <unordered_set>

namespace amana::content {

namespace {

constexpr int kAbsentInARow = 64; // more than the blocks of some pieces: the order within one is the other node's

class Planner {
public:
    Planner(const BlockSource &source, const HasBlock &has, Ask ask, const Progress &progress, const ReadLimits &limits)
        : m_source(source), m_has(has), m_ask(ask), m_progress(progress), m_limits(limits)
    {}

    Result<SendPlan> plan(const Cid &root)
    {
        AMANA_CHECK(enter(root, {}));
        while (!m_open.empty()) {
            Node &node = m_open.back();
            if (node.next < node.links.size()) {
                const PbLink link = node.links[node.next++];
                AMANA_CHECK(enter(link.cid, link.totalSize));
                continue;
            }
            if (!node.there)
                send(node.cid, node.size);
            m_open.pop_back();
        }
        return std::move(m_plan);
    }

private:
    struct Node {
        Cid cid;
        std::uint64_t size = 0;
        bool there = false;
        std::vector<PbLink> links;
        std::size_t next = 0;
    };

    Result<bool> isThere(const Cid &cid)
    {
        if (m_ask == Ask::Nothing || (m_ask == Ask::FromTop && m_absent > kAbsentInARow))
            return false;
        AMANA_TRY(const bool there, m_has(cid));
        m_absent = there ? 0 : m_absent + 1;
        return there;
    }

    /// `declared`: the size of a leaf, as its parent has it.
    Status enter(const Cid &cid, std::optional<std::uint64_t> declared)
    {
        if (m_progress.cancelled())
            return fail(ErrorCode::Cancelled);
        if (!m_seen.insert(cid).second)
            return {};
        if (m_seen.size() > m_limits.maxBlocks)
            return fail(ErrorCode::DagTooLarge, {{"cid", cid.text()}, {"limit", "blocks"}});
        AMANA_TRY(const bool there, isThere(cid));
        m_plan.whole = m_plan.whole && !there;
        if (there && (m_ask == Ask::FromTop || cid.codec == Codec::Raw))
            return {};
        if (cid.codec == Codec::Raw && declared) {
            send(cid, *declared);
            return {};
        }
        AMANA_TRY(const QByteArray block, m_source.get(cid));
        Node node{cid, static_cast<std::uint64_t>(block.size()), there, {}};
        if (cid.codec == Codec::DagPb) {
            AMANA_TRY(PbNode links, decodeNode(bytesOf(block)));
            node.links = std::move(links.links);
        }
        if (m_open.size() >= static_cast<std::size_t>(m_limits.maxDepth) && !node.links.empty())
            return fail(ErrorCode::DagTooLarge, {{"cid", cid.text()}, {"limit", "depth"}});
        m_open.push_back(std::move(node));
        return {};
    }

    void send(const Cid &cid, std::uint64_t size)
    {
        m_plan.blocks.push_back(cid);
        m_plan.bytes += size;
    }

    const BlockSource &m_source;
    const HasBlock &m_has;
    const Ask m_ask;
    const Progress &m_progress;
    const ReadLimits &m_limits;
    int m_absent = 0; ///< answers in a row
    std::unordered_set<Cid> m_seen;
    std::vector<Node> m_open;
    SendPlan m_plan;
};

} // namespace

Result<SendPlan> planSending(const BlockSource &source, const Cid &root, const HasBlock &has, Ask ask,
                             const Progress &progress, const ReadLimits &limits)
{
    return Planner(source, has, ask, progress, limits).plan(root);
}

Status sendPieces(const SendPlan &plan, const BlockSource &source, const Cid &root, const SendPiece &send,
                  const Progress &progress)
{
    std::uint64_t done = 0;
    CarPiece piece(root);
    const auto hand = [&](bool last) -> Status {
        std::atomic<bool> cancelled = progress.cancelled();
        if (cancelled)
            return fail(ErrorCode::Cancelled);
        // A request is longer than the blocks in it: without the limit, the next piece would begin further back.
        const Progress part(
            [&](std::uint64_t sent, std::uint64_t) {
                progress.report(done + std::min(sent, piece.blockBytes()), plan.bytes);
                cancelled = progress.cancelled();
            },
            &cancelled);
        AMANA_CHECK(send(piece, last, part));
        done += piece.blockBytes();
        progress.report(done, plan.bytes);
        piece = CarPiece(root);
        return {};
    };
    for (const Cid &cid : plan.blocks) {
        AMANA_TRY(const QByteArray block, source.get(cid));
        if (!piece.hasRoomFor(block))
            AMANA_CHECK(hand(false));
        piece.add(cid, block);
    }
    return plan.blocks.empty() ? Status() : hand(true);
}

} // namespace amana::content
