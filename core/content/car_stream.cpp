// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car_stream.h"

#include "core/content/blocks.h"
#include "core/content/varint.h"
#include "core/crypto/hash.h"

#include <algorithm>

namespace amana::content {

namespace {

constexpr std::uint64_t kMaxHeader = 64u << 10;
constexpr qsizetype kMaxLengthBytes = 9;     // multiformats unsigned-varint
constexpr std::uint64_t kVersion2Header = 40; // characteristics (16 bytes), offset, size, offset of the index

} // namespace

tl::unexpected<Error> CarStream::malformed(const char *reason) const
{
    return fail(ErrorCode::CarMalformed, {{"offset", std::to_string(m_offset)}, {"reason", reason}});
}

void CarStream::expect(At what, std::uint64_t size)
{
    m_at = what;
    m_expected = size;
    m_part.resize(0); // keeps its memory for the next block
    m_part.reserve(static_cast<qsizetype>(size));
}

Status CarStream::feed(ByteView piece)
{
    while (!piece.empty()) {
        if (m_at == At::SectionLength && m_offset == m_end)
            m_at = At::Index;
        if (m_at == At::Index)
            return {}; // of no use to us
        if (m_at == At::HeaderLength || m_at == At::SectionLength) {
            ++m_offset;
            const std::uint8_t byte = piece.front();
            piece = piece.subspan(1);
            AMANA_CHECK(takeLengthByte(byte));
            continue;
        }
        const std::size_t size =
            std::min(piece.size(), static_cast<std::size_t>(m_expected - static_cast<std::uint64_t>(m_part.size())));
        m_part.append(reinterpret_cast<const char *>(piece.data()), static_cast<qsizetype>(size));
        m_offset += size;
        piece = piece.subspan(size);
        if (static_cast<std::uint64_t>(m_part.size()) == m_expected)
            AMANA_CHECK(takePart());
    }
    return {};
}

Status CarStream::finish() const
{
    if (m_at == At::HeaderLength)
        return malformed("header");
    if (m_at == At::SectionLength && m_part.isEmpty())
        return {};
    if (m_at == At::Index)
        return {};
    return malformed("truncated");
}

Status CarStream::takeLengthByte(std::uint8_t byte)
{
    if (m_part.size() == kMaxLengthBytes)
        return malformed("length");
    m_part.append(static_cast<char>(byte));
    if (byte >= 0x80)
        return {};
    ByteView view = bytesOf(m_part);
    const auto length = takeVarint(view);
    if (!length)
        return malformed("length");
    return takeLength(*length);
}

Status CarStream::takeLength(std::uint64_t length)
{
    if (m_at == At::HeaderLength) {
        if (length == 0 || length > kMaxHeader)
            return malformed("header");
        expect(At::Header, length);
        return {};
    }
    if (length < kCidSize)
        return malformed("section");
    if (length > kCidSize + kMaxBlockSize)
        return fail(ErrorCode::BlockTooLarge, {{"offset", std::to_string(m_offset)}});
    if (m_offset > m_end || length > m_end - m_offset)
        return malformed("truncated");
    expect(At::Section, length);
    return {};
}

Status CarStream::takePart()
{
    switch (m_at) {
    case At::Header: return takeHeader();
    case At::Version2: return takeVersion2();
    case At::Gap: expect(At::HeaderLength, 0); return {};
    default: return takeSection();
    }
}

Status CarStream::takeHeader()
{
    AMANA_TRY(std::optional<CarHeader> header, parseCarHeader(bytesOf(m_part)));
    if (!header)
        return malformed("header");
    if (header->version == 2 && !m_inVersion2) {
        m_inVersion2 = true;
        expect(At::Version2, kVersion2Header);
        return {};
    }
    if (header->version != 1)
        return malformed("version");
    m_roots = std::move(header->roots);
    expect(At::SectionLength, 0);
    return {};
}

Status CarStream::takeVersion2()
{
    const auto number = [this](qsizetype at) {
        std::uint64_t value = 0;
        for (qsizetype i = 8; i-- > 0;)
            value = value << 8 | static_cast<std::uint8_t>(m_part[at + i]);
        return value;
    };
    const std::uint64_t start = number(16);
    const std::uint64_t size = number(24);
    if (start < m_offset || start - m_offset > kMaxBlockSize || size > UINT64_MAX - start)
        return malformed("payload");
    m_end = start + size;
    const std::uint64_t gap = start - m_offset;
    expect(gap == 0 ? At::HeaderLength : At::Gap, gap);
    return {};
}

Status CarStream::takeSection()
{
    AMANA_TRY(const Cid cid, Cid::fromBytes(bytesOf(m_part).first(kCidSize)));
    const ByteView block = bytesOf(m_part).subspan(kCidSize);
    if (crypto::sha256(block) != cid.digest)
        return fail(ErrorCode::BlockAltered, {{"cid", cid.text()}, {"offset", std::to_string(m_offset)}});
    AMANA_CHECK(m_onBlock(cid, block));
    expect(At::SectionLength, 0);
    return {};
}

} // namespace amana::content
