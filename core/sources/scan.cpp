// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/scan.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace amana::sources {

namespace {

bool isLitter(const QString &name)
{
    static constexpr std::array<const char *, 5> kLitter{".DS_Store", "Thumbs.db", "desktop.ini", ".directory",
                                                         ".localized"};
    const bool listed = std::any_of(kLitter.begin(), kLitter.end(),
                                    [&name](const char *known) { return name == QLatin1String(known); });
    return listed || name.startsWith(QStringLiteral("._")) || name.startsWith(QStringLiteral("~$"));
}

/// By the rights that opening would have, which can differ from those of the person who logged in.
bool mayRead(const QString &path)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), R_OK, AT_EACCESS) == 0;
}

class Scanner {
public:
    Scanner(const ScanLimits &limits, const Progress &progress) : m_limits(limits), m_progress(progress) {}

    Status addNamed(const QString &path)
    {
        const QFileInfo info(path);
        if (!info.exists()) {
            refuse(path, ErrorCode::FileNotFound);
            return {};
        }
        const QString real = info.canonicalFilePath();
        if (info.isDir())
            return addFolder(real, QFileInfo(real).fileName(), 0);
        return addFile(real, QFileInfo(real).fileName());
    }

    ScanOutcome take()
    {
        std::sort(m_outcome.files.begin(), m_outcome.files.end(),
                  [](const FoundFile &a, const FoundFile &b) { return a.path < b.path; });
        return std::move(m_outcome);
    }

private:
    void refuse(const QString &path, ErrorCode code)
    {
        // Named twice, or below a folder that is named too: told once.
        if (m_seen.contains(path))
            return;
        m_seen.insert(path);
        m_outcome.problems.push_back({path, Error(code, {{"path", path.toStdString()}})});
    }

    Status addFile(const QString &path, const QString &name)
    {
        struct stat status {};
        if (::lstat(QFile::encodeName(path).constData(), &status) != 0) {
            refuse(path, ErrorCode::FileUnreadable);
        } else if (S_ISLNK(status.st_mode)) {
            refuse(path, ErrorCode::SymlinkRefused);
        } else if (S_ISDIR(status.st_mode)) {
            return {};
        } else if (!S_ISREG(status.st_mode) || !mayRead(path)) {
            refuse(path, ErrorCode::FileUnreadable); // also pipes and devices, which never end
        } else if (!m_seen.contains(path)) {
            m_seen.insert(path);
            if (m_outcome.files.size() >= m_limits.files)
                return fail(ErrorCode::FormatTooLarge, {{"what", "files"}, {"limit", std::to_string(m_limits.files)}});
            m_outcome.files.push_back({path, name, static_cast<qint64>(status.st_size)});
            m_progress.report(m_outcome.files.size(), 0);
        }
        return {};
    }

    /// readdir and not QDir: an empty list of a folder that may not be read must not look like an empty folder.
    Status addFolder(const QString &path, const QString &name, int depth)
    {
        if (m_progress.cancelled())
            return fail(ErrorCode::Cancelled);
        if (depth > m_limits.depth) {
            refuse(path, ErrorCode::FormatTooDeep);
            return {};
        }
        DIR *folder = ::opendir(QFile::encodeName(path).constData());
        if (folder == nullptr) {
            refuse(path, ErrorCode::FileUnreadable);
            return {};
        }
        QStringList entries;
        errno = 0;
        while (const dirent *entry = ::readdir(folder))
            entries.append(QFile::decodeName(entry->d_name));
        const bool broken = errno != 0;
        ::closedir(folder);
        if (broken)
            refuse(path, ErrorCode::FileUnreadable);
        entries.sort();
        for (const QString &entry : entries)
            if (entry != QLatin1String(".") && entry != QLatin1String(".."))
                if (auto status = addEntry(path + QLatin1Char('/') + entry, name + QLatin1Char('/') + entry, depth);
                    !status)
                    return status;
        return {};
    }

    Status addEntry(const QString &path, const QString &name, int depth)
    {
        const QFileInfo info(path);
        if (isLitter(info.fileName())) {
            m_outcome.ignored.append(path);
            return {};
        }
        if (info.isSymLink()) {
            refuse(path, ErrorCode::SymlinkRefused);
            return {};
        }
        return info.isDir() ? addFolder(path, name, depth + 1) : addFile(path, name);
    }

    const ScanLimits &m_limits;
    const Progress &m_progress;
    QSet<QString> m_seen;
    ScanOutcome m_outcome;
};

} // namespace

Result<ScanOutcome> scanPaths(const QStringList &paths, const ScanLimits &limits, const Progress &progress)
{
    Scanner scanner(limits, progress);
    for (const QString &path : paths)
        AMANA_CHECK(scanner.addNamed(path));
    return scanner.take();
}

} // namespace amana::sources
