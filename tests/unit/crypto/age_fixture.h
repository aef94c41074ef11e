// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/age.h"

#include <QIODevice>

#include <algorithm>
#include <fstream>

/// Keys, contents and devices for the tests of age.
namespace amana::crypto::test {

inline std::vector<AgeIdentity> generateKeys(int count)
{
    std::vector<AgeIdentity> keys;
    for (int i = 0; i < count; ++i)
        keys.push_back(AgeIdentity::generate());
    return keys;
}

inline std::vector<AgeRecipient> recipientsOf(const std::vector<AgeIdentity> &keys)
{
    std::vector<AgeRecipient> recipients;
    for (const AgeIdentity &key : keys)
        recipients.push_back(key.recipient());
    return recipients;
}

inline QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    std::uint32_t state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

/// Bytes that are made when they are read: a file larger than memory is allowed to be.
class Endless final : public QIODevice {
public:
    explicit Endless(qint64 size) : m_left(size) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 now = std::min({size, m_left, qint64(50'000)}); // short reads, as pipes give them
        std::fill_n(data, now, 'x');
        m_left -= now;
        return now;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    qint64 m_left;
};

class Counter final : public QIODevice {
public:
    Counter() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
    qint64 total = 0;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        total += size;
        return size;
    }
};

/// Peak resident memory in KiB (Linux).
inline qint64 peakMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stoll(line.substr(6));
    return -1;
}

inline ErrorCode openError(const QByteArray &sealed, const std::vector<AgeIdentity> &keys)
{
    const auto opened = ageOpen(bytesOf(sealed), keys);
    return opened ? ErrorCode::InternalUnexpected : opened.error().code;
}

} // namespace amana::crypto::test
