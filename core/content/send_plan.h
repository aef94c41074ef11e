// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/car_piece.h"
#include "core/content/dag_reader.h"

/// Internal to core/content: which blocks of a graph go to another node, and sending them.
namespace amana::content {

struct SendPlan {
    std::vector<Cid> blocks; ///< children before their parents, none twice: what has arrived is whole below itself
    std::uint64_t bytes = 0; ///< of these blocks, as their parents declare them
    bool whole = true;       ///< nothing was left out
};

/// Whether the other node has a block.
using HasBlock = std::function<Result<bool>(const Cid &)>;
enum class Ask {
    Nothing, ///< everything is sent
    FromTop, ///< what is below a block that is there is taken to be there too, as it was sent first
    EachBlock
};

/// FromTop asks no more after many blocks in a row were absent: nothing that is sent later can be there. Reads the
/// blocks with links from `source`; failures of its get(), DagMalformed, DagTooLarge, failures of `has`, Cancelled.
[[nodiscard]] Result<SendPlan> planSending(const BlockSource &source, const Cid &root, const HasBlock &has, Ask ask,
                                           const Progress &progress, const ReadLimits &limits = {});

/// `last`: the piece with which the plan is done.
using SendPiece = std::function<Status(const CarPiece &piece, bool last, const Progress &progress)>;

/// At most CarPiece::kMaxBytes in memory. Progress counts bytes of the plan.
[[nodiscard]] Status sendPieces(const SendPlan &plan, const BlockSource &source, const Cid &root, const SendPiece &send,
                                const Progress &progress);

} // namespace amana::content
