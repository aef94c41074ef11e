// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/age_header.h"

#include "core/crypto/base64.h"
#include "core/crypto/hash.h"

#include <algorithm>

namespace amana::crypto {

namespace {

constexpr std::string_view kFamily = "age-encryption.org/";
constexpr std::string_view kIntro = "age-encryption.org/v1";
constexpr std::string_view kStanzaMark = "-> ";
constexpr std::string_view kMacMark = "---";
constexpr std::size_t kColumns = 64;

tl::unexpected<Error> malformed(const char *reason)
{
    return fail(ErrorCode::AgeMalformed, {{"reason", reason}});
}

bool isPrintable(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c <= 126; });
}

/// Lines are kept as they are read: the MAC covers the bytes, not their meaning.
class HeaderReader {
public:
    explicit HeaderReader(BufferedSource &in) : m_in(in) {}

    Status intro()
    {
        AMANA_TRY(const ByteView head, m_in.peek(kIntro.size() + 1));
        const std::string_view text(reinterpret_cast<const char *>(head.data()), head.size());
        if (!text.empty() && text.size() <= kIntro.size() && kIntro.starts_with(text))
            return fail(ErrorCode::AgeTruncated, {{"place", "header"}});
        if (text.starts_with(kIntro) && text.ends_with('\n')) {
            AMANA_CHECK(line());
            return {};
        }
        if (text.starts_with(kFamily) && text.find('\r') == std::string_view::npos)
            return fail(ErrorCode::AgeUnsupported, {{"reason", "version"}});
        return malformed("notAge");
    }

    Result<std::string> line()
    {
        AMANA_TRY(
            std::optional<std::string> text,
            m_in.line(kMaxHeaderSize - static_cast<std::size_t>(m_bytes.size()), ErrorCode::AgeMalformed));
        if (!text)
            return isPrintable(m_in.unfinishedLine()) ? fail(ErrorCode::AgeTruncated, {{"place", "header"}})
                                                      : malformed("line"); // ran on into the payload
        m_bytes.append(text->data(), static_cast<qsizetype>(text->size()));
        m_bytes.append('\n');
        if (static_cast<std::size_t>(m_bytes.size()) >= kMaxHeaderSize)
            return malformed("tooLong");
        return std::move(*text);
    }

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    BufferedSource &m_in;
    QByteArray m_bytes;
};

Result<AgeStanza> stanzaStart(std::string_view line)
{
    line.remove_prefix(kStanzaMark.size());
    std::vector<std::string> words;
    for (;;) {
        const std::size_t space = line.find(' ');
        const std::string_view word = line.substr(0, space);
        const bool printable =
            std::all_of(word.begin(), word.end(), [](char c) { return c >= 33 && c <= 126; });
        if (word.empty() || !printable)
            return malformed("stanzaArgument");
        words.emplace_back(word);
        if (space == std::string_view::npos)
            break;
        line.remove_prefix(space + 1);
    }
    AgeStanza stanza{std::move(words.front()), {}, {}};
    stanza.args.assign(std::make_move_iterator(words.begin() + 1), std::make_move_iterator(words.end()));
    return stanza;
}

/// Lines of 64 columns, ended by a shorter one, which may be empty.
Result<QByteArray> stanzaBody(HeaderReader &in)
{
    QByteArray body;
    for (;;) {
        AMANA_TRY(const std::string line, in.line());
        const std::optional<QByteArray> bytes = fromBase64Raw(line);
        if (line.size() > kColumns || !bytes)
            return malformed("stanzaBody");
        body += *bytes;
        if (line.size() < kColumns)
            return body;
    }
}

Digest headerMac(ByteView fileKey, ByteView authenticated)
{
    return hmacSha256(hkdfSha256(fileKey, {}, "header", 32).view(), authenticated);
}

} // namespace

Result<AgeHeader> readHeader(BufferedSource &in)
{
    HeaderReader reader(in);
    AMANA_CHECK(reader.intro());
    AgeHeader header;
    for (;;) {
        AMANA_TRY(const std::string line, reader.line());
        if (line.starts_with(kStanzaMark)) {
            AMANA_TRY(AgeStanza stanza, stanzaStart(line));
            AMANA_TRY(stanza.body, stanzaBody(reader));
            header.stanzas.push_back(std::move(stanza));
            continue;
        }
        if (!line.starts_with(std::string(kMacMark) + ' '))
            return malformed("line");
        const std::optional<QByteArray> mac =
            fromBase64Raw(std::string_view(line).substr(kMacMark.size() + 1));
        if (!mac || mac->size() != static_cast<qsizetype>(header.mac.size()) || header.stanzas.empty())
            return malformed("mac");
        std::copy(mac->begin(), mac->end(), header.mac.begin());
        const auto ending = static_cast<qsizetype>(line.size() + 1 - kMacMark.size());
        header.authenticated = reader.bytes().chopped(ending);
        return header;
    }
}

QByteArray writeHeader(const std::vector<AgeStanza> &stanzas, ByteView fileKey)
{
    std::string text(kIntro);
    text += '\n';
    for (const AgeStanza &stanza : stanzas) {
        text += kStanzaMark;
        text += stanza.type;
        for (const std::string &arg : stanza.args)
            text += ' ' + arg;
        text += '\n';
        std::string body = base64Raw(bytesOf(stanza.body));
        for (; body.size() >= kColumns; body.erase(0, kColumns))
            text += body.substr(0, kColumns) + '\n';
        text += body + '\n';
    }
    text += kMacMark;
    const Digest mac = headerMac(fileKey, bytesOf(text));
    text += ' ' + base64Raw(mac) + '\n';
    return QByteArray::fromStdString(text);
}

bool macFits(const AgeHeader &header, ByteView fileKey)
{
    const Digest expected = headerMac(fileKey, bytesOf(header.authenticated));
    return SecretBytes(ByteView(expected)).equals(header.mac);
}

} // namespace amana::crypto
