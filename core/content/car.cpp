// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car.h"

#include "core/content/car_header.h"
#include "core/content/varint.h"
#include "core/crypto/hash.h"

#include <QIODevice>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace amana::content {

namespace {

constexpr std::uint64_t kMaxHeader = 64u << 10;
constexpr int kDeviceWaitMs = 30'000;

QByteArray lengthPrefix(std::size_t size)
{
    QByteArray bytes;
    putVarint(bytes, size);
    return bytes;
}

class CarReader {
public:
    CarReader(QIODevice &in, BlockSink &sink, const Progress &progress)
        : m_in(in), m_sink(sink), m_progress(progress),
          m_size(in.isSequential() ? 0
                                   : static_cast<std::uint64_t>(std::max<qint64>(0, in.size() - in.pos())))
    {}

    Result<CarContents> read()
    {
        AMANA_TRY(CarHeader header, this->header());
        if (header.version == 2) {
            AMANA_CHECK(skipToPayload());
            AMANA_TRY(header, this->header());
        }
        if (header.version != 1)
            return malformed("version");
        m_contents.roots = std::move(header.roots);
        for (bool more = true; more;) {
            if (m_progress.cancelled())
                return fail(ErrorCode::Cancelled);
            AMANA_TRY(more, section());
            m_progress.report(m_offset, m_size);
        }
        AMANA_CHECK(m_sink.flush());
        return std::move(m_contents);
    }

private:
    tl::unexpected<Error> malformed(const char *reason) const
    {
        return fail(ErrorCode::CarMalformed, {{"offset", std::to_string(m_offset)}, {"reason", reason}});
    }

    /// Exactly `size` bytes; fewer at the end of the archive.
    Result<QByteArray> take(std::uint64_t size)
    {
        QByteArray bytes(static_cast<qsizetype>(std::min(size, m_end - m_offset)), Qt::Uninitialized);
        qsizetype done = 0;
        while (done < bytes.size()) {
            const qint64 got = m_in.read(bytes.data() + done, bytes.size() - done);
            if (got < 0 && !(m_in.isSequential() && m_in.atEnd()))
                return fail(ErrorCode::FileUnreadable);
            if (got < 0 || (got == 0 && !m_in.waitForReadyRead(kDeviceWaitMs)))
                break;
            done += got;
        }
        bytes.truncate(done);
        m_offset += static_cast<std::uint64_t>(done);
        return bytes;
    }

    /// The length in front of a section; none at a clean end.
    Result<std::optional<std::uint64_t>> length()
    {
        QByteArray bytes;
        for (;;) {
            AMANA_TRY(const QByteArray next, take(1));
            if (next.isEmpty() && bytes.isEmpty())
                return std::optional<std::uint64_t>();
            if (next.isEmpty() || bytes.size() == 9)
                return malformed("length");
            bytes += next;
            if (static_cast<std::uint8_t>(next.front()) < 0x80)
                break;
        }
        ByteView view = bytesOf(bytes);
        const auto value = takeVarint(view);
        if (!value)
            return malformed("length");
        return value;
    }

    Result<QByteArray> exactly(std::uint64_t size)
    {
        AMANA_TRY(QByteArray bytes, take(size));
        if (static_cast<std::uint64_t>(bytes.size()) != size)
            return malformed("truncated");
        return bytes;
    }

    Result<CarHeader> header()
    {
        AMANA_TRY(const std::optional<std::uint64_t> size, length());
        if (!size || *size == 0 || *size > kMaxHeader)
            return malformed("header");
        AMANA_TRY(const QByteArray bytes, exactly(*size));
        AMANA_TRY(std::optional<CarHeader> header, parseCarHeader(bytesOf(bytes)));
        if (!header)
            return malformed("header");
        return std::move(*header);
    }

    /// Version 2: characteristics (16 bytes), then where the version 1 archive lies and how long it is.
    Status skipToPayload()
    {
        AMANA_TRY(const QByteArray fixed, exactly(40));
        const auto number = [&fixed](qsizetype at) {
            std::uint64_t value = 0;
            for (qsizetype i = 8; i-- > 0;)
                value = value << 8 | static_cast<std::uint8_t>(fixed[at + i]);
            return value;
        };
        const std::uint64_t start = number(16);
        const std::uint64_t size = number(24);
        if (start < m_offset || start - m_offset > kMaxBlockSize || size > m_end - start)
            return malformed("payload");
        AMANA_CHECK(exactly(start - m_offset));
        m_end = start + size;
        return {};
    }

    Result<bool> section()
    {
        AMANA_TRY(const std::optional<std::uint64_t> size, length());
        if (!size)
            return false;
        if (*size < kCidSize)
            return malformed("section");
        if (*size > kCidSize + kMaxBlockSize)
            return fail(ErrorCode::BlockTooLarge, {{"offset", std::to_string(m_offset)}});
        AMANA_TRY(const QByteArray bytes, exactly(*size));
        AMANA_TRY(const Cid cid, Cid::fromBytes(bytesOf(bytes).first(kCidSize)));
        const ByteView block = bytesOf(bytes).subspan(kCidSize);
        if (crypto::sha256(block) != cid.digest)
            return fail(ErrorCode::BlockAltered, {{"cid", cid.text()}, {"offset", std::to_string(m_offset)}});
        AMANA_CHECK(m_sink.put(cid, block));
        ++m_contents.blocks;
        m_contents.bytes += block.size();
        return true;
    }

    QIODevice &m_in;
    BlockSink &m_sink;
    const Progress &m_progress;
    std::uint64_t m_size;
    std::uint64_t m_offset = 0;
    std::uint64_t m_end = std::numeric_limits<std::uint64_t>::max();
    CarContents m_contents;
};

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
    const QByteArray header = carHeaderFor(root);
    AMANA_CHECK(write(lengthPrefix(static_cast<std::size_t>(header.size())) + header));
    const BlockVisitor visitor = [&](const Cid &cid, const QByteArray &block) -> Status {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        const QByteArray id = cid.bytes();
        AMANA_CHECK(write(lengthPrefix(static_cast<std::size_t>(id.size() + block.size())) + id));
        AMANA_CHECK(write(block));
        progress.report(written, 0);
        return {};
    };
    AMANA_CHECK(walk(source, root, visitor, limits));
    return written;
}

Result<CarContents> readCar(QIODevice &in, BlockSink &sink, const Progress &progress)
{
    return CarReader(in, sink, progress).read();
}

} // namespace amana::content
