// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"
#include "core/sharing/linkage.h"

#include <span>
#include <string>
#include <vector>

/// One subject of a cohort taking its part back. At publishing, each part gets a leaf in the tree of `subjectsRoot`:
/// its place, an address that may withdraw it, and a salt. The key of that address stays in the publisher's vault;
/// the institution acts with it on the subject's written request.
namespace amana::sharing {

/// The right to withdraw one part.
struct WithdrawalRight {
    std::string pseudonym; ///< empty: records of no one
    chain::SubjectProof proof;
    crypto::SigningKey key;
};

struct WithdrawalRights {
    Digest root{}; ///< `subjectsRoot` of the registry
    std::vector<WithdrawalRight> rights;
};

/// New keys and salts for parts 1…n, whose subjects these are.
[[nodiscard]] WithdrawalRights makeWithdrawalRights(std::span<const std::string> pseudonyms);
/// What the linkage file of the part tells of it: all but the key.
[[nodiscard]] Withdrawal withdrawalOf(const WithdrawalRight &right);

/// For the vault, and back: StoreCorrupt.
[[nodiscard]] SecretBytes withdrawalRightsToSecret(std::span<const WithdrawalRight> rights);
[[nodiscard]] Result<std::vector<WithdrawalRight>> withdrawalRightsFromSecret(std::string_view text);

/// Withdraws the part of a subject from a dataset that this profile published: signed with the key of the part, sent by
/// this account. Later capsules leave the part out; who has received its key keeps it. SharingNotPublishedHere when
/// the vault has no rights of this dataset, SharingUnknownSubject; contract.*.
[[nodiscard]] Result<chain::Receipt> withdrawSubject(Actor &actor, std::uint64_t dataset,
                                                     const std::string &pseudonym);

} // namespace amana::sharing
