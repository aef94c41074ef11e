// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.h"

#include <algorithm>

namespace amana {

namespace {

int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::string toHex(ByteView bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

Result<QByteArray> fromHex(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X"))
        text.remove_prefix(2);
    if (text.size() % 2 != 0)
        return fail(ErrorCode::EncodingBadHex, {{"length", std::to_string(text.size())}});
    QByteArray bytes(static_cast<qsizetype>(text.size() / 2), Qt::Uninitialized);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = nibble(text[i]);
        const int low = nibble(text[i + 1]);
        if (high < 0 || low < 0)
            return fail(ErrorCode::EncodingBadHex, {{"position", std::to_string(i)}});
        bytes[static_cast<qsizetype>(i / 2)] = static_cast<char>(high * 16 + low);
    }
    return bytes;
}

Result<Digest> digestFromHex(std::string_view text)
{
    AMANA_TRY(const QByteArray bytes, fromHex(text));
    Digest digest{};
    if (bytes.size() != static_cast<qsizetype>(digest.size()))
        return fail(ErrorCode::EncodingBadHex, {{"length", std::to_string(text.size())}});
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

} // namespace amana
