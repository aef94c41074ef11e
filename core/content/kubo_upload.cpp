// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/kubo_upload.h"

#include "core/content/send_plan.h"

namespace amana::content {

namespace {

class Uploader {
public:
    Uploader(const KuboNode &node, const BlockSource &source, const Cid &root, const Progress &progress)
        : m_node(node), m_source(source), m_root(root), m_progress(progress)
    {}

    /// True: the root was pinned with its last piece.
    Result<bool> send(Ask ask)
    {
        const HasBlock has = [this](const Cid &cid) { return m_node.has(cid); };
        AMANA_TRY(const SendPlan plan, planSending(m_source, m_root, has, ask, m_progress.quiet()));
        bool pinned = false;
        const SendPiece hand = [&](const CarPiece &piece, bool last, const Progress &progress) -> Status {
            // One request for all: no garbage collection comes between its blocks and their pin.
            pinned = plan.whole && last && piece.blocks() == plan.blocks.size();
            AMANA_CHECK(m_node.import(piece, pinned, progress));
            m_sent.blocks += piece.blocks();
            m_sent.bytes += piece.blockBytes();
            return {};
        };
        AMANA_CHECK(sendPieces(plan, m_source, m_root, hand, m_progress));
        return pinned;
    }

    Status sendAndPin(Ask ask, const std::string &name, const PinPatience &patience)
    {
        AMANA_TRY(const bool pinned, send(ask));
        return pinned && name.empty() ? Status() : m_node.pin(m_root, name, patience, m_progress.quiet());
    }

    [[nodiscard]] const KuboUpload &sent() const { return m_sent; }

private:
    const KuboNode &m_node;
    const BlockSource &m_source;
    const Cid m_root;
    const Progress &m_progress;
    KuboUpload m_sent;
};

} // namespace

Result<KuboUpload> uploadToKubo(const KuboNode &node, const BlockSource &source, const Cid &root, const std::string &name,
                                const PinPatience &patience, const Progress &progress)
{
    AMANA_TRY(const auto before, node.pinOf(root));
    Uploader uploader(node, source, root, progress);
    if (before) {
        if (!name.empty() && before->name != name)
            AMANA_CHECK(node.pin(root, name, patience, progress.quiet()));
        return uploader.sent();
    }
    Status done = uploader.sendAndPin(Ask::FromTop, name, patience);
    if (!done && done.error().code == ErrorCode::IpfsPinFailed)
        done = uploader.sendAndPin(Ask::EachBlock, name, patience);
    AMANA_CHECK(done);
    return uploader.sent();
}

} // namespace amana::content
