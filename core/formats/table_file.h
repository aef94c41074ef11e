// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace amana::formats {

/// A table of resources/formats, built into the program. A table that cannot be read is a broken build: it aborts.
[[nodiscard]] nlohmann::json tableFile(const std::string &name);

} // namespace amana::formats
