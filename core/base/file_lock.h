// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <chrono>

namespace amana {

/// flock(2) on a file of its own: released by the kernel whatever becomes of the process, and not inherited
/// by the node that is started under it. Excludes threads of one process too. Move-only.
class FileLock {
public:
    /// Waits up to `patience`: StoreLocked; FileUnwritable.
    [[nodiscard]] static Result<FileLock> take(const QString &path, std::chrono::milliseconds patience);

    FileLock(FileLock &&other) noexcept : m_file(other.m_file) { other.m_file = -1; }
    FileLock &operator=(FileLock &&other) noexcept;
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;
    ~FileLock();

private:
    explicit FileLock(int file) : m_file(file) {}
    int m_file = -1;
};

} // namespace amana
