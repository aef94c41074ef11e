// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/dag_reader.h"
#include "peer.h"

#include <QBuffer>

#include <atomic>
#include <functional>

/// Graphs of blocks to send, and sources that are watched.
namespace amana::content::test {

struct Graph {
    MemoryBlocks blocks;
    Cid root;
    QByteArray bytes;

    Graph(qsizetype size, std::uint32_t seed) : bytes(testBytes(size, seed))
    {
        QBuffer in(&bytes);
        in.open(QIODevice::ReadOnly);
        const auto node = addFile(in, blocks);
        root = node ? node->cid : Cid{};
    }
};

/// The file as another source gives it, every block verified.
inline Result<QByteArray> contentOf(const BlockSource &source, const Cid &root)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    AMANA_CHECK(readFile(source, root, out));
    return out.data();
}

/// Calls `before` with the number of the request for a leaf, from 1 on.
class WatchedSource final : public BlockSource {
public:
    WatchedSource(const BlockSource &inner, std::function<void(int)> before) : m_inner(inner), m_before(std::move(before)) {}

protected:
    Result<QByteArray> fetch(const Cid &cid) const override
    {
        if (cid.codec == Codec::Raw)
            m_before(++m_leaves);
        return m_inner.get(cid);
    }

private:
    const BlockSource &m_inner;
    const std::function<void(int)> m_before;
    mutable std::atomic<int> m_leaves = 0;
};

} // namespace amana::content::test
