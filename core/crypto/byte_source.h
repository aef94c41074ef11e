// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/byte_writer.h"

#include <optional>
#include <vector>

class QIODevice;

/// Internal to core/crypto: how age reads, whether from a device, memory or an armored text; and how it writes.
namespace amana::crypto {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills `out`; fewer bytes only at the end of the data, then 0.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<std::uint8_t> out) = 0;
    /// Whether another thread may read from it, while nobody else does: not so a device that belongs to a thread.
    [[nodiscard]] virtual bool isForAnyThread() const { return false; }
};

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(ByteView bytes) : m_bytes(bytes) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> out) override;
    [[nodiscard]] bool isForAnyThread() const override { return true; }

private:
    ByteView m_bytes;
};

/// FileUnreadable when the device fails.
class DeviceSource final : public ByteSource {
public:
    explicit DeviceSource(QIODevice &device) : m_device(device) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> out) override;
    [[nodiscard]] bool isForAnyThread() const override; ///< files are, sockets and processes are not

private:
    QIODevice &m_device;
};

/// Look-ahead for parsers; large reads go past its buffer.
class BufferedSource final : public ByteSource {
public:
    static constexpr std::size_t kSize = 8192;
    explicit BufferedSource(ByteSource &inner) : m_inner(inner), m_buffer(kSize) {}

    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> out) override;
    [[nodiscard]] bool isForAnyThread() const override { return m_inner.isForAnyThread(); }
    /// The next `size` ≤ kSize bytes without taking them; fewer at the end.
    [[nodiscard]] Result<ByteView> peek(std::size_t size);
    /// A line without its LF; none when the data end before an LF. `limit` exceeded: an error with `tooLong`.
    [[nodiscard]] Result<std::optional<std::string>> line(std::size_t limit, ErrorCode tooLong);
    /// What line() had read when the data ended.
    [[nodiscard]] const std::string &unfinishedLine() const { return m_unfinished; }

private:
    [[nodiscard]] Status fill();

    ByteSource &m_inner;
    std::vector<std::uint8_t> m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::string m_unfinished;
};

/// Writes all of `bytes`, with bounded buffering on sequential devices. FileUnwritable, FileDiskFull.
[[nodiscard]] Status writeAll(QIODevice &out, ByteView bytes);
/// Hands what the device buffers to the system, so that a failure is seen. FileUnwritable, FileDiskFull.
[[nodiscard]] Status finishWriting(QIODevice &out);

} // namespace amana::crypto
