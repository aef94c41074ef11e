// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/publish_port.h"

namespace amana::app {

class Seat;

/// What publishing would do. What stands in its way is in PublishPreview::problems; an error is only a draft
/// that cannot be read.
[[nodiscard]] Result<ports::PublishPreview> previewOf(Seat &seat, const ports::PublishSpec &spec);

} // namespace amana::app
