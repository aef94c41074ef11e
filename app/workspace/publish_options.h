// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/publish_port.h"
#include "core/sharing/publisher.h"

namespace amana::app {

inline constexpr QLatin1String kInstitutionChoice("institution");

/// With the newest key of each custodian. SharingUnknownCustodian for one without a key; MoneyBadAmount,
/// MoneyNoArbiter. What has a price is paid to the publisher.
[[nodiscard]] Result<sharing::PublishOptions> publishOptions(const sharing::Actor &actor,
                                                             const ports::PublishSpec &spec);

/// A custodian by id: an address, or "institution".
[[nodiscard]] Result<sharing::Custodian> custodianOf(const sharing::Actor &actor, const QString &id);

} // namespace amana::app
