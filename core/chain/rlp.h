// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"

#include <vector>

/// Recursive Length Prefix encoding (Ethereum Yellow Paper, appendix B).
namespace amana::chain {

[[nodiscard]] QByteArray rlpBytes(ByteView bytes);
/// Minimal big-endian; 0 is the empty string.
[[nodiscard]] QByteArray rlpNumber(const Uint256 &number);
/// A list of items that are encoded already.
[[nodiscard]] QByteArray rlpList(const std::vector<QByteArray> &encodedItems);

/// One item that was read; `payload` points into the bytes that were given.
struct RlpItem {
    bool isList = false;
    ByteView payload; ///< of a list: its items, encoded
};

/// Reading is strict: one encoding a value, as the Yellow Paper demands of transactions. All fail with
/// ChainBadReply{what: "rlp"}. Nothing here calls itself: deep nesting costs nothing.
[[nodiscard]] Result<RlpItem> rlpDecode(ByteView whole); ///< exactly one item
[[nodiscard]] Result<std::vector<RlpItem>> rlpItems(const RlpItem &list);
[[nodiscard]] Result<Uint256> rlpToNumber(const RlpItem &item); ///< no leading zeros, at most 32 bytes

} // namespace amana::chain
