// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <string>

namespace amana::cli {

/// The network that commands use without --network: what `network use` wrote to <home>/settings.json, else
/// "local".
[[nodiscard]] std::string chosenNetwork(const QString &home);
/// FileUnwritable, FileDiskFull.
[[nodiscard]] Status chooseNetwork(const QString &home, const std::string &name);

} // namespace amana::cli
