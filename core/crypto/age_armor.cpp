// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_armor.h"

#include "core/crypto/base64.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace amana::crypto {

namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----";
constexpr std::size_t kColumns = 64;
constexpr qsizetype kLineBytes = 48; // that a line holds
constexpr std::size_t kMaxWhitespace = 1024; // before and after; a limit so that hostile files end soon
constexpr std::size_t kLookAhead = 1024;

tl::unexpected<Error> malformed(const char *reason)
{
    return fail(ErrorCode::AgeArmorMalformed, {{"reason", reason}});
}

QByteArray toQByteArray(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

bool isSpace(std::uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

Result<bool> looksArmored(BufferedSource &source)
{
    AMANA_TRY(const ByteView head, source.peek(kLookAhead));
    std::string text(reinterpret_cast<const char *>(head.data()), head.size());
    if (text.starts_with("age-encryption.org/"))
        return false;
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text.find("-----begin ") != std::string::npos || text.find("begin age ") != std::string::npos;
}

Result<std::string> ArmorSource::nextLine()
{
    AMANA_TRY(std::optional<std::string> line, m_inner.line(2 * kColumns, ErrorCode::AgeArmorMalformed));
    m_endOfData = !line;
    std::string text = line ? std::move(*line) : m_inner.unfinishedLine();
    if (text.ends_with('\r'))
        text.pop_back();
    return text;
}

Status ArmorSource::begin()
{
    std::uint8_t skipped = 0;
    for (std::size_t count = 0;; ++count) {
        AMANA_TRY(const ByteView next, m_inner.peek(1));
        if (next.empty() || !isSpace(next.front()))
            break;
        if (count == kMaxWhitespace)
            return malformed("whitespace");
        AMANA_CHECK(m_inner.read(std::span(&skipped, 1)));
    }
    AMANA_TRY(const std::string line, nextLine());
    if (line != kBegin)
        return malformed("beginMark");
    m_state = State::Body;
    return {};
}

/// After the end mark only white space may follow.
Status ArmorSource::finish()
{
    m_state = State::Done;
    std::vector<std::uint8_t> rest(kMaxWhitespace + 1);
    AMANA_TRY(const std::size_t size, m_inner.read(rest));
    if (size > kMaxWhitespace
        || !std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size), isSpace))
        return malformed("trailing");
    return {};
}

Status ArmorSource::decode(std::string_view line)
{
    if (line.empty() || line.size() > kColumns || line.size() % 4 != 0)
        return malformed("lineLength");
    std::string_view raw = line;
    for (int i = 0; i < 2 && raw.ends_with('='); ++i)
        raw.remove_suffix(1);
    std::optional<QByteArray> bytes = fromBase64Raw(raw);
    if (!bytes)
        return malformed("base64");
    const bool full = line.size() == kColumns && raw.size() == kColumns;
    m_state = full ? State::Body : State::LastLine;
    m_decoded = std::move(*bytes);
    m_taken = 0;
    return {};
}

/// Consumes one line; a short one must be followed by the end mark, which is checked before its bytes are
/// handed out.
Status ArmorSource::step()
{
    AMANA_TRY(std::string line, nextLine());
    if (line == kEnd)
        return finish();
    if (m_endOfData)
        return fail(ErrorCode::AgeArmorMalformed, {{"reason", "endMark"}});
    AMANA_CHECK(decode(line));
    if (m_state != State::LastLine)
        return {};
    AMANA_TRY(line, nextLine());
    if (line != kEnd)
        return malformed("endMark");
    return finish();
}

Result<std::size_t> ArmorSource::read(std::span<std::uint8_t> out)
{
    if (m_state == State::Start)
        AMANA_CHECK(begin());
    std::size_t done = 0;
    while (done < out.size()) {
        if (m_taken == m_decoded.size()) {
            if (m_state == State::Done)
                break;
            m_decoded.clear();
            m_taken = 0;
            AMANA_CHECK(step());
            continue;
        }
        const std::size_t size =
            std::min(out.size() - done, static_cast<std::size_t>(m_decoded.size() - m_taken));
        std::memcpy(out.data() + done, m_decoded.constData() + m_taken, size);
        m_taken += static_cast<qsizetype>(size);
        done += size;
    }
    return done;
}

Status ArmorWriter::write(ByteView bytes)
{
    QByteArray text;
    if (!std::exchange(m_begun, true))
        text = toQByteArray(kBegin) + '\n';
    m_waiting.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    const qsizetype whole = m_waiting.size() - m_waiting.size() % kLineBytes;
    text.reserve(text.size() + whole / kLineBytes * qsizetype(kColumns + 1));
    for (qsizetype at = 0; at < whole; at += kLineBytes)
        text += QByteArray::fromRawData(m_waiting.constData() + at, kLineBytes).toBase64() + '\n';
    m_waiting.remove(0, whole);
    return m_out(bytesOf(text));
}

Status ArmorWriter::finish()
{
    AMANA_CHECK(write({}));
    QByteArray text;
    if (!m_waiting.isEmpty())
        text = std::exchange(m_waiting, {}).toBase64() + '\n';
    text += toQByteArray(kEnd) + '\n';
    return m_out(bytesOf(text));
}

} // namespace amana::crypto
