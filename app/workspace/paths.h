// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace amana::app {

/// $AMANA_HOME, else the XDG data folder ("~/.local/share/amana").
[[nodiscard]] QString defaultHome();

/// The folder with policies/, deid/, sample/ and the like: $AMANA_RESOURCES, beside an installed program
/// (../share/amana), or the source tree that the program was built in. Empty when there is none.
[[nodiscard]] QString resourcesFolder();

} // namespace amana::app
