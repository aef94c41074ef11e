// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/commands/commands.h"
#include "core/chain/network.h"

#include <nlohmann/json_fwd.hpp>

/// Networks of others: the chain, its nodes, and how they let us in.
namespace amana::cli {

[[nodiscard]] Status addNetwork(Context &context, const QStringList &arguments);   ///< network add
[[nodiscard]] Status loginNetwork(Context &context, const QStringList &arguments); ///< network login

/// What network.json says, without certificates; `chosen` is the network in use.
[[nodiscard]] nlohmann::json profileToJson(const chain::NetworkProfile &network, const std::string &chosen);

} // namespace amana::cli
