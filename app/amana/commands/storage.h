// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/cli.h"
#include "core/replication/storage.h"

#include <nlohmann/json_fwd.hpp>

/// Who else keeps the blocks of a network.
namespace amana::cli {

[[nodiscard]] Status addPlace(Context &context, const QStringList &arguments);    ///< storage add
[[nodiscard]] Status removePlace(Context &context, const QStringList &arguments); ///< storage remove

/// The blocks of the chosen network with the profile's secrets; the chain is not asked. `session` outlives it.
[[nodiscard]] Result<std::unique_ptr<replication::Storage>> storageOf(const Context &context, app::Session &session);

[[nodiscard]] nlohmann::json placeToJson(const replication::Place &place);
/// The three truths of a graph: stored here · found by another computer · kept by whom.
[[nodiscard]] nlohmann::json recordToJson(const replication::Record &record);
void printTruths(const Output &out, const replication::Record &record, bool hasKeepers);

} // namespace amana::cli
