// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/file_device.h"

#include <algorithm>
#include <cstring>

namespace amana::content {

FileDevice::FileDevice(const BlockSource &source, const Cid &root) : m_pieces(source, root)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 FileDevice::readData(char *data, qint64 size)
{
    while (m_taken == m_piece.size()) {
        if (m_ended || m_failure)
            return m_ended ? 0 : -1;
        auto piece = m_pieces.next();
        if (!piece) {
            m_failure = std::move(piece).error();
            return -1;
        }
        m_ended = !piece->has_value();
        m_piece = std::move(*piece).value_or(QByteArray());
        m_taken = 0;
    }
    const qint64 count = std::min<qint64>(size, m_piece.size() - m_taken);
    std::memcpy(data, m_piece.constData() + m_taken, static_cast<std::size_t>(count));
    m_taken += count;
    return count;
}

} // namespace amana::content
