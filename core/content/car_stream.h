// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/car_header.h"

#include <functional>

/// Internal to core/content: an archive taken apart as its bytes arrive, whoever brings them.
namespace amana::content {

/// Holds at most one block. After a failure it must not be fed any more.
class CarStream {
public:
    /// A block whose hash was verified.
    using OnBlock = std::function<Status(const Cid &, ByteView block)>;
    explicit CarStream(OnBlock onBlock) : m_onBlock(std::move(onBlock)) {}

    /// CarMalformed (params offset, reason), BlockAltered (params cid, offset), BlockTooLarge, CidUnsupported,
    /// CidMalformed, what `onBlock` fails with.
    [[nodiscard]] Status feed(ByteView piece);
    /// When no more bytes come: CarMalformed when the archive does not end here.
    [[nodiscard]] Status finish() const;

    [[nodiscard]] const std::vector<Cid> &roots() const { return m_roots; }
    [[nodiscard]] std::uint64_t offset() const { return m_offset; }

private:
    enum class At { HeaderLength, Header, Version2, Gap, SectionLength, Section, Index };

    [[nodiscard]] tl::unexpected<Error> malformed(const char *reason) const;
    void expect(At what, std::uint64_t size);
    [[nodiscard]] Status takeLengthByte(std::uint8_t byte);
    [[nodiscard]] Status takeLength(std::uint64_t length);
    [[nodiscard]] Status takePart(); ///< m_part is complete
    [[nodiscard]] Status takeHeader();
    [[nodiscard]] Status takeVersion2();
    [[nodiscard]] Status takeSection();

    OnBlock m_onBlock;
    std::vector<Cid> m_roots;
    At m_at = At::HeaderLength;
    QByteArray m_part;               ///< what has come of the length or part that is expected
    std::uint64_t m_expected = 0;    ///< bytes of that part
    std::uint64_t m_offset = 0;      ///< bytes taken
    std::uint64_t m_end = UINT64_MAX; ///< where the version 1 archive inside a version 2 archive ends
    bool m_inVersion2 = false;
};

} // namespace amana::content
