// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/block_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>


/// What the tests of the block store share.
namespace amana::content::test {

/// In memory where there is such a disk: processes are killed in these tests, the computer is not, so nothing is gained by
/// waiting for a disk.
inline QString folderPattern()
{
    return (QFileInfo(QStringLiteral("/dev/shm")).isWritable() ? QStringLiteral("/dev/shm") : QDir::tempPath())
           + QStringLiteral("/amana-store-XXXXXX");
}

struct Block {
    QByteArray bytes;
    Cid cid;
};

inline Block blockOf(int number, int size = 1000)
{
    QByteArray bytes(size, static_cast<char>(number));
    bytes.prepend(QByteArray::number(number));
    return {bytes, Cid::of(Codec::Raw, bytesOf(bytes))};
}

inline std::unique_ptr<BlockStore> openStore(const QString &path)
{
    auto store = BlockStore::open(path);
    if (!store)
        qFatal("store: %s", store.error().debugString().c_str());
    return std::move(*store);
}

inline QString pathOf(const QString &store, const Cid &cid)
{
    const std::string shard = toHex(ByteView(cid.digest).first(1));
    return store + QLatin1Char('/') + QString::fromStdString(shard + '/' + cid.text() + ".blk");
}

inline void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot damage the block");
}

inline ErrorCode errorOf(const auto &result)
{
    return result ? ErrorCode::InternalUnexpected : result.error().code;
}

} // namespace amana::content::test
