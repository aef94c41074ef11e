// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car.h"

#include "core/content/car_header.h"
#include "core/content/car_stream.h"

#include <QIODevice>

#include <algorithm>
#include <cerrno>

namespace amana::content {

namespace {

constexpr qsizetype kPiece = 256 << 10;
constexpr int kDeviceWaitMs = 30'000;

} // namespace

Result<std::uint64_t> writeCar(const BlockSource &source, const Cid &root, QIODevice &out,
                               const Progress &progress, const ReadLimits &limits)
{
    std::uint64_t written = 0;
    const auto write = [&](const QByteArray &bytes) -> Status {
        errno = 0;
        if (out.write(bytes) != bytes.size())
            return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::FileDiskFull
                                                           : ErrorCode::FileUnwritable);
        written += static_cast<std::uint64_t>(bytes.size());
        return {};
    };
    AMANA_CHECK(write(carStart(root)));
    const BlockVisitor visitor = [&](const Cid &cid, const QByteArray &block) -> Status {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_CHECK(write(carSectionStart(cid, static_cast<std::size_t>(block.size()))));
        AMANA_CHECK(write(block));
        progress.report(written, 0);
        return {};
    };
    AMANA_CHECK(walk(source, root, visitor, limits));
    return written;
}

Result<CarContents> readCar(QIODevice &in, BlockSink &sink, const Progress &progress)
{
    CarContents contents;
    CarStream stream([&](const Cid &cid, ByteView block) -> Status {
        AMANA_CHECK(sink.put(cid, block));
        ++contents.blocks;
        contents.bytes += block.size();
        return {};
    });
    const auto total =
        in.isSequential() ? std::uint64_t(0) : static_cast<std::uint64_t>(std::max<qint64>(0, in.size() - in.pos()));
    QByteArray piece(kPiece, Qt::Uninitialized);
    for (;;) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        const qint64 got = in.read(piece.data(), piece.size());
        if (got < 0 && !(in.isSequential() && in.atEnd()))
            return fail(ErrorCode::FileUnreadable);
        if (got < 0 || (got == 0 && !in.waitForReadyRead(kDeviceWaitMs)))
            break;
        AMANA_CHECK(stream.feed(bytesOf(piece).first(static_cast<std::size_t>(got))));
        progress.report(stream.offset(), total);
    }
    AMANA_CHECK(stream.finish());
    AMANA_CHECK(sink.flush());
    contents.roots = stream.roots();
    return contents;
}

} // namespace amana::content
