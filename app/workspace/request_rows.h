// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/event_index.h"
#include "core/ports/requests_port.h"

namespace amana::app {

class Seat;

/// The row of one request as this profile sees it: as custodian, as requester, or as anybody.
[[nodiscard]] Result<ports::RequestRow> requestRow(Seat &seat, const chain::IndexedRequest &entry);

/// For a decision by this profile / of this profile, newest first. From the local copy: they can be read
/// offline.
[[nodiscard]] Result<std::vector<ports::RequestRow>> incomingRequests(Seat &seat);
[[nodiscard]] Result<std::vector<ports::RequestRow>> outgoingRequests(Seat &seat);

/// StoreNotFound.
[[nodiscard]] Result<chain::IndexedRequest> indexedRequest(Seat &seat, std::uint64_t id);
[[nodiscard]] Result<chain::IndexedDataset> indexedDataset(Seat &seat, std::uint64_t id);

} // namespace amana::app
