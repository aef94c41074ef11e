// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/base64.h"

#include <array>

namespace amana::crypto {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> makeValues()
{
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        values[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}

constexpr auto kValues = makeValues();

} // namespace

std::string base64Raw(ByteView bytes)
{
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8 | byte) & 0xffff;
        for (count += 8; count >= 6; count -= 6)
            text += kAlphabet[bits >> (count - 6) & 63];
    }
    if (count > 0)
        text += kAlphabet[bits << (6 - count) & 63];
    return text;
}

std::optional<QByteArray> fromBase64Raw(std::string_view text)
{
    QByteArray bytes(static_cast<qsizetype>(text.size() * 3 / 4), Qt::Uninitialized);
    qsizetype at = 0;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = kValues[static_cast<std::uint8_t>(c)];
        if (value < 0)
            return std::nullopt;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes[at++] = static_cast<char>(bits >> count & 0xff);
        }
    }
    if (count >= 6 || (bits & ((1u << count) - 1)) != 0)
        return std::nullopt;
    return bytes;
}

} // namespace amana::crypto
