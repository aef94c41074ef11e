// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/framed_device.h"

#include <algorithm>
#include <cstring>

namespace amana::store {

qint64 FrameReader::readData(char *data, qint64 size)
{
    const auto wanted = static_cast<std::size_t>(size);
    if (m_at < m_frame.size()) {
        const std::size_t part = std::min(wanted, m_frame.size() - m_at);
        std::memcpy(data, m_frame.data() + m_at, part);
        m_at += part;
        return static_cast<qint64>(part);
    }
    const qint64 got = m_source.read(data, size);
    return got < 0 && m_source.atEnd() ? 0 : got; // the end is no failure
}

qint64 FrameWriter::writeData(const char *data, qint64 size)
{
    if (m_wrong)
        return -1;
    const auto offered = static_cast<std::size_t>(size);
    const std::size_t part = std::min(offered, m_frame.size() - m_at);
    if (std::memcmp(data, m_frame.data() + m_at, part) != 0) {
        m_wrong = true;
        return -1;
    }
    m_at += part;
    const auto rest = static_cast<qint64>(offered - part);
    if (rest > 0 && m_target.write(data + part, rest) != rest)
        return -1;
    return size;
}

} // namespace amana::store
