// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/posix_file.h"
#include "core/content/unixfs.h"

#include <QFile>

#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

namespace amana::content {

namespace {

namespace fs = std::filesystem;

constexpr int kMaxFolderDepth = 60;

tl::unexpected<Error> failAt(ErrorCode code, const fs::path &path)
{
    return fail(code, {{"path", path.string()}});
}

bool sameState(const struct stat &a, const struct stat &b)
{
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec
           && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec && a.st_ino == b.st_ino;
}

class PathAdder {
public:
    PathAdder(BlockSink &sink, const Progress &progress) : m_sink(sink), m_progress(progress) {}

    /// What there is to read, for the progress; also refuses early what would be refused after hours.
    Status measure(const fs::path &path, int depth = 0)
    {
        AMANA_TRY(const struct stat info, stateOf(path));
        if (S_ISREG(info.st_mode)) {
            m_total += static_cast<std::uint64_t>(info.st_size);
            return {};
        }
        if (depth == kMaxFolderDepth)
            return failAt(ErrorCode::DagTooLarge, path);
        AMANA_TRY(const std::vector<fs::path> children, entriesOf(path));
        for (const fs::path &child : children)
            AMANA_CHECK(measure(child, depth + 1));
        return {};
    }

    Result<DagNode> add(const fs::path &path, int depth = 0)
    {
        if (m_progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const struct stat info, stateOf(path));
        if (S_ISREG(info.st_mode))
            return addRegular(path);
        if (depth == kMaxFolderDepth)
            return failAt(ErrorCode::DagTooLarge, path);
        AMANA_TRY(const std::vector<fs::path> children, entriesOf(path));
        std::vector<DirectoryEntry> entries;
        for (const fs::path &child : children) {
            AMANA_TRY(const DagNode node, add(child, depth + 1));
            entries.push_back({child.filename().string(), node.cid, node.totalSize});
        }
        return addDirectory(std::move(entries), m_sink);
    }

private:
    static Result<struct stat> stateOf(const fs::path &path)
    {
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0)
            return failAt(errno == ENOENT || errno == ENOTDIR ? ErrorCode::FileNotFound
                                                              : ErrorCode::FileUnreadable,
                          path);
        if (S_ISLNK(info.st_mode))
            return failAt(ErrorCode::SymlinkRefused, path);
        if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
            return failAt(ErrorCode::FileUnreadable, path);
        return info;
    }

    static Result<std::vector<fs::path>> entriesOf(const fs::path &folder)
    {
        std::vector<fs::path> entries;
        std::error_code error;
        fs::directory_iterator it(folder, error);
        for (; !error && it != fs::directory_iterator(); it.increment(error))
            entries.push_back(it->path());
        if (error)
            return failAt(ErrorCode::FileUnreadable, folder);
        return entries;
    }

    /// O_NOFOLLOW: the path may have become a link since it was looked at.
    Result<DagNode> addRegular(const fs::path &path)
    {
        const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        struct stat before {};
        if (!fd.valid() || ::fstat(fd.get(), &before) != 0 || !S_ISREG(before.st_mode))
            return failAt(errno == ELOOP ? ErrorCode::SymlinkRefused : ErrorCode::FileUnreadable, path);
        QFile file;
        if (!file.open(fd.get(), QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::DontCloseHandle))
            return failAt(ErrorCode::FileUnreadable, path);
        auto node = addFile(file, m_sink, m_progress.part(m_done, m_total));
        if (!node) {
            Error error = node.error();
            if (error.code == ErrorCode::FileUnreadable)
                error.params.emplace_back("path", path.string());
            return fail(std::move(error));
        }
        struct stat after {};
        if (::fstat(fd.get(), &after) != 0 || !sameState(before, after)
            || node->fileSize != static_cast<std::uint64_t>(before.st_size))
            return failAt(ErrorCode::SourceChanged, path);
        m_done += node->fileSize;
        return node;
    }

    BlockSink &m_sink;
    const Progress &m_progress;
    std::uint64_t m_done = 0;
    std::uint64_t m_total = 0;
};

} // namespace

Result<DagNode> addPath(const QString &path, BlockSink &sink, const Progress &progress)
{
    const fs::path start(QFile::encodeName(path).toStdString());
    PathAdder adder(sink, progress);
    AMANA_CHECK(adder.measure(start));
    AMANA_TRY(const DagNode node, adder.add(start));
    AMANA_CHECK(sink.flush());
    return node;
}

} // namespace amana::content
