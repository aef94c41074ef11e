// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"

#include <nlohmann/json.hpp>

/// Reading what a node sent without trusting it. Internal to core/chain. All fail with ChainBadReply{what}.
namespace amana::chain {

/// The text of a member, or of `value` itself when `name` is empty.
[[nodiscard]] Result<std::string> jsonText(const nlohmann::json &value, const char *name);
[[nodiscard]] Result<std::uint64_t> jsonNumber(const nlohmann::json &value, const char *name);
[[nodiscard]] Result<Digest> jsonDigest(const nlohmann::json &value, const char *name);
[[nodiscard]] Result<Address> jsonAddress(const nlohmann::json &value, const char *name);
[[nodiscard]] Result<QByteArray> jsonBytes(const nlohmann::json &value, const char *name);

[[nodiscard]] std::string hexText(ByteView bytes); ///< "0x…"
[[nodiscard]] std::string quantity(std::uint64_t number);

} // namespace amana::chain
