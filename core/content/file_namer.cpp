// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/file_namer.h"

#include "core/base/crew.h"
#include "core/content/balanced_tree.h"
#include "core/crypto/hash.h"

#include <algorithm>
#include <deque>
#include <memory>

namespace amana::content {

namespace {

constexpr std::size_t kPiece = 128u << 10; // bytes that a processor's own cache holds while they are hashed
constexpr std::size_t kAhead = 8;          // leaves given to each processor before the oldest is waited for

Result<DagNode> nameLeaf(FilePlace file, std::uint64_t from, std::uint64_t size)
{
    const auto piece = std::make_unique_for_overwrite<std::uint8_t[]>(kPiece);
    crypto::Sha256 hash;
    for (std::uint64_t done = 0; done < size;) {
        const std::span<std::uint8_t> room(piece.get(), std::min<std::uint64_t>(kPiece, size - done));
        AMANA_TRY(const std::size_t got, readAt(file, from + done, room));
        if (got < room.size())
            return fail(ErrorCode::SourceChanged);
        hash.add(room);
        done += got;
    }
    return DagNode{{Codec::Raw, hash.digest()}, size, size};
}

} // namespace

Result<DagNode> nameFile(FilePlace file, std::uint64_t size, BlockSink &sink, const Progress &progress)
{
    BalancedTree tree(sink);
    std::deque<std::future<Result<DagNode>>> underWay;
    Crew crew(Crew::processors()); // last, so that its work ends before what it works for goes
    std::uint64_t done = 0;
    const auto takeOldest = [&]() -> Status {
        AMANA_TRY(const DagNode leaf, underWay.front().get());
        underWay.pop_front();
        progress.report(done += leaf.fileSize, size);
        return tree.add(leaf);
    };
    for (std::uint64_t from = 0; from < size || from == 0; from += kChunkSize) { // an empty file is one empty leaf
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        const std::uint64_t here = std::min<std::uint64_t>(kChunkSize, size - from);
        underWay.push_back(crew.start([file, from, here] { return nameLeaf(file, from, here); }));
        if (underWay.size() > kAhead * Crew::processors())
            AMANA_CHECK(takeOldest());
    }
    while (!underWay.empty())
        AMANA_CHECK(takeOldest());
    return tree.finish();
}

} // namespace amana::content
