// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace amana::chain {

/// An unsigned 256-bit number as the chain carries it: 32 bytes, big-endian. Amounts of money never pass
/// through a double.
struct Uint256 {
    Digest bytes{};

    constexpr Uint256() = default;
    constexpr Uint256(std::uint64_t value) // NOLINT: a number is a number
    {
        for (std::size_t i = 0; i < 8; ++i)
            bytes[31 - i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
    auto operator<=>(const Uint256 &) const = default;

    [[nodiscard]] bool isZero() const { return *this == Uint256(); }
    /// The position of the highest set bit plus one.
    [[nodiscard]] unsigned bitLength() const;
    /// Nothing when it does not fit in 64 bits.
    [[nodiscard]] std::optional<std::uint64_t> toUint64() const;
    [[nodiscard]] std::string toDecimal() const;
    /// "0x1f", no leading zeros, "0x0" for zero: how JSON-RPC writes quantities.
    [[nodiscard]] std::string toQuantity() const;
    /// a · b, which always fits.
    [[nodiscard]] static Uint256 product(std::uint64_t a, std::uint64_t b);
    /// The sum, modulo 2^256.
    [[nodiscard]] Uint256 plus(const Uint256 &other) const;
    /// Digits only, at most 2^256-1: ChainBadReply.
    [[nodiscard]] static Result<Uint256> fromDecimal(std::string_view text);
    /// "0x" and 1 to 64 hexadecimal digits (leading zeros are tolerated): ChainBadReply.
    [[nodiscard]] static Result<Uint256> fromQuantity(std::string_view text);
};

/// A signed 256-bit number as the chain carries it: 32 bytes, big-endian, two's complement.
struct Int256 {
    Digest bytes{};

    constexpr Int256() = default;
    explicit constexpr Int256(std::int64_t value)
    {
        bytes.fill(value < 0 ? 0xff : 0);
        for (std::size_t i = 0; i < 8; ++i)
            bytes[31 - i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
    bool operator==(const Int256 &) const = default;

    [[nodiscard]] bool isNegative() const { return (bytes[0] & 0x80) != 0; }
    /// Whether intN with N = `bits` (8 to 256, whole bytes) can hold it.
    [[nodiscard]] bool fits(unsigned bits) const;
    [[nodiscard]] std::string toDecimal() const;
};

} // namespace amana::chain
