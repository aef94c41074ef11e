// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/base58.h"

#include "core/crypto/hash.h"

#include <algorithm>

namespace amana::crypto {

namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t kCheckBytes = 4;
constexpr std::size_t kMaxText = 256;

tl::unexpected<Error> malformed()
{
    return fail(ErrorCode::CryptoFailed, {{"what", "base58"}});
}

/// The digits of a number in another base, most significant first, without leading zeros: at most `room` of them.
SecretBytes rebase(ByteView digits, unsigned from, unsigned to, std::size_t room)
{
    SecretBytes number(room);
    std::size_t used = 0;
    for (const std::uint8_t digit : digits) {
        unsigned carry = digit;
        for (std::size_t i = 0; i < used || carry != 0; ++i) {
            std::uint8_t &place = number.writable()[room - 1 - i];
            carry += place * from;
            place = static_cast<std::uint8_t>(carry % to);
            carry /= to;
            used = std::max(used, i + 1);
        }
    }
    return SecretBytes(number.view().last(used));
}

/// Zeros in front have no place in a number: each is written as one character (or byte) of its own.
std::size_t leading(ByteView digits)
{
    return static_cast<std::size_t>(
        std::find_if(digits.begin(), digits.end(), [](std::uint8_t digit) { return digit != 0; }) - digits.begin());
}

SecretBytes joined(std::size_t zeros, const SecretBytes &digits)
{
    SecretBytes all(zeros + digits.size());
    std::copy(digits.view().begin(), digits.view().end(), all.writable().begin() + static_cast<std::ptrdiff_t>(zeros));
    return all;
}

} // namespace

SecretBytes base58CheckEncode(ByteView bytes)
{
    const Digest check = sha256(sha256(bytes));
    SecretBytes whole(bytes.size() + kCheckBytes);
    std::copy(bytes.begin(), bytes.end(), whole.writable().begin());
    std::copy_n(check.begin(), kCheckBytes, whole.writable().end() - kCheckBytes);
    SecretBytes text = joined(leading(whole.view()), rebase(whole.view(), 256, 58, whole.size() * 2));
    for (std::uint8_t &digit : text.writable())
        digit = static_cast<std::uint8_t>(kAlphabet[digit]);
    return text;
}

Result<SecretBytes> base58CheckDecode(std::string_view text)
{
    if (text.size() > kMaxText)
        return malformed();
    SecretBytes digits(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t digit = kAlphabet.find(text[i]);
        if (digit == std::string_view::npos)
            return malformed();
        digits.writable()[i] = static_cast<std::uint8_t>(digit);
    }
    const SecretBytes whole = joined(leading(digits.view()), rebase(digits.view(), 58, 256, digits.size()));
    if (whole.size() < kCheckBytes)
        return malformed();
    const ByteView bytes = whole.view().first(whole.size() - kCheckBytes);
    const Digest check = sha256(sha256(bytes));
    if (!std::equal(check.begin(), check.begin() + kCheckBytes, whole.view().end() - kCheckBytes))
        return malformed();
    return SecretBytes(bytes);
}

} // namespace amana::crypto
