// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/abi.h"

#include <nlohmann/json_fwd.hpp>

#include <QRandomGenerator>
#include <QString>

#include <string>

/// Random types and values of the ABI, and how cast reads and prints them.
namespace amana::chain::test {

[[nodiscard]] AbiType randomType(QRandomGenerator &random, int depth);
[[nodiscard]] AbiValue randomValue(QRandomGenerator &random, const AbiType &type);

/// "(uint8,bytes)[2]"
[[nodiscard]] std::string nameOf(const AbiType &type);
/// As an argument of `cast abi-encode`.
[[nodiscard]] std::string textOf(const AbiType &type, const AbiValue &value);
/// Whether the output of `cast abi-decode --json` means this value.
[[nodiscard]] bool matches(const AbiType &type, const AbiValue &value, const nlohmann::json &seen);

} // namespace amana::chain::test
