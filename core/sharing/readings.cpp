// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/readings.h"

#include "core/chain/dataset_registry.h"
#include "core/crypto/hash.h"

namespace amana::sharing {

namespace {

AnchorPlace placeOf(const Actor &actor, std::uint64_t batch)
{
    return {actor.chain.profile().chainId, actor.chain.contracts().datasets, batch};
}

} // namespace

Result<AnchoredReadings> anchorReadings(Actor &actor, const QString &path, const Progress &progress)
{
    AnchoredReadings anchored;
    AMANA_TRY(anchored.content, makeBatch(actor.library.vault(), path, progress));
    const ReadingBatch &batch = anchored.content;
    chain::Call call = chain::DatasetRegistry(actor.chain).anchorBatch(
        {batch.root, batch.readings, crypto::sha256(bytesOf(batch.manifest))});
    call.dedupeKey = "anchor/" + toHex(batch.root);
    AMANA_TRY(anchored.receipt, actor.outbox.send(actor.chain, actor.chainKey, call));
    AMANA_TRY(anchored.batch, chain::anchoredBatch(anchored.receipt));
    AMANA_CHECK(rememberAnchor(actor.library.vault(), placeOf(actor, anchored.batch), batch));
    AMANA_TRY(const content::Cid manifest, // announced only now that it is on record
              putObject(actor.blocks, batch.manifest, "batch " + std::to_string(anchored.batch)));
    (void)actor.blocks.replicate(manifest); // who could not be reached is on record, and is given it later
    return anchored;
}

Result<ReadingProof> proveAnchored(const Actor &actor, std::uint64_t batch, std::uint64_t index, const Progress &progress)
{
    return proveReading(actor.library.vault(), placeOf(actor, batch), index, progress);
}

Status verifyReading(const Actor &actor, const ReadingProof &proof)
{
    const AnchorPlace here = placeOf(actor, proof.batch);
    if (proof.chainId != here.chainId || proof.contract != here.contract)
        return fail(ErrorCode::ReadingsProofElsewhere, {{"network", actor.chain.profile().name}});
    AMANA_CHECK(checkProof(proof));
    // The leaf is made here, from the reading: an inner node of the tree would pass in the contract as well.
    AMANA_TRY(const bool isThere,
              chain::DatasetRegistry(actor.chain).verifyLeaf(proof.batch, leafOf(proof), proof.siblings));
    if (!isThere)
        return fail(ErrorCode::ReadingsProofWrong, {{"batch", std::to_string(proof.batch)}});
    return {};
}

} // namespace amana::sharing
