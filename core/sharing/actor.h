// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/chain/event_index.h"
#include "core/chain/network.h"
#include "core/chain/outbox.h"
#include "core/keys/profile.h"
#include "core/replication/storage.h"
#include "core/store/library.h"

#include <QString>

namespace amana::sharing {

/// One profile on one network, with what the use cases need. Made by the composition root; everything outlives it.
struct Actor {
    const keys::OpenProfile &profile;
    const crypto::SigningKey &chainKey;
    store::Library &library;
    replication::Storage &blocks;
    chain::Chain &chain;
    chain::Outbox &outbox;
    chain::EventIndex &index;
    const Clock &clock;
    QString folder; ///< of the profile: sealed packages wait under <folder>/staging

    [[nodiscard]] const Address &address() const { return chainKey.address(); }
};

/// The newest encryption key that `who` has published: ContractNoKey.
[[nodiscard]] Result<crypto::AgeRecipient> newestRecipient(const chain::Chain &chain, const Address &who);

/// Puts a small object as one raw block, to be kept under `name`: the chain carries its sha2-256. Sends nothing.
[[nodiscard]] Result<content::Cid> putObject(replication::Storage &blocks, const QByteArray &bytes, const std::string &name);
/// Asks the contract, then stores what the call names by its digest, then sends, then gives it to whoever keeps copies: a
/// refusal leaves nothing in the block store. An empty object is not stored.
[[nodiscard]] Result<chain::Receipt> sendWithObject(Actor &actor, const chain::Call &call, const QByteArray &object);
/// BlockMissing, BlockAltered.
[[nodiscard]] Result<QByteArray> getObject(const content::BlockSource &blocks, const Digest &digest);

} // namespace amana::sharing
