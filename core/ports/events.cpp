// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/events.h"

// The headers of this folder are compiled here once, so that each stands on its own.
#include "core/ports/ports.h"

namespace amana::ports {

Events::Events(QObject *parent) : QObject(parent) {}
Events::~Events() = default;

} // namespace amana::ports
