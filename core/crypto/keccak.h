// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace amana::crypto {

/// Keccak-256 as Ethereum uses it (the original padding, not FIPS 202 SHA3-256).
[[nodiscard]] Digest keccak256(ByteView bytes);

} // namespace amana::crypto
