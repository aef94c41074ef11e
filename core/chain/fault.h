// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <csignal>

namespace amana::chain {

/// Ends the process here, as a power cut would, when AMANA_FAULT names this point: how tests prove what
/// survives.
inline void faultPoint(const char *name)
{
    static const QByteArray wanted = qgetenv("AMANA_FAULT");
    if (!wanted.isEmpty() && wanted == name)
        std::raise(SIGKILL);
}

} // namespace amana::chain
