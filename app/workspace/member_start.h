// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"

namespace amana::app {

/// On This computer nobody could give the administrator of an institution a role: it makes itself a member, once,
/// with the role of its own profile (a clinician may publish). Anywhere else, and for anybody else, nothing
/// happens.
[[nodiscard]] Status takeFirstRole(sharing::Actor &actor, const QString &home);

/// The role on the chain that goes with what a person said to be: 0 for an administrator.
[[nodiscard]] std::uint32_t chainRoleOf(keys::ProfileRole role);

} // namespace amana::app
