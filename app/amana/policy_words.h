// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/output.h"
#include "core/deid/policy.h"

#include <nlohmann/json.hpp>

#include <QString>

namespace amana::cli {

/// What --policy takes, for --help.
[[nodiscard]] QString policyHelp();

/// {"name","version","sha256"[,"base","weaker"]}.
[[nodiscard]] nlohmann::json policyToJson(const deid::Policy &policy);

/// That a policy is the user's own, and where it lets more stand than the law's policy that it starts from. Nothing for a
/// bundled one.
void tellOwnPolicy(const Output &out, const deid::Policy &policy);

} // namespace amana::cli
