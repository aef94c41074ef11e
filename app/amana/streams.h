// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QIODevice>
#include <QString>

#include <functional>
#include <memory>

namespace amana::cli {

/// A file for reading, or standard input for "-". FileNotFound, FileUnreadable.
[[nodiscard]] Result<std::unique_ptr<QIODevice>> openInput(const QString &path);

/// How the result of a command is written.
struct OutputFile {
    QString path;           ///< "-": standard output
    bool replace = false;   ///< a file that is there and not empty may be replaced
    bool ownerOnly = false; ///< mode 0600

    [[nodiscard]] bool isStandard() const { return path == QStringLiteral("-"); }
    /// FileExists, before any work is done.
    [[nodiscard]] Status check() const;
    /// Hands `write` a device. The file appears under its name only when `write` succeeded, whole and synced.
    /// FileExists, FileUnwritable, FileDiskFull and what `write` returns.
    [[nodiscard]] Status save(const std::function<Status(QIODevice &)> &write) const;
};

} // namespace amana::cli
