// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/event_index.h"
#include "core/ports/requests_port.h"

namespace amana::app {

class Seat;

/// Price and payment of a request; from the local copy, but for the arbiter, who is asked of the contract when online.
[[nodiscard]] Result<ports::Payment> paymentOf(Seat &seat, const chain::AccessRequest &request,
                                               const chain::Dataset &dataset);

/// Emergencies of this profile's datasets, by it, or for it to review; newest first.
[[nodiscard]] Result<std::vector<ports::EmergencyRow>> emergencyRows(Seat &seat);

} // namespace amana::app
