// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_place.h"

#include <QFileDevice>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace amana {

std::optional<FilePlace> filePlaceOf(QIODevice &device)
{
    auto *file = qobject_cast<QFileDevice *>(&device);
    struct stat info {};
    if (file == nullptr || file->isSequential() || file->handle() < 0 || !file->flush())
        return {};
    if (::fstat(file->handle(), &info) != 0 || !S_ISREG(info.st_mode))
        return {};
    if ((::fcntl(file->handle(), F_GETFL) & O_APPEND) != 0) // then every write goes to the end, whatever its place
        return {};
    return FilePlace{file->handle(), static_cast<std::uint64_t>(file->pos())};
}

Result<std::size_t> readAt(FilePlace place, std::uint64_t by, std::span<std::uint8_t> out)
{
    std::size_t done = 0;
    while (done < out.size()) {
        const auto at = static_cast<off_t>(place.offset + by + done);
        const ssize_t got = ::pread(place.descriptor, out.data() + done, out.size() - done, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(ErrorCode::FileUnreadable);
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status writeAt(FilePlace place, std::uint64_t by, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(place.descriptor, bytes.data(), bytes.size(), static_cast<off_t>(place.offset + by));
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        by += static_cast<std::uint64_t>(put);
    }
    return {};
}

} // namespace amana
