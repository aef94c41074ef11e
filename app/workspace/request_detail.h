// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/requests_port.h"

namespace amana::app {

class Seat;

/// Who asks for what, why, until when, and what each answer would do: the contract is asked for every action.
/// Offline all of them are refused with chain.unreachable. StoreNotFound.
[[nodiscard]] Result<ports::RequestDetail> requestDetail(Seat &seat, std::uint64_t id);

} // namespace amana::app
