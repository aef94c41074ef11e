// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/block_store.h"
#include "core/content/dag_reader.h"
#include "core/content/gateway.h"

namespace amana::content {

/// What one source did so far.
struct SourceCounts {
    std::string url;
    std::uint64_t requests = 0;
    std::uint64_t blocks = 0; ///< good ones
    std::uint64_t bytes = 0;  ///< of those
    std::optional<Error> dropped; ///< why it is not asked any more
};

struct FetchOptions {
    ReadLimits limits{};
    /// A source that brings fewer bytes a second for its whole `idle` time is dropped, when there is another.
    std::uint64_t slowest = 4096;
    /// Called from the caller's thread, some times a second and at the end, also of a failure.
    std::function<void(const std::vector<SourceCounts> &)> watch{};
};

struct FetchReport {
    std::uint64_t fetched = 0; ///< blocks
    std::uint64_t fetchedBytes = 0;
    std::uint64_t present = 0; ///< blocks that were in the store already
    std::vector<SourceCounts> sources;
};

/// Brings everything under `root` into the store, then flush(). What the store has is not asked for again, so
/// after a failure the next call goes on where this one ended. Each block is verified as it comes; a graph that
/// nobody has begun comes as one archive from one source, or its parts from several at once, and what an archive
/// left out comes block by block. Memory: a block and the network's window a source, and the links of the nodes on
/// the way down.
///
/// A source that sends something else than was asked, breaks off three times without a good block, or is slow is dropped and the others
/// are asked: IpfsLied, IpfsBadReply, IpfsTimeout … in its counts. IpfsNotFound (param cid) when nobody is left for
/// a block, caused by the last failure. Leaves that are there are not read again: see BlockStore::scan.
/// Progress counts bytes; Cancelled. At most 64 sources. FileDiskFull, StoreQuota, DagMalformed, DagTooLarge.
[[nodiscard]] Result<FetchReport> fetchDag(const Cid &root, const std::vector<Gateway> &sources, BlockStore &store,
                                           const Progress &progress = {}, const FetchOptions &options = {});

} // namespace amana::content
