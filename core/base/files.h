// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace amana {

/// Whole file, refused above `limit` bytes: FileNotFound, FileUnreadable, FileTooLarge.
[[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 limit = qint64(1) << 30);

/// Temporary file, fsync, rename: a reader sees the old content or the new, never a half. Mode 0600 when
/// `ownerOnly`. FileUnwritable, FileDiskFull.
[[nodiscard]] Status writeFileAtomic(const QString &path, const QByteArray &bytes, bool ownerOnly = false);

/// mkdir -p, mode 0700 for new folders. FileUnwritable.
[[nodiscard]] Status makeFolder(const QString &path);

} // namespace amana
