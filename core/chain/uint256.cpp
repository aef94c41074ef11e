// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/uint256.h"

#include <algorithm>
#include <bit>

namespace amana::chain {

namespace {

/// number = number * factor + addend; false when it does not fit in 256 bits.
bool multiplyAdd(Digest &number, unsigned factor, unsigned addend)
{
    unsigned carry = addend;
    for (auto byte = number.rbegin(); byte != number.rend(); ++byte) {
        carry += *byte * factor;
        *byte = static_cast<std::uint8_t>(carry & 0xff);
        carry >>= 8;
    }
    return carry == 0;
}

/// Divides in place and returns the remainder.
unsigned divide(Digest &number, unsigned divisor)
{
    unsigned remainder = 0;
    for (std::uint8_t &byte : number) {
        remainder = remainder << 8 | byte;
        byte = static_cast<std::uint8_t>(remainder / divisor);
        remainder %= divisor;
    }
    return remainder;
}

} // namespace

unsigned Uint256::bitLength() const
{
    for (unsigned i = 0; i < 32; ++i)
        if (bytes[i] != 0)
            return (31 - i) * 8 + static_cast<unsigned>(std::bit_width(bytes[i]));
    return 0;
}

std::optional<std::uint64_t> Uint256::toUint64() const
{
    if (bitLength() > 64)
        return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 24; i < 32; ++i)
        value = value << 8 | bytes[i];
    return value;
}

Uint256 Uint256::plus(const Uint256 &other) const
{
    Uint256 sum;
    unsigned carry = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        carry += static_cast<unsigned>(bytes[i]) + other.bytes[i];
        sum.bytes[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    return sum;
}

Uint256 Uint256::product(std::uint64_t a, std::uint64_t b)
{
    Uint256 sum;
    for (int bit = 63; bit >= 0; --bit) { // double and add: sizes here are small, speed is not asked for
        multiplyAdd(sum.bytes, 2, 0);
        if ((b >> bit & 1) != 0)
            sum = sum.plus(a);
    }
    return sum;
}

std::string Uint256::toDecimal() const
{
    Digest rest = bytes;
    std::string digits;
    do
        digits += static_cast<char>('0' + divide(rest, 10));
    while (rest != Digest{});
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string Uint256::toQuantity() const
{
    const std::string hex = toHex(bytes);
    const std::size_t first = hex.find_first_not_of('0');
    return first == std::string::npos ? "0x0" : "0x" + hex.substr(first);
}

Result<Uint256> Uint256::fromDecimal(std::string_view text)
{
    Uint256 number;
    bool good = !text.empty();
    for (const char c : text)
        good = good && c >= '0' && c <= '9' && multiplyAdd(number.bytes, 10, static_cast<unsigned>(c - '0'));
    if (!good)
        return fail(ErrorCode::ChainBadReply, {{"what", "number"}});
    return number;
}

Result<Uint256> Uint256::fromQuantity(std::string_view text)
{
    const auto bad = [] { return fail(ErrorCode::ChainBadReply, {{"what", "number"}}); };
    if (!text.starts_with("0x") || text.size() < 3 || text.size() > 66)
        return bad();
    Uint256 number;
    std::size_t place = 2 * number.bytes.size(); // of nibbles, the lowest last
    for (auto c = text.rbegin(); c != text.rend() - 2; ++c) {
        const int digit = *c >= '0' && *c <= '9'   ? *c - '0'
                          : *c >= 'a' && *c <= 'f' ? *c - 'a' + 10
                          : *c >= 'A' && *c <= 'F' ? *c - 'A' + 10
                                                   : -1;
        if (digit < 0)
            return bad();
        --place;
        number.bytes[place / 2] |= static_cast<std::uint8_t>(place % 2 == 0 ? digit << 4 : digit);
    }
    return number;
}

bool Int256::fits(unsigned bits) const
{
    const std::size_t first = 32 - bits / 8; // the byte that holds the sign
    const std::uint8_t extension = isNegative() ? 0xff : 0;
    const auto extends = [extension](std::uint8_t byte) { return byte == extension; };
    return std::all_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(first), extends)
           && ((bytes[first] ^ extension) & 0x80) == 0;
}

std::string Int256::toDecimal() const
{
    Uint256 magnitude;
    magnitude.bytes = bytes;
    if (!isNegative())
        return magnitude.toDecimal();
    unsigned carry = 1; // -x is the complement of x, plus one
    for (auto byte = magnitude.bytes.rbegin(); byte != magnitude.bytes.rend(); ++byte) {
        carry += static_cast<std::uint8_t>(~*byte);
        *byte = static_cast<std::uint8_t>(carry & 0xff);
        carry >>= 8;
    }
    return "-" + magnitude.toDecimal();
}

} // namespace amana::chain
