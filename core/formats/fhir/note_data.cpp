// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/note_data.h"

#include "core/base/utf8.h"
#include "core/formats/fhir/element_table.h"

#include <QString>

#include <algorithm>
#include <cctype>

namespace amana::formats::fhir {

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::optional<NoteCharset> charsetOf(std::string_view contentType)
{
    const std::string text = lower(contentType);
    const auto at = text.find("charset=");
    if (at == std::string::npos)
        return NoteCharset::Utf8;
    std::string name = text.substr(at + 8);
    name.erase(std::remove_if(name.begin(), name.end(), [](char c) { return c == '"' || c == ' '; }), name.end());
    name = name.substr(0, name.find(';'));
    if (name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii")
        return NoteCharset::Utf8;
    if (name == "iso-8859-1" || name == "latin1" || name == "latin-1")
        return NoteCharset::Latin1;
    return std::nullopt;
}

/// A control character other than the usual white space: not a text.
bool hasControls(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
}

} // namespace

std::string mediaType(std::string_view contentType)
{
    std::string type = lower(contentType.substr(0, contentType.find(';')));
    type.erase(std::remove(type.begin(), type.end(), ' '), type.end());
    return type;
}

std::optional<NoteData> decodeNote(std::string_view base64, std::string_view contentType)
{
    const std::string type = mediaType(contentType);
    if (!type.empty() && !ElementTable::instance().isNoteType(type))
        return std::nullopt;
    const auto charset = charsetOf(contentType);
    if (!charset)
        return std::nullopt;
    QByteArray compact;
    compact.reserve(static_cast<qsizetype>(base64.size()));
    for (const char c : base64)
        if (std::isspace(static_cast<unsigned char>(c)) == 0)
            compact.append(c);
    const auto result = QByteArray::fromBase64Encoding(compact, QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    const QByteArray decoded = *result;
    const std::string_view bytes(decoded.constData(), static_cast<std::size_t>(decoded.size()));
    NoteData note{std::string(bytes), *charset};
    if (*charset == NoteCharset::Latin1)
        note.text = QString::fromLatin1(decoded).toStdString();
    // An entity such as &#74; would hide a name from every search; such HTML is treated as data that is not text.
    const bool hidden = type == "text/html" && note.text.find("&#") != std::string::npos;
    if (!isValidUtf8(note.text) || hasControls(note.text) || hidden)
        return std::nullopt;
    return note;
}

Result<std::string> encodeNote(std::string_view text, NoteCharset charset)
{
    QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    if (charset == NoteCharset::Latin1) {
        const std::u32string points = decodeUtf8(text);
        if (std::any_of(points.begin(), points.end(), [](char32_t c) { return c > 0xFF; }))
            return fail(ErrorCode::FormatEditFailed, {{"reason", "charset"}});
        bytes = QString::fromUtf8(bytes).toLatin1();
    }
    return bytes.toBase64().toStdString();
}

} // namespace amana::formats::fhir
