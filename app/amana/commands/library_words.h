// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/output.h"
#include "core/store/library.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>

namespace amana::cli {

/// {"found","imported","duplicates","quarantined","items":[…],"ignored":[…]}
[[nodiscard]] nlohmann::json importToJson(const store::ImportSummary &summary);
/// "12 found = 10 imported + 1 duplicates + 1 quarantined"
[[nodiscard]] QString importLine(const store::ImportSummary &summary);
/// Why an import gave nothing at all: the file's own error, or SharingQuarantined (count) for several.
[[nodiscard]] std::optional<Error> nothingTaken(const store::ImportSummary &summary);

} // namespace amana::cli
