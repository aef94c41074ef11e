// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/contracts.h"
#include "core/sharing/actor.h"
#include "core/sharing/dataset_keys.h"

namespace amana::sharing {

/// Breaking the glass. What the contract does: it lets a member with the role declare an emergency for a dataset that
/// permits it, says yes for 24 hours, tells everybody, and wants a review. What it cannot do: give a key. That comes
/// from somebody who holds the keys and hands over an age file, sealed to the one who declared.
class EmergencyDesk {
public:
    explicit EmergencyDesk(Actor &actor) : m_actor(actor) {}

    /// The reason is sealed to the custodians, to the auditors and to this profile. ContractMissingRole,
    /// ContractBreakGlassNotPermitted, ContractReviewPending.
    [[nodiscard]] Result<chain::Receipt> declare(std::uint64_t dataset, const std::string &reason);

    /// The capsule for `who`, while the contract lets it: SharingNoEmergency, SharingNoKeysHere.
    [[nodiscard]] Result<QByteArray> keysFor(std::uint64_t dataset, const Address &who, GrantKind kind);

    /// By an auditor, of somebody else's emergency, which ends with it: ContractMissingRole, ContractNoEmergency,
    /// ContractOwnEmergency. The note is sealed to `who`, to the custodians and to this profile.
    [[nodiscard]] Result<chain::Receipt> review(const Address &who, std::uint64_t dataset, bool justified,
                                                const std::string &note);

private:
    Actor &m_actor;
};

/// Whether the contract lets `who` open the dataset in an emergency now, by the chain's clock and by this computer's.
/// SharingNoEmergency.
[[nodiscard]] Status checkEmergency(Actor &actor, std::uint64_t dataset, const Address &who);

} // namespace amana::sharing
