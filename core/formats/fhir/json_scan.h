// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/fhir/json_tree.h"

#include <optional>
#include <string_view>

namespace amana::formats::fhir {

/// Moves `pos` from an opening quote past the closing one. On failure `pos` is at the offending byte, or at the end.
[[nodiscard]] bool scanJsonString(std::string_view text, std::size_t &pos);

/// Moves `pos` past a scalar, or past the opening bracket of a container, and tells what it is. On failure `pos`
/// is at the offending byte, or at the end of the text when more was needed.
[[nodiscard]] std::optional<JsonType> scanJsonScalar(std::string_view text, std::size_t &pos);

} // namespace amana::formats::fhir
