// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"

#include <nlohmann/json_fwd.hpp>

namespace amana::net {

/// How an Access is stored. It holds names of secrets only.
[[nodiscard]] nlohmann::json toJson(const Access &access);
/// StoreCorrupt. What is absent is empty.
[[nodiscard]] Result<Access> accessFromJson(const nlohmann::json &object);

} // namespace amana::net
