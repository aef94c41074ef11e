// SPDX-License-Identifier: GPL-3.0-or-later
// What a gateway sends for a small tree: no block of another tree is ever taken, and "all is there" is true.
#include "core/content/dag_pb.h"
#include "core/content/dag_reader.h"
#include "core/content/expected_dag.h"

#include <algorithm>
#include <cstdlib>

using namespace amana;
using namespace amana::content;

namespace {

/// Two folders with three files, one of which both have.
struct Tree {
    MemoryBlocks blocks;
    Cid root;

    Tree()
    {
        const auto leaf = [this](const char *text) {
            const Cid cid = Cid::of(Codec::Raw, bytesOf(std::string_view(text)));
            return blocks.put(cid, bytesOf(std::string_view(text))) ? cid : Cid();
        };
        const auto folder = [this](std::vector<DirectoryEntry> entries) {
            const auto node = addDirectory(std::move(entries), blocks);
            return node ? node->cid : Cid();
        };
        const Cid one = folder({{"a", leaf("first"), 5}, {"same", leaf("same"), 4}});
        const Cid two = folder({{"b", leaf("second"), 6}, {"same", leaf("same"), 4}});
        root = folder({{"1", one, 100}, {"2", two, 100}});
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Tree tree;
    MemoryBlocks taken;
    ExpectedDag dag(
        {tree.root, 0, 0}, [&taken](const Cid &cid) { return taken.get(cid).has_value(); },
        [&taken](const Wish &wish, ByteView block) -> Result<std::vector<Wish>> {
            if (!tree.blocks.get(wish.cid) || !BlockSource::verify(wish.cid, block))
                std::abort();
            AMANA_CHECK(taken.put(wish.cid, block));
            std::vector<Wish> below;
            if (wish.cid.codec == Codec::DagPb) {
                AMANA_TRY(const PbNode node, decodeNode(block));
                for (auto link = node.links.rbegin(); link != node.links.rend(); ++link)
                    below.push_back({link->cid, wish.depth + 1, 0});
            }
            return below;
        });
    const ByteView bytes(data, size);
    const std::size_t piece = size == 0 ? 1 : 1 + data[0] % 100;
    Status status;
    for (std::size_t at = 0; status && at < size; at += piece)
        status = dag.feed(bytes.subspan(at, std::min(piece, size - at)));
    if (!dag.ours())
        std::abort();
    if (status && dag.finish() && dag.left().empty()
        && !walk(taken, tree.root, [](const Cid &, const QByteArray &) { return Status(); }))
        std::abort();
    return 0;
}
