// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/cid.h"

#include "core/crypto/hash.h"

#include <algorithm>
#include <array>

namespace amana::content {

namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567"; // RFC 4648, lower case, no padding
constexpr std::size_t kTextSize = (kCidSize * 8 + 4) / 5;                  // 58, without the multibase prefix
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kSha256Code = 0x12;
constexpr std::uint8_t kDigestSize = 32;

std::array<std::uint8_t, kCidSize> encode(const Cid &cid)
{
    std::array<std::uint8_t, kCidSize> out{kVersion, static_cast<std::uint8_t>(cid.codec), kSha256Code,
                                           kDigestSize};
    std::copy(cid.digest.begin(), cid.digest.end(), out.begin() + 4);
    return out;
}

/// Multibase prefixes of well-formed identifiers that are not written here: base58btc, base16, base32 upper,
/// base36, ….
bool isOtherBase(std::string_view text)
{
    return text.starts_with("Qm")
           || std::string_view("zZBfFkKmMuUtTvVcCh01279").find(text.front()) != std::string_view::npos;
}

} // namespace

QByteArray Cid::bytes() const
{
    return toByteArray(encode(*this));
}

std::string Cid::text() const
{
    std::string out(1, 'b');
    out.reserve(1 + kTextSize);
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::uint8_t byte : encode(*this)) {
        bits = (bits << 8 | byte) & 0xfff;
        for (count += 8; count >= 5; count -= 5)
            out += kAlphabet[bits >> (count - 5) & 31];
    }
    out += kAlphabet[bits << (5 - count) & 31]; // 288 bits: three are left
    return out;
}

Cid Cid::of(Codec codec, ByteView block)
{
    return {codec, crypto::sha256(block)};
}

Result<Cid> Cid::fromBytes(ByteView bytes)
{
    const auto wrong = [](ErrorCode code, const char *reason) { return fail(code, {{"reason", reason}}); };
    if (bytes.size() == 34 && bytes[0] == kSha256Code && bytes[1] == kDigestSize)
        return wrong(ErrorCode::CidUnsupported, "version0");
    if (bytes.size() < 4)
        return wrong(ErrorCode::CidMalformed, "length");
    if (bytes[0] != kVersion)
        return wrong(ErrorCode::CidUnsupported, "version");
    if (bytes[1] != static_cast<std::uint8_t>(Codec::Raw)
        && bytes[1] != static_cast<std::uint8_t>(Codec::DagPb))
        return wrong(ErrorCode::CidUnsupported, "codec");
    if (bytes[2] != kSha256Code)
        return wrong(ErrorCode::CidUnsupported, "hash");
    if (bytes[3] != kDigestSize || bytes.size() != kCidSize)
        return wrong(ErrorCode::CidMalformed, "length");
    Cid cid{static_cast<Codec>(bytes[1]), {}};
    std::copy(bytes.begin() + 4, bytes.end(), cid.digest.begin());
    return cid;
}

Result<Cid> Cid::parse(std::string_view text)
{
    const auto malformed = [](const char *reason) {
        return fail(ErrorCode::CidMalformed, {{"reason", reason}});
    };
    if (text.empty())
        return malformed("empty");
    if (text.front() != 'b')
        return isOtherBase(text) ? fail(ErrorCode::CidUnsupported, {{"reason", "base"}}) : malformed("base");
    text.remove_prefix(1);
    if (text.size() > 2 * kTextSize)
        return malformed("length");
    QByteArray bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos)
            return malformed("character");
        bits = (bits << 5 | static_cast<std::uint32_t>(value)) & 0xfff;
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes.append(static_cast<char>(bits >> count & 0xff));
        }
    }
    if (count >= 5 || (bits & ((1u << count) - 1)) != 0)
        return malformed("padding"); // one identifier has one text
    return fromBytes(bytesOf(bytes));
}

} // namespace amana::content
