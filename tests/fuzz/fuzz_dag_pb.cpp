// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of graphs: what is read as a node has one form, and reading a graph of it ends.
#include "core/content/dag_pb.h"
#include "core/content/dag_reader.h"

#include <QBuffer>

#include <cstdlib>

using namespace amana;
using namespace amana::content;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    if (const auto message = decodeUnixFs(bytes)) {
        const auto again = decodeUnixFs(bytesOf(encodeUnixFs(*message)));
        if (!again || again->type != message->type || again->data != message->data
            || again->fileSize != message->fileSize || again->blockSizes != message->blockSizes)
            std::abort();
    }
    MemoryBlocks blocks;
    const Cid cid = Cid::of(Codec::DagPb, bytes);
    if (!blocks.put(cid, bytes))
        std::abort();
    if (const auto entries = listDirectory(blocks, cid))
        for (const DirectoryEntry &entry : *entries)
            if (!isSafeName(entry.name))
                std::abort();
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const auto info = inspectNode(blocks, cid);
    if (readFile(blocks, cid, out) && (!info || info->fileSize != static_cast<std::uint64_t>(out.size())))
        std::abort();
    const auto node = decodeNode(bytes);
    if (!node)
        return 0;
    const auto again = decodeNode(bytesOf(encodeNode(*node)));
    if (!again || again->data != node->data || again->links.size() != node->links.size())
        std::abort();
    return 0;
}
