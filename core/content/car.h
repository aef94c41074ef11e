// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/dag_reader.h"

class QIODevice;

/// Content-addressable archives (IPLD CARv1; version 2 is read, its index is not used).
namespace amana::content {

/// All blocks under `root`, root first, depth first, none twice. Returns the bytes written. A block that is
/// missing in the source ends it (BlockMissing): the half-written archive must be thrown away. Progress
/// counts bytes written.
[[nodiscard]] Result<std::uint64_t> writeCar(const BlockSource &source, const Cid &root, QIODevice &out,
                                             const Progress &progress = {}, const ReadLimits &limits = {});

struct CarContents {
    std::vector<Cid> roots; ///< what the archive claims; check with walk() that they are complete
    std::uint64_t blocks = 0;
    std::uint64_t bytes = 0; ///< of blocks
};

/// Puts every block after its hash was verified, then flush(). CarMalformed (param offset), BlockAltered,
/// BlockTooLarge, CidUnsupported, Cancelled. Good blocks before a bad one stay in the sink: they are what
/// they claim.
[[nodiscard]] Result<CarContents> readCar(QIODevice &in, BlockSink &sink, const Progress &progress = {});

} // namespace amana::content
