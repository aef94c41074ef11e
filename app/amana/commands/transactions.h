// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/session.h"

#include <nlohmann/json_fwd.hpp>

/// The outbox of a profile, as the command line shows it.
namespace amana::cli {

/// The newest fifty, newest first.
[[nodiscard]] Result<std::vector<chain::OutboxEntry>> transactionsOf(const app::Session &session);
[[nodiscard]] nlohmann::json transactionsToJson(const std::vector<chain::OutboxEntry> &entries);

} // namespace amana::cli
