// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/chain/outbox.h"
#include "core/sharing/actor.h"
#include "core/sharing/reading_batch.h"

/// The use cases of readings in batches: anchor a file, prove a reading of it, check a proof. See READINGS.md.
namespace amana::sharing {

struct AnchoredReadings {
    std::uint64_t batch = 0;
    ReadingBatch content;
    chain::Receipt receipt;
};

/// Makes the batch and puts its root on record; once for a file, however often it is repeated. What makeBatch()
/// returns; ContractMissingRole and other refusals of the registry, before anything is sent.
[[nodiscard]] Result<AnchoredReadings> anchorReadings(Actor &actor, const QString &path, const Progress &progress = {});

/// The proof of reading `index` (from 0) of a batch that this profile anchored on this network: as proveReading().
[[nodiscard]] Result<ReadingProof> proveAnchored(const Actor &actor, std::uint64_t batch, std::uint64_t index,
                                                 const Progress &progress = {});

/// Whether the registry of this network has the reading in that batch. ReadingsProofElsewhere, ReadingsProofWrong,
/// ContractUnknownBatch.
[[nodiscard]] Status verifyReading(const Actor &actor, const ReadingProof &proof);

} // namespace amana::sharing
