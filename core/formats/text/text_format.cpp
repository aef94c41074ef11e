// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text/text_format.h"

#include "core/base/utf8.h"
#include "core/formats/text/note_heads.h"
#include "core/formats/text_edit.h"

#include <QFileInfo>

#include <simdjson.h>

#include <algorithm>
#include <array>

namespace amana::formats::text {

using records::Document;

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

std::string_view bodyOf(const QByteArray &bytes)
{
    std::string_view body(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (body.starts_with(kBom))
        body.remove_prefix(kBom.size());
    return body;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The start of another format: reading it as prose would let its identifiers through.
bool looksStructured(std::string_view body)
{
    static constexpr std::array<std::string_view, 9> kStarts{"<", "{", "[", "MSH|", "FHS|", "BHS|", "ISA*", "%PDF", "0       "};
    const std::string_view text = body.substr(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
    return std::any_of(kStarts.begin(), kStarts.end(),
                       [&](std::string_view start) { return text.starts_with(start) || body.starts_with(start); });
}

} // namespace

bool TextFormat::recognise(const QByteArray &head, const QString &name) const
{
    static constexpr std::array<const char *, 5> kSuffixes{"", "txt", "text", "md", "note"};
    const QString suffix = QFileInfo(name).suffix().toLower();
    const bool named = std::any_of(kSuffixes.begin(), kSuffixes.end(),
                                   [&suffix](const char *known) { return suffix == QLatin1String(known); });
    const std::string_view body = bodyOf(head);
    const bool controls = std::any_of(body.begin(), body.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    return named && !controls && !isBlank(body) && !looksStructured(body);
}

Result<ReadOutcome> TextFormat::read(const QByteArray &bytes, const QString &name, const Limits &limits,
                                     const Progress &) const
{
    AMANA_TRY(Document document, open(bytes, "text.note", limits));
    document.sourceName = name.toStdString();
    ReadOutcome outcome;
    outcome.records = 1;
    outcome.documents.push_back(std::move(document));
    return outcome;
}

Result<Document> TextFormat::open(const QByteArray &bytes, std::string_view documentFormat, const Limits &limits) const
{
    // A note is read by people: beyond this it is some other data.
    const qint64 limit = std::min<qint64>(limits.fileBytes, qint64(16) << 20);
    if (bytes.size() > limit)
        return fail(ErrorCode::FormatTooLarge, {{"what", "file"}, {"limit", std::to_string(limit)}});
    const std::string_view body = bodyOf(bytes);
    if (isBlank(body))
        return fail(ErrorCode::FormatEmpty);
    if (!simdjson::validate_utf8(body.data(), body.size()))
        return fail(ErrorCode::EncodingBadUtf8, {{"line", "1"}});
    Document document;
    document.format = documentFormat;
    document.bytes = bytes;
    document.fields.push_back({"text", records::FieldKind::FreeText, std::string(body), "note.text"});
    collectNoteSubject(body, document.subject);
    return document;
}

Result<QByteArray> TextFormat::write(const Document &document, std::span<const records::Edit> edits) const
{
    AMANA_TRY(auto byPath, activeEdits(edits));
    const std::string_view body = bodyOf(document.bytes);
    const QByteArray bom = document.bytes.left(document.bytes.size() - static_cast<qsizetype>(body.size()));
    for (auto &[path, field] : byPath) {
        if (path != "text")
            return fail(ErrorCode::FormatEditFailed, {{"path", path}, {"reason", "path"}});
        AMANA_CHECK(settle(field, path, codePointCount(body)));
        return bom + (field.remove ? QByteArray() : QByteArray::fromStdString(editedText(body, field)));
    }
    return document.bytes;
}

Result<std::vector<records::Observation>> TextFormat::observations(const Document &, const std::string &) const
{
    return std::vector<records::Observation>{}; // values in prose are for learning, not for extraction
}

} // namespace amana::formats::text
