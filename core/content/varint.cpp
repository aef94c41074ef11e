// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/varint.h"

namespace amana::content {

void putVarint(QByteArray &out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out.append(static_cast<char>(value | 0x80));
    out.append(static_cast<char>(value));
}

std::optional<std::uint64_t> takeVarint(ByteView &in)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < in.size() && i < 10; ++i) {
        const std::uint64_t bits = in[i] & 0x7f;
        if (i == 9 && bits > 1)
            return std::nullopt; // more than 64 bits
        value |= bits << (7 * i);
        if (in[i] >= 0x80)
            continue;
        if (i > 0 && in[i] == 0)
            return std::nullopt; // not the shortest form
        in = in.subspan(i + 1);
        return value;
    }
    return std::nullopt;
}

} // namespace amana::content
