// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/publish_port.h"

namespace amana::app {

class Seat;

/// What this profile published, newest first; from the drafts and the local copy of the chain, so it can be
/// read offline.
[[nodiscard]] Result<std::vector<ports::PublishedRow>> publishedRows(Seat &seat);

} // namespace amana::app
