// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace amana::sharing {

/// The residual scan by rules over what was opened, done again.
struct ScannedAgain {
    std::size_t documents = 0;
    std::size_t absent = 0; ///< in the report, not in the folder: subjects that withdrew
    std::size_t finds = 0;  ///< of all rules, surrogates and shifted dates among them
    std::string ruleSet;
};

/// Documents of a folder that Downloader opened, against the report (not salted) that was signed for them: same bytes, same
/// finds. Nothing: the report is of an earlier version and tells of no scan. DeidReportInvalid (place): made with other rules,
/// or it tells of more than there is; SharingPackageInvalid (reason digest, document); DeidResidue (document, kind, view,
/// count); format.*, Cancelled.
[[nodiscard]] Result<std::optional<ScannedAgain>> scanOpenedAgain(const QString &folder, std::string_view report,
                                                                  const Progress &progress);

} // namespace amana::sharing
