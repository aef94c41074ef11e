// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <utility>

/// Internal to core/content: the few system calls that durability and sharing between processes need and Qt
/// has not.
namespace amana::content {

/// An open file descriptor, closed at the end.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : m_fd(fd) {}
    Fd(Fd &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Fd &operator=(Fd &&other) noexcept;
    Fd(const Fd &) = delete;
    Fd &operator=(const Fd &) = delete;
    ~Fd() { close(); }

    [[nodiscard]] bool valid() const { return m_fd >= 0; }
    [[nodiscard]] int get() const { return m_fd; }
    /// False when the system reports a write error only now.
    bool close();

private:
    int m_fd = -1;
};

/// FileDiskFull, FileNotFound or `otherwise`, by errno; param path.
[[nodiscard]] tl::unexpected<Error> systemFailure(const std::string &path, ErrorCode otherwise);

/// A new file, mode 0600, whose data are on their way to the disk but not waited for: see syncFile. Removed
/// again on failure. FileUnwritable, FileDiskFull.
[[nodiscard]] Status writeNewFile(const std::string &path, ByteView bytes);
/// Waits until the file's data, or a folder's names, are on the disk. FileUnwritable, FileDiskFull.
[[nodiscard]] Status syncFile(const std::string &path);
[[nodiscard]] Status syncFolder(const std::string &path);
/// The same for everything written to the file system that holds `path`, at the price of about one syncFile.
[[nodiscard]] Status syncFileSystem(const std::string &path);
/// FileNotFound, FileTooLarge (above `limit`), FileUnreadable.
[[nodiscard]] Result<QByteArray> readWholeFile(const std::string &path, std::size_t limit);

/// The bytes from `offset` to the end. FileNotFound, FileUnreadable.
[[nodiscard]] Result<QByteArray> readFrom(const std::string &path, std::uint64_t offset);

enum class Lock { Exclusive, Shared };
/// A lock on a file, made when absent; held until the Fd goes, also when the process dies. With `wait` false an
/// invalid Fd means that another holds it. FileUnwritable.
[[nodiscard]] Result<Fd> lockFile(const std::string &path, bool wait, Lock kind = Lock::Exclusive);
/// A file for reading and writing, made when absent; with `append` every write goes to its end. FileUnwritable.
[[nodiscard]] Result<Fd> openShared(const std::string &path, bool append = false);
/// Bytes of a file; none when there is no such file.
[[nodiscard]] std::optional<std::uint64_t> sizeOfFile(const std::string &path);

} // namespace amana::content
