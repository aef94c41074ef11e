// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace amana {

using ByteView = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;  ///< sha2-256 or Keccak-256, by context
using Address = std::array<std::uint8_t, 20>; ///< Ethereum account or contract

inline ByteView bytesOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}
inline ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}
inline QByteArray toByteArray(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

/// Lower-case hexadecimal, without prefix.
[[nodiscard]] std::string toHex(ByteView bytes);
/// Accepts upper and lower case and an optional 0x; fails with EncodingBadHex.
[[nodiscard]] Result<QByteArray> fromHex(std::string_view text);
/// As fromHex, for a digest of exactly 32 bytes.
[[nodiscard]] Result<Digest> digestFromHex(std::string_view text);

} // namespace amana
