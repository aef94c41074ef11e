// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/streams.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cstdio>

namespace amana::cli {

namespace {

Error ioError(const QFileDevice &file, const QString &path)
{
    const bool full = file.error() == QFileDevice::ResourceError;
    return Error(full ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable, {{"path", path.toStdString()}});
}

} // namespace

Result<std::unique_ptr<QIODevice>> openInput(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    const bool standard = path == QStringLiteral("-");
    if (!standard && !file->exists())
        return fail(ErrorCode::FileNotFound, {{"path", path.toStdString()}});
    const bool opened = standard ? file->open(stdin, QIODevice::ReadOnly)
                                 : !QFileInfo(path).isDir() && file->open(QIODevice::ReadOnly);
    if (!opened)
        return fail(ErrorCode::FileUnreadable, {{"path", path.toStdString()}});
    return std::unique_ptr<QIODevice>(std::move(file));
}

Status OutputFile::check() const
{
    const QFileInfo info(path);
    if (isStandard() || !info.exists()
        || (!info.isDir() && !info.isFile())) // a pipe or device is fine
        return {};
    if (info.isDir() || (info.size() > 0 && !replace))
        return fail(ErrorCode::FileExists, {{"path", path.toStdString()}});
    return {};
}

Status OutputFile::save(const std::function<Status(QIODevice &)> &write) const
{
    const QFileInfo info(path);
    if (isStandard() || (info.exists() && !info.isFile() && !info.isDir())) {
        QFile file(path);
        if (!(isStandard() ? file.open(stdout, QIODevice::WriteOnly) : file.open(QIODevice::WriteOnly)))
            return fail(ioError(file, path));
        AMANA_CHECK(write(file));
        return file.flush() ? Status() : Status(fail(ioError(file, path)));
    }
    AMANA_CHECK(check());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(ioError(file, path));
    if (ownerOnly)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (Status written = write(file); !written) {
        file.cancelWriting();
        return written;
    }
    return file.commit() ? Status() : Status(fail(ioError(file, path)));
}

} // namespace amana::cli
