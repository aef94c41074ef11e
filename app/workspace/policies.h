// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"
#include "core/ports/library_port.h"

#include <vector>

namespace amana::app {

/// <resources>/policies and <home>/policies.
[[nodiscard]] deid::PolicyPlaces policyPlaces(const QString &home);

/// Options with the program's resources and the own policies of a home.
[[nodiscard]] deid::DeidOptions deidOptions(const QString &home);

/// Every policy that can be named; own ones that cannot be used come with their reason.
[[nodiscard]] std::vector<ports::PolicyInfo> policyInfos(const QString &home);

} // namespace amana::app
