// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/session_port.h"
#include "ui/text/text_catalogue.h"
#include "ui/theme/theme.h"

#include <QStringList>

#include <optional>

namespace amana::app {

struct DesktopOptions {
    QString home;
    QString profile;
    QString network = QStringLiteral("local");
    bool offline = false;
    std::optional<ports::ProfileRole> role;
    std::optional<ui::Language> language; ///< empty: as last time, else the system's
    std::optional<ui::Scheme> scheme;
    std::optional<int> zoom;
    QString captureFolder; ///< empty: no capture
    bool exitAfterPaint = false;
};

/// Reads the command line. Ends the process for --help and --version; UsageInvalid {option, value} otherwise.
[[nodiscard]] Result<DesktopOptions> readOptions(const QStringList &arguments);

} // namespace amana::app
