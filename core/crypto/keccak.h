// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <initializer_list>

namespace amana::crypto {

/// Keccak-256 as Ethereum uses it (the original padding, not FIPS 202 SHA3-256).
[[nodiscard]] Digest keccak256(ByteView bytes);
/// Of the parts one after another, without putting them together first.
[[nodiscard]] Digest keccak256(std::initializer_list<ByteView> parts);

} // namespace amana::crypto
