// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/posix_file.h"

#include <algorithm>
#include <cerrno>
#include <limits>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace amana::content {

namespace {

Fd openFile(const std::string &path, int flags)
{
    return Fd(::open(path.c_str(), flags | O_CLOEXEC, 0600));
}

bool writeFully(int fd, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::write(fd, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return true;
}

/// From `offset` to the end; the whole file must not be larger than `limit`.
Result<QByteArray> readRest(const std::string &path, std::uint64_t offset, std::uint64_t limit)
{
    const Fd fd = openFile(path, O_RDONLY);
    struct stat info {};
    if (!fd.valid() || ::fstat(fd.get(), &info) != 0)
        return systemFailure(path, ErrorCode::FileUnreadable);
    if (!S_ISREG(info.st_mode))
        return fail(ErrorCode::FileUnreadable, {{"path", path}});
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (size > limit)
        return fail(ErrorCode::FileTooLarge, {{"path", path}});
    QByteArray bytes(static_cast<qsizetype>(size - std::min(size, offset)), Qt::Uninitialized);
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::pread(fd.get(), bytes.data() + done, static_cast<std::size_t>(bytes.size() - done),
                                    static_cast<off_t>(offset) + done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemFailure(path, ErrorCode::FileUnreadable);
        if (got == 0)
            break; // cut off while it was read: what is missing fails the hash
        done += got;
    }
    bytes.truncate(done);
    return bytes;
}

} // namespace

Fd &Fd::operator=(Fd &&other) noexcept
{
    if (this != &other) {
        close();
        m_fd = std::exchange(other.m_fd, -1);
    }
    return *this;
}

bool Fd::close()
{
    return m_fd < 0 || ::close(std::exchange(m_fd, -1)) == 0;
}

tl::unexpected<Error> systemFailure(const std::string &path, ErrorCode otherwise)
{
    ErrorCode code = otherwise;
    if (errno == ENOSPC || errno == EDQUOT)
        code = ErrorCode::FileDiskFull;
    else if (errno == ENOENT && otherwise == ErrorCode::FileUnreadable)
        code = ErrorCode::FileNotFound;
    return fail(code, {{"path", path}});
}

Status writeNewFile(const std::string &path, ByteView bytes)
{
    Fd fd = openFile(path, O_WRONLY | O_CREAT | O_EXCL);
    if (!fd.valid())
        return systemFailure(path, ErrorCode::FileUnwritable);
    bool good = writeFully(fd.get(), bytes);
    // starts writing back now, so that the sync of a whole batch finds most of the work done; only a hint
    if (good)
        ::sync_file_range(fd.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
    good = good && fd.close();
    if (good)
        return {};
    auto failure = systemFailure(path, ErrorCode::FileUnwritable);
    ::unlink(path.c_str());
    return failure;
}

Status syncFile(const std::string &path)
{
    const Fd fd = openFile(path, O_RDONLY);
    if (!fd.valid() || ::fdatasync(fd.get()) != 0)
        return systemFailure(path, ErrorCode::FileUnwritable);
    return {};
}

Status syncFolder(const std::string &path)
{
    const Fd fd = openFile(path, O_RDONLY | O_DIRECTORY);
    if (!fd.valid() || ::fsync(fd.get()) != 0)
        return systemFailure(path, ErrorCode::FileUnwritable);
    return {};
}

Status syncFileSystem(const std::string &path)
{
    const Fd fd = openFile(path, O_RDONLY | O_DIRECTORY);
    if (!fd.valid() || ::syncfs(fd.get()) != 0)
        return systemFailure(path, ErrorCode::FileUnwritable);
    return {};
}

Result<QByteArray> readWholeFile(const std::string &path, std::size_t limit)
{
    return readRest(path, 0, limit);
}

Result<QByteArray> readFrom(const std::string &path, std::uint64_t offset)
{
    return readRest(path, offset, std::numeric_limits<std::int64_t>::max());
}

Result<Fd> lockFile(const std::string &path, bool wait, Lock kind)
{
    Fd fd = openFile(path, O_RDWR | O_CREAT);
    if (!fd.valid())
        return systemFailure(path, ErrorCode::FileUnwritable);
    int result = 0;
    do
        result = ::flock(fd.get(), (kind == Lock::Shared ? LOCK_SH : LOCK_EX) | (wait ? 0 : LOCK_NB));
    while (result != 0 && errno == EINTR);
    if (result == 0)
        return fd;
    if (!wait && errno == EWOULDBLOCK)
        return Fd();
    return systemFailure(path, ErrorCode::FileUnwritable);
}

Result<Fd> openShared(const std::string &path, bool append)
{
    Fd fd = openFile(path, O_RDWR | O_CREAT | (append ? O_APPEND : 0));
    if (!fd.valid())
        return systemFailure(path, ErrorCode::FileUnwritable);
    return fd;
}

std::optional<std::uint64_t> sizeOfFile(const std::string &path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(info.st_size);
}

} // namespace amana::content
