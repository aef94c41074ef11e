// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/event_index.h"
#include "core/ports/requests_port.h"
#include "core/sharing/actor.h"

#include <vector>

namespace amana::app {

/// Asks the contract (eth_call) for each action as if this profile sent it now; nothing is written. Approving
/// also needs the owner's capsule: AgeNoMatch when this profile has none. Steps of a payment are there only where
/// there is a price.
[[nodiscard]] std::vector<ports::ActionState> simulateActions(sharing::Actor &actor,
                                                              const chain::IndexedRequest &request,
                                                              const chain::IndexedDataset &dataset);

/// All of them, refused for one reason.
[[nodiscard]] std::vector<ports::ActionState> refusedActions(const Error &reason);

} // namespace amana::app
