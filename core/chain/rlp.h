// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"

#include <vector>

/// Recursive Length Prefix encoding (Ethereum Yellow Paper, appendix B). Encoding only: Amana never reads RLP
/// from others.
namespace amana::chain {

[[nodiscard]] QByteArray rlpBytes(ByteView bytes);
/// Minimal big-endian; 0 is the empty string.
[[nodiscard]] QByteArray rlpNumber(const Uint256 &number);
/// A list of items that are encoded already.
[[nodiscard]] QByteArray rlpList(const std::vector<QByteArray> &encodedItems);

} // namespace amana::chain
