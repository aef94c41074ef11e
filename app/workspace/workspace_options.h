// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace amana::app {

struct WorkspaceOptions {
    QString home;                              ///< folder; empty: defaultHome()
    QString profile;                           ///< to open at once; empty: the only one, if there is exactly one
    QString network = QStringLiteral("local"); ///< "local" is This computer
    QString passphraseFile;                    ///< instead of the keychain; empty: $AMANA_PASSPHRASE_FILE, if set
    bool goOnline = true; ///< connect in the background when a profile was opened; false: only when the user says so
};

} // namespace amana::app
