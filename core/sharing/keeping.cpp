// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/keeping.h"

#include "core/chain/registered_dataset.h"
#include "core/sharing/dataset_keys.h"

namespace amana::sharing {

namespace {

content::Cid objectOf(const Digest &digest)
{
    return {content::Codec::Raw, digest};
}

/// What is announced with a dataset. The small ones first: they make it known; the dataset itself comes last.
std::vector<content::Pin> graphsOf(const chain::Dataset &dataset)
{
    const std::string number = std::to_string(dataset.id);
    return {{objectOf(dataset.cardDigest), "card " + number},
            {objectOf(dataset.reportHash), "report " + number},
            {rootOf(dataset), "dataset " + number}};
}

/// A zero digest names nothing.
Status pinObject(content::BlockStore &store, const Digest &digest, const std::string &name)
{
    if (digest == Digest{})
        return {};
    Status pinned = store.pin(objectOf(digest), name);
    if (!pinned && pinned.error().code == ErrorCode::BlockMissing)
        return {};
    return pinned;
}

Status pinDatasets(Actor &actor, content::BlockStore &store)
{
    chain::DatasetQuery all;
    all.includeWithdrawn = true;
    AMANA_TRY(const auto datasets, actor.index.datasets(all));
    for (const chain::IndexedDataset &entry : datasets) {
        const chain::Dataset &dataset = entry.dataset;
        const std::string number = std::to_string(dataset.id);
        Status pinned = store.pin(rootOf(dataset), "dataset " + number);
        const bool absent = !pinned && pinned.error().code == ErrorCode::BlockMissing;
        // A withdrawn one of ours may be gone on purpose.
        const bool ours = dataset.owner == actor.address() && dataset.status != chain::DatasetStatus::Withdrawn;
        if (!pinned && (!absent || ours))
            return pinned;
        AMANA_CHECK(pinObject(store, dataset.cardDigest, "card " + number));
        AMANA_CHECK(pinObject(store, dataset.reportHash, "report " + number));
        for (const Address &custodian : entry.custodians) {
            AMANA_TRY(const Digest capsule, actor.index.ownersCapsuleOf(dataset.id, custodian));
            AMANA_CHECK(pinObject(store, capsule, "owner's capsule " + number));
        }
    }
    return {};
}

} // namespace

Status announceOwn(Actor &actor)
{
    AMANA_CHECK(actor.index.sync(actor.chain));
    chain::DatasetQuery own;
    own.owner = actor.address();
    AMANA_TRY(const auto datasets, actor.index.datasets(own));
    for (const chain::IndexedDataset &entry : datasets)
        for (const auto &[graph, name] : graphsOf(entry.dataset))
            AMANA_CHECK(actor.blocks.announce(graph, name));
    return {};
}

Status pinRegistered(Actor &actor)
{
    content::BlockStore &store = actor.blocks.store();
    AMANA_CHECK(actor.index.sync(actor.chain));
    AMANA_CHECK(pinDatasets(actor, store));
    AMANA_TRY(const auto requests, actor.index.requests());
    for (const chain::IndexedRequest &entry : requests)
        for (const Digest &digest : {entry.messageDigest, entry.decisionDigest, entry.capsuleDigest})
            AMANA_CHECK(pinObject(store, digest, "request " + std::to_string(entry.request.id)));
    AMANA_TRY(const auto emergencies, actor.index.emergencies());
    for (const chain::IndexedEmergency &entry : emergencies)
        for (const Digest &digest : {entry.reasonDigest, entry.noteDigest})
            AMANA_CHECK(pinObject(store, digest, "emergency"));
    AMANA_TRY(const auto purchases, actor.index.purchases());
    for (const chain::IndexedPurchase &entry : purchases)
        AMANA_CHECK(pinObject(store, entry.reasonDigest, "dispute"));
    for (std::uint64_t id = 1;; ++id) {
        AMANA_TRY(const auto batch, actor.index.batch(id));
        if (!batch)
            return {};
        AMANA_CHECK(pinObject(store, batch->batch.manifestDigest, "batch " + std::to_string(id)));
    }
}

Result<replication::Record> replicateDataset(Actor &actor, std::uint64_t dataset, const Progress &progress)
{
    AMANA_TRY(const chain::Dataset entry, chain::registeredDataset(actor.chain, actor.index, dataset));
    std::optional<replication::Record> record;
    for (const auto &[graph, name] : graphsOf(entry)) {
        AMANA_CHECK(actor.blocks.announce(graph, name));
        AMANA_TRY(record, actor.blocks.replicate(graph, progress));
    }
    return std::move(*record);
}

} // namespace amana::sharing
