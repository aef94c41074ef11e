// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_lock.h"

#include <QFile>
#include <QThread>

#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace amana {

Result<FileLock> FileLock::take(const QString &path, std::chrono::milliseconds patience)
{
    const Error::Params at{{"path", path.toStdString()}};
    const int file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::FileUnwritable, at);
    FileLock lock(file);
    const auto end = std::chrono::steady_clock::now() + patience;
    while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= end)
            return fail(ErrorCode::StoreLocked, at);
        QThread::msleep(2);
    }
    return lock;
}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_file, other.m_file);
    return *this;
}

FileLock::~FileLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

} // namespace amana
