// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string_view>

namespace amana {

enum class LogLevel { Debug, Info, Warning, Error };

/// One line to standard error: time, level, area, event, key=value. Only fixed words and Error parameters can be
/// logged, so patient text has no way in: there is deliberately no free-text argument.
/// `event` is a literal such as "node.started". Shown from Warning up unless AMANA_LOG=debug|info.
void log(LogLevel level, std::string_view event, const Error::Params &params = {});
void log(LogLevel level, const Error &error);

} // namespace amana
