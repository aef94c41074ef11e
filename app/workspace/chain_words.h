// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/amount.h"
#include "core/chain/event_index.h"
#include "core/ports/requests_port.h"

#include <map>

namespace amana::app {

class Seat;

/// The query with the time of this computer, for requests that have run out.
[[nodiscard]] chain::RequestQuery requestsNow(Seat &seat, chain::RequestQuery query);

/// "DatasetPublished" → "datasetPublished": the codes of ports.
[[nodiscard]] QString eventCode(const std::string &solidityName);
[[nodiscard]] QString purposeCode(std::uint8_t bit); ///< "DUO:0000042"; empty for a bit that no term has
[[nodiscard]] ports::RequestState portState(chain::RequestState state);

/// "5 AMC", also offline.
[[nodiscard]] QString priceText(Seat &seat, const chain::Amount &amount);

/// The title on the public card, or empty (a card of one person has none).
[[nodiscard]] QString datasetTitle(Seat &seat, std::uint64_t dataset);

/// Addresses → institution, of all members.
[[nodiscard]] Result<std::map<Address, chain::Member>> membersByAddress(const Seat &seat);
[[nodiscard]] ports::Party partyOf(Seat &seat, const std::map<Address, chain::Member> &members, const Address &who);

} // namespace amana::app
