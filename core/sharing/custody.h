// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"

#include <optional>

namespace amana::sharing {

/// A custodian's seat passes to somebody else in two steps, because it is worth nothing without the keys: the one who
/// leaves offers it and makes a new owner's capsule, the one who comes takes it and shows by a digest on the chain that
/// the capsule is there. Who leaves has had the keys and keeps them: no contract takes that back.
class CustodyHandOver {
public:
    explicit CustodyHandOver(Actor &actor) : m_actor(actor) {}

    struct Offered {
        QByteArray capsule;                    ///< all keys of the dataset, sealed to the other one; travels by any way
        std::optional<chain::Receipt> receipt; ///< nothing when the same offer stood already
    };
    /// By a custodian: ContractNotCustodian, ContractBadCustodian (`to` has a seat), ContractNoKey, AgeNoMatch.
    [[nodiscard]] Result<Offered> offer(std::uint64_t dataset, const Address &to);
    [[nodiscard]] Result<chain::Receipt> takeBack(std::uint64_t dataset);

    /// By whom it was offered to. The capsule is opened and tried on every file of the dataset before the seat is taken.
    /// `from` nothing: the only one who offers. ContractNoOffer, AgeNoMatch, SharingNotForThis.
    [[nodiscard]] Result<chain::Receipt> accept(std::uint64_t dataset, std::optional<Address> from,
                                                const QByteArray &capsule);

private:
    [[nodiscard]] Result<Address> offerer(std::uint64_t dataset, std::optional<Address> from) const;
    Actor &m_actor;
};

} // namespace amana::sharing
