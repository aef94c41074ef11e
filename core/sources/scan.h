// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <vector>

namespace amana::sources {

struct ScanLimits {
    std::size_t files = 1'000'000;
    int depth = 64; ///< folders below a named path
};

struct FoundFile {
    QString path; ///< absolute
    QString name; ///< relative to the path that the user named, for display; may hold patient text
    qint64 size = 0;
};

/// A path that could not be read, or was left out on purpose. Each counts as found.
struct ScanProblem {
    QString path;
    Error error;
};

struct ScanOutcome {
    std::vector<FoundFile> files;      ///< sorted by path, each once even when named twice
    std::vector<ScanProblem> problems; ///< FileNotFound, FileUnreadable, SymlinkRefused, FormatTooDeep
    QStringList ignored;               ///< system litter (.DS_Store, Thumbs.db, …): told, not counted
};

/// Files under the named files and folders. A link that the user names is followed; links inside a folder are
/// refused. One bad path never stops the rest. FormatTooLarge (more than `limits.files`), Cancelled.
[[nodiscard]] Result<ScanOutcome> scanPaths(const QStringList &paths, const ScanLimits &limits = {},
                                            const Progress &progress = {});

} // namespace amana::sources
