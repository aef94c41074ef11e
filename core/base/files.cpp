// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>

#include <sys/stat.h>

namespace amana {

namespace {

Error::Params at(const QString &path)
{
    return {{"path", path.toStdString()}};
}

ErrorCode writeFailure()
{
    return errno == ENOSPC || errno == EDQUOT ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable;
}

} // namespace

Result<QByteArray> readFile(const QString &path, qint64 limit)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::FileNotFound, at(path));
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, at(path));
    if (file.size() > limit)
        return fail(ErrorCode::FileTooLarge,
                    {{"path", path.toStdString()}, {"limit", std::to_string(limit)}});
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::FileUnreadable, at(path));
    return bytes;
}

Status writeFileAtomic(const QString &path, const QByteArray &bytes, bool ownerOnly)
{
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly))
        return fail(writeFailure(), at(path));
    if (ownerOnly && !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail(ErrorCode::FileUnwritable, at(path));
    if (file.write(bytes) != bytes.size() || !file.commit())
        return fail(writeFailure(), at(path));
    return {};
}

Status makeFolder(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return {};
    const QString parent = info.absolutePath();
    if (parent != info.absoluteFilePath())
        AMANA_CHECK(makeFolder(parent));
    errno = 0;
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return fail(writeFailure(), at(path));
    if (!QFileInfo(path).isDir())
        return fail(ErrorCode::FileUnwritable, at(path));
    return {};
}

} // namespace amana
