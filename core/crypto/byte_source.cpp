// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/byte_source.h"

#include <QFileDevice>
#include <QIODevice>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace amana::crypto {

namespace {

constexpr int kDeviceWaitMs = 30'000;
constexpr qint64 kMaxPending = 1 << 20; // bytes a sequential device may hold back

tl::unexpected<Error> writeFailure()
{
    return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable);
}

} // namespace

Result<std::size_t> MemorySource::read(std::span<std::uint8_t> out)
{
    const std::size_t size = std::min(out.size(), m_bytes.size());
    if (size > 0)
        std::memcpy(out.data(), m_bytes.data(), size);
    m_bytes = m_bytes.subspan(size);
    return size;
}

Result<std::size_t> DeviceSource::read(std::span<std::uint8_t> out)
{
    std::size_t done = 0;
    while (done < out.size()) {
        const qint64 got = m_device.read(reinterpret_cast<char *>(out.data() + done),
                                         static_cast<qint64>(out.size() - done));
        if (got < 0 && done == 0 && m_device.isSequential() && m_device.atEnd())
            break; // a closed socket reports its end as −1
        if (got < 0)
            return fail(ErrorCode::FileUnreadable);
        if (got == 0 && !m_device.waitForReadyRead(kDeviceWaitMs))
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

bool DeviceSource::isForAnyThread() const
{
    return qobject_cast<const QFileDevice *>(&m_device) != nullptr;
}

Status BufferedSource::fill()
{
    std::copy(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_begin),
              m_buffer.begin() + static_cast<std::ptrdiff_t>(m_end), m_buffer.begin());
    m_end -= m_begin;
    m_begin = 0;
    AMANA_TRY(const std::size_t got, m_inner.read(std::span(m_buffer).subspan(m_end)));
    m_end += got;
    return {};
}

Result<std::size_t> BufferedSource::read(std::span<std::uint8_t> out)
{
    const std::size_t held = std::min(out.size(), m_end - m_begin);
    if (held > 0)
        std::memcpy(out.data(), m_buffer.data() + m_begin, held);
    m_begin += held;
    if (held == out.size())
        return held;
    AMANA_TRY(const std::size_t more, m_inner.read(out.subspan(held)));
    return held + more;
}

Result<ByteView> BufferedSource::peek(std::size_t size)
{
    if (m_end - m_begin < size)
        AMANA_CHECK(fill());
    return ByteView(m_buffer).subspan(m_begin, std::min(size, m_end - m_begin));
}

Result<std::optional<std::string>> BufferedSource::line(std::size_t limit, ErrorCode tooLong)
{
    std::string text;
    for (;;) {
        if (m_begin == m_end)
            AMANA_CHECK(fill());
        if (m_begin == m_end) {
            m_unfinished = std::move(text);
            return std::optional<std::string>();
        }
        const auto *start = m_buffer.data() + m_begin;
        const auto *found = static_cast<const std::uint8_t *>(std::memchr(start, '\n', m_end - m_begin));
        const std::size_t size = found ? static_cast<std::size_t>(found - start) : m_end - m_begin;
        if (text.size() + size > limit)
            return fail(tooLong, {{"limit", std::to_string(limit)}});
        text.append(reinterpret_cast<const char *>(start), size);
        m_begin += size + (found ? 1 : 0);
        if (found)
            return std::optional<std::string>(std::move(text));
    }
}

Status writeAll(QIODevice &out, ByteView bytes)
{
    while (!bytes.empty()) {
        errno = 0;
        const qint64 put =
            out.write(reinterpret_cast<const char *>(bytes.data()), static_cast<qint64>(bytes.size()));
        if (put <= 0)
            return writeFailure();
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        while (out.isSequential() && out.bytesToWrite() > kMaxPending)
            if (!out.waitForBytesWritten(kDeviceWaitMs))
                return writeFailure();
    }
    return {};
}

Status finishWriting(QIODevice &out)
{
    errno = 0;
    if (auto *file = qobject_cast<QFileDevice *>(&out); file != nullptr && !file->flush())
        return writeFailure();
    return {};
}

} // namespace amana::crypto
