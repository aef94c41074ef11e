// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"

namespace amana::sharing {

/// Pins whatever the contracts name and this computer has whole, so that a collection leaves it: datasets, cards, reports,
/// messages, capsules, batches. What is not here, or only in part, is passed over, but of this profile's own datasets:
/// BlockMissing (cid).
[[nodiscard]] Status pinRegistered(Actor &actor);

/// Announces what this profile published, also before anybody else kept copies. What was withdrawn is passed over.
/// BlockMissing (cid).
[[nodiscard]] Status announceOwn(Actor &actor);

/// Gives the dataset, its card and its report to every place that keeps copies, and looks who finds it: the record of its
/// root. ContractUnknownDataset, BlockMissing; Cancelled. Progress counts bytes.
[[nodiscard]] Result<replication::Record> replicateDataset(Actor &actor, std::uint64_t dataset, const Progress &progress = {});

} // namespace amana::sharing
