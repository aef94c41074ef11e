// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/rlp.h"

namespace amana::chain {

namespace {

constexpr std::size_t kShort = 55;

QByteArray minimal(const Uint256 &number)
{
    const auto size = (number.bitLength() + 7) / 8;
    return toByteArray(ByteView(number.bytes).last(size));
}

QByteArray header(std::size_t size, unsigned base)
{
    if (size <= kShort)
        return QByteArray(1, static_cast<char>(base + size));
    const QByteArray length = minimal(Uint256(size));
    return QByteArray(1, static_cast<char>(base + kShort + static_cast<std::size_t>(length.size()))) + length;
}

} // namespace

QByteArray rlpBytes(ByteView bytes)
{
    if (bytes.size() == 1 && bytes[0] < 0x80)
        return toByteArray(bytes);
    return header(bytes.size(), 0x80) + toByteArray(bytes);
}

QByteArray rlpNumber(const Uint256 &number)
{
    const QByteArray bytes = minimal(number);
    return rlpBytes(bytesOf(bytes));
}

QByteArray rlpList(const std::vector<QByteArray> &encodedItems)
{
    QByteArray content;
    for (const QByteArray &item : encodedItems)
        content += item;
    return header(static_cast<std::size_t>(content.size()), 0xc0) + content;
}

} // namespace amana::chain
