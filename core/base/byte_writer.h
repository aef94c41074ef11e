// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <functional>

namespace amana {

/// Where the bytes of a stream go, piece by piece and in order. A failure ends the stream; its maker passes it on.
using ByteWriter = std::function<Status(ByteView)>;

} // namespace amana
