// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/code_check.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

/// The compiled contracts that are part of the program (resources/contracts). Internal to core/chain and its
/// tests.
namespace amana::chain {

struct Artifact {
    std::string name;
    nlohmann::json abi;
    QByteArray bytecode; ///< of the constructor; its arguments follow
    KnownCode code;      ///< the deployed code
};

/// Every contract that is deployed.
[[nodiscard]] const std::vector<Artifact> &artifacts();
/// One of them, by its Solidity name.
[[nodiscard]] const Artifact &artifact(std::string_view name);

/// "name(types)" of an entry of an ABI: a function, an event or an error.
[[nodiscard]] std::string signatureOf(const nlohmann::json &abiEntry);

} // namespace amana::chain
