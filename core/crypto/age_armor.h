// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/byte_source.h"

/// Internal to core/crypto: the armored form of age files (a strict PEM, C2SP age specification, "ASCII
/// armor").
namespace amana::crypto {

/// Whether the data look armored, well or badly: what starts like a binary age file never does.
[[nodiscard]] Result<bool> looksArmored(BufferedSource &source);

/// Decodes while reading. AgeArmorMalformed for anything but 64-column lines of canonical base64 between the
/// two marks, which must both be there.
class ArmorSource final : public ByteSource {
public:
    explicit ArmorSource(BufferedSource &inner) : m_inner(inner) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> out) override;

private:
    enum class State { Start, Body, LastLine, Done };

    [[nodiscard]] Result<std::string> nextLine();
    [[nodiscard]] Status begin();
    [[nodiscard]] Status step();
    [[nodiscard]] Status finish();
    [[nodiscard]] Status decode(std::string_view line);

    BufferedSource &m_inner;
    State m_state = State::Start;
    bool m_endOfData = false;
    QByteArray m_decoded;
    qsizetype m_taken = 0;
};

/// Encodes while writing, in lines of 64 columns; finish() writes the end mark.
class ArmorWriter {
public:
    explicit ArmorWriter(ByteWriter out) : m_out(std::move(out)) {}
    [[nodiscard]] Status write(ByteView bytes);
    [[nodiscard]] Status finish();

private:
    ByteWriter m_out;
    QByteArray m_waiting; ///< less than a line
    bool m_begun = false;
};

} // namespace amana::crypto
