// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/rlp.h"

#include <algorithm>

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

tl::unexpected<Error> bad()
{
    return fail(ErrorCode::ChainBadReply, {{"what", "rlp"}});
}

/// A length that has a place of its own: minimal, and too great for the short form.
Result<std::size_t> longLength(ByteView digits)
{
    std::size_t length = 0;
    if (digits.size() > sizeof length || digits.empty() || digits.front() == 0)
        return bad();
    for (const std::uint8_t digit : digits)
        length = length << 8 | digit;
    if (length <= kShort)
        return bad();
    return length;
}

/// The first item of `rest`, which is cut to what follows it.
Result<RlpItem> take(ByteView &rest)
{
    if (rest.empty())
        return bad();
    const std::uint8_t first = rest.front();
    if (first < 0x80) {
        const RlpItem item{false, rest.first(1)};
        rest = rest.subspan(1);
        return item;
    }
    const bool isList = first >= 0xc0;
    const std::size_t tag = first - (isList ? 0xc0u : 0x80u);
    rest = rest.subspan(1);
    std::size_t length = tag;
    if (tag > kShort) {
        const std::size_t digits = tag - kShort;
        if (digits > rest.size())
            return bad();
        AMANA_TRY(length, longLength(rest.first(digits)));
        rest = rest.subspan(digits);
    }
    if (length > rest.size())
        return bad();
    const RlpItem item{isList, rest.first(length)};
    rest = rest.subspan(length);
    if (!isList && length == 1 && item.payload.front() < 0x80)
        return bad(); // such a byte is its own encoding
    return item;
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

Result<RlpItem> rlpDecode(ByteView whole)
{
    AMANA_TRY(const RlpItem item, take(whole));
    if (!whole.empty())
        return bad();
    return item;
}

Result<std::vector<RlpItem>> rlpItems(const RlpItem &list)
{
    if (!list.isList)
        return bad();
    std::vector<RlpItem> items;
    for (ByteView rest = list.payload; !rest.empty();) {
        AMANA_TRY(const RlpItem item, take(rest));
        items.push_back(item);
    }
    return items;
}

Result<Uint256> rlpToNumber(const RlpItem &item)
{
    Uint256 number;
    const ByteView digits = item.payload;
    if (item.isList || digits.size() > number.bytes.size() || (!digits.empty() && digits.front() == 0))
        return bad();
    std::copy(digits.begin(), digits.end(), number.bytes.end() - static_cast<std::ptrdiff_t>(digits.size()));
    return number;
}

} // namespace amana::chain
