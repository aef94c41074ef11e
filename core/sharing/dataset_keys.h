// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/contracts.h"
#include "core/sharing/actor.h"
#include "core/sharing/capsule.h"

namespace amana::sharing {

/// A research grant opens the parts; a care grant also says who the person is and how dates were moved.
enum class GrantKind { Research, Care };

/// All keys of a dataset, from this custodian's owner's capsule: of the package, or the one that came with a seat that was
/// taken over. AgeNoMatch when there is none.
[[nodiscard]] Result<std::vector<CapsuleKey>> custodianKeys(const Actor &actor, const chain::Dataset &dataset);
/// As custodianKeys, else those that the publisher's vault kept: SharingNoKeysHere.
[[nodiscard]] Result<std::vector<CapsuleKey>> anyKeysHere(const Actor &actor, const chain::Dataset &dataset);

/// What of them goes into a grant: the dataset's, each part's whose subject has not withdrawn and, for care, the linkage
/// of those.
[[nodiscard]] Result<std::vector<CapsuleKey>> keysForGrant(const Actor &actor, const chain::Dataset &dataset,
                                                           std::vector<CapsuleKey> all, GrantKind kind);

/// The same, of what the package in `blocks` says and with the places of the subjects that have withdrawn. Reads the nodes
/// of folders only: not a block of a part needs to be here.
[[nodiscard]] Result<std::vector<CapsuleKey>> keysForGrant(const content::BlockSource &blocks, const content::Cid &root,
                                                           std::vector<CapsuleKey> all, GrantKind kind,
                                                           const std::vector<std::uint32_t> &withdrawn);

/// Whether the keys open the dataset: manifest, report and the head of every part and linkage file. SharingNotForThis.
[[nodiscard]] Status checkKeysOpen(const Actor &actor, const chain::Dataset &dataset, std::span<const CapsuleKey> keys);

/// The custodians of now, with the keys that requests and reasons are sealed for: those on the card, and the newest ones of
/// who took over a seat later. ContractNoKey.
[[nodiscard]] Result<std::vector<crypto::AgeRecipient>> custodianRecipients(Actor &actor, const chain::Dataset &dataset);

/// Whether the identity opens an age file, by its first leaf: at most 1 MiB is read, however long the file is.
[[nodiscard]] bool opensHead(const content::BlockSource &blocks, const content::Cid &file,
                             const crypto::AgeIdentity &identity);

[[nodiscard]] content::Cid rootOf(const chain::Dataset &dataset);

} // namespace amana::sharing
