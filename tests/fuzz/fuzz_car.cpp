// SPDX-License-Identifier: GPL-3.0-or-later
// Archives: whole and in pieces, both must agree.
#include "core/content/blocks.h"
#include "core/content/car_stream.h"

#include <algorithm>
#include <cstdlib>

using namespace amana;
using namespace amana::content;

namespace {

struct Outcome {
    bool good = false;
    std::vector<Cid> cids;
    std::uint64_t offset = 0;

    bool operator==(const Outcome &) const = default;
};

Outcome readInPieces(ByteView bytes, std::size_t piece)
{
    Outcome outcome;
    CarStream stream([&outcome](const Cid &cid, ByteView block) -> Status {
        if (block.size() > kMaxBlockSize || !BlockSource::verify(cid, block))
            std::abort();
        outcome.cids.push_back(cid);
        return {};
    });
    Status status;
    for (std::size_t at = 0; status && at < bytes.size(); at += piece)
        status = stream.feed(bytes.subspan(at, std::min(piece, bytes.size() - at)));
    outcome.good = status && stream.finish();
    outcome.offset = stream.offset();
    if (outcome.offset > bytes.size())
        std::abort();
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    const Outcome whole = readInPieces(bytes, std::max<std::size_t>(size, 1));
    if (readInPieces(bytes, 1) != whole || readInPieces(bytes, 7) != whole)
        std::abort();
    return 0;
}
