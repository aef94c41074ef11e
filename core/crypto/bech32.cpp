// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/bech32.h"

#include <algorithm>
#include <array>

namespace amana::crypto {

namespace {

constexpr std::string_view kCharset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumSize = 6;

/// BIP-173's checksum: a BCH code over GF(32).
class Checksum {
public:
    void add(std::uint8_t value)
    {
        static constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                                0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = m_state >> 25;
        m_state = (m_state & 0x1ffffff) << 5 ^ value;
        for (std::size_t i = 0; i < generator.size(); ++i)
            if ((top >> i) & 1)
                m_state ^= generator[i];
    }
    void addPrefix(std::string_view prefix)
    {
        for (const char c : prefix)
            add(static_cast<std::uint8_t>(c) >> 5);
        add(0);
        for (const char c : prefix)
            add(static_cast<std::uint8_t>(c) & 31);
    }
    [[nodiscard]] std::uint32_t state() const { return m_state; }

private:
    std::uint32_t m_state = 1;
};

/// 5-bit groups, most significant first, the last padded with zero bits.
SecretBytes toGroups(ByteView data)
{
    SecretBytes groups((data.size() * 8 + 4) / 5);
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t at = 0;
    for (const std::uint8_t byte : data) {
        bits = (bits << 8 | byte) & 0xfff;
        for (count += 8; count >= 5; count -= 5)
            groups.writable()[at++] = static_cast<std::uint8_t>(bits >> (count - 5) & 31);
    }
    if (count > 0)
        groups.writable()[at] = static_cast<std::uint8_t>(bits << (5 - count) & 31);
    return groups;
}

tl::unexpected<Error> malformed(const char *reason)
{
    return fail(ErrorCode::Bech32Malformed, {{"reason", reason}});
}

Result<SecretBytes> fromGroups(ByteView groups)
{
    SecretBytes data(groups.size() * 5 / 8);
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t at = 0;
    for (const std::uint8_t group : groups) {
        bits = (bits << 5 | group) & 0xfff;
        count += 5;
        if (count >= 8) {
            count -= 8;
            data.writable()[at++] = static_cast<std::uint8_t>(bits >> count);
        }
    }
    if (count >= 5 || (bits & ((1u << count) - 1)) != 0)
        return malformed("padding");
    return data;
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

SecretBytes bech32Encode(std::string_view prefix, ByteView data)
{
    const SecretBytes groups = toGroups(data);
    Checksum checksum;
    checksum.addPrefix(prefix);
    for (const std::uint8_t group : groups.view())
        checksum.add(group);
    for (std::size_t i = 0; i < kChecksumSize; ++i)
        checksum.add(0);
    const std::uint32_t sum = checksum.state() ^ 1;

    SecretBytes text(prefix.size() + 1 + groups.size() + kChecksumSize);
    auto out = text.writable().begin();
    out = std::copy(prefix.begin(), prefix.end(), out);
    *out++ = '1';
    for (const std::uint8_t group : groups.view())
        *out++ = static_cast<std::uint8_t>(kCharset[group]);
    for (std::size_t i = 0; i < kChecksumSize; ++i)
        *out++ = static_cast<std::uint8_t>(kCharset[sum >> (5 * (kChecksumSize - 1 - i)) & 31]);
    return text;
}

Result<Bech32> bech32Decode(std::string_view text)
{
    if (std::any_of(text.begin(), text.end(), isLower) && std::any_of(text.begin(), text.end(), isUpper))
        return malformed("mixedCase");
    const std::size_t separator = text.rfind('1');
    if (separator == std::string_view::npos || separator == 0 || text.size() - separator - 1 < kChecksumSize)
        return malformed("separator");

    Bech32 result;
    for (const char c : text.substr(0, separator)) {
        if (c < 33 || c > 126)
            return malformed("prefix");
        result.prefix += lower(c);
    }
    Checksum checksum;
    checksum.addPrefix(result.prefix);
    SecretBytes groups(text.size() - separator - 1);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::size_t value = kCharset.find(lower(text[separator + 1 + i]));
        if (value == std::string_view::npos)
            return malformed("character");
        groups.writable()[i] = static_cast<std::uint8_t>(value);
        checksum.add(static_cast<std::uint8_t>(value));
    }
    if (checksum.state() != 1)
        return malformed("checksum");
    AMANA_TRY(result.data, fromGroups(groups.view().first(groups.size() - kChecksumSize)));
    return result;
}

} // namespace amana::crypto
