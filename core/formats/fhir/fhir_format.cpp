// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/fhir/fhir_format.h"

#include "core/formats/fhir/document_parts.h"
#include "core/formats/fhir/json_edit.h"
#include "core/formats/fhir/source_lines.h"

#include <simdjson.h>

#include <charconv>
#include <set>

namespace amana::formats::fhir {

using records::Document;
using records::Edit;

namespace {

/// "line[12].name[0].family" → 12.
std::optional<std::size_t> lineOfPath(const std::string &path)
{
    if (!path.starts_with("line["))
        return std::nullopt;
    std::size_t line = 0;
    const auto [end, error] = std::from_chars(path.data() + 5, path.data() + path.size(), line);
    return error == std::errc() && *end == ']' ? std::optional(line) : std::nullopt;
}

/// Edits one resource of the document; `offset` is where its text starts in the body.
Status patchResource(std::string_view text, std::size_t offset, const std::string &prefix,
                     std::map<std::string, FieldEdits> &edits, std::vector<Patch> &patches)
{
    AMANA_TRY(const JsonTree tree, parseResource(text, Limits{}));
    const auto fields = readFields(tree, 0, prefix, fullUrlTypes(tree));
    AMANA_TRY(auto own, editPatches(tree, fields, edits));
    AMANA_TRY(const QByteArray result, applyPatches(text, own));
    // The program's own promise, checked each time: what is written is still JSON.
    if (!JsonTree::parse({result.constData(), static_cast<std::size_t>(result.size())}, Limits{}))
        return fail(ErrorCode::FormatEditFailed, {{"path", prefix}, {"reason", "invalidResult"}});
    for (Patch &patch : own)
        patches.push_back({patch.begin + offset, patch.end + offset, std::move(patch.bytes)});
    return {};
}

Status patchLines(std::string_view body, std::map<std::string, FieldEdits> &edits, std::vector<Patch> &patches)
{
    std::set<std::size_t> touched;
    for (const auto &[path, edit] : edits)
        if (const auto line = lineOfPath(path))
            touched.insert(*line);
    const std::vector<SourceLine> lines = linesOf(body);
    for (const std::size_t index : touched) {
        if (index >= lines.size())
            continue; // stays in `edits`: reported as an unknown path
        AMANA_CHECK(patchResource(lines[index].text, lines[index].begin, "line[" + std::to_string(index) + "]", edits,
                                  patches));
    }
    return {};
}

} // namespace

bool FhirFormat::recognise(const QByteArray &head, const QString &) const
{
    const std::string_view body = bodyOf(head);
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && body[start] == '{';
}

Result<ReadOutcome> FhirFormat::read(const QByteArray &bytes, const QString &name, const Limits &limits,
                                     const Progress &progress) const
{
    if (bytes.size() > limits.fileBytes)
        return fail(ErrorCode::FormatTooLarge, {{"what", "file"}, {"limit", std::to_string(limits.fileBytes)}});
    const std::string_view body = bodyOf(bytes);
    if (isBlank(body))
        return fail(ErrorCode::FormatEmpty);
    ReadOutcome outcome;
    if (isNdjson(body, name, limits))
        AMANA_CHECK(readLines(bytes, limits, progress, outcome));
    else
        AMANA_CHECK(readSingle(bytes, limits, progress, outcome));
    for (Document &document : outcome.documents)
        document.sourceName = name.toStdString();
    return outcome;
}

Result<Document> FhirFormat::open(const QByteArray &bytes, std::string_view documentFormat,
                                  const Limits &limits) const
{
    if (isBlank(bodyOf(bytes)))
        return fail(ErrorCode::FormatEmpty);
    return wholeDocument(bytes, documentFormat, limits);
}

Result<QByteArray> FhirFormat::write(const Document &document, std::span<const Edit> edits) const
{
    AMANA_TRY(auto byPath, activeEdits(edits));
    const std::string_view body = bodyOf(document.bytes);
    std::vector<Patch> patches;
    if (document.format == "fhir.ndjson")
        AMANA_CHECK(patchLines(body, byPath, patches));
    else if (!byPath.empty())
        AMANA_CHECK(patchResource(body, 0, {}, byPath, patches));
    if (!byPath.empty())
        return fail(ErrorCode::FormatEditFailed, {{"path", byPath.begin()->first}, {"reason", "path"}});
    AMANA_TRY(QByteArray result, applyPatches(body, std::move(patches)));
    return document.bytes.left(document.bytes.size() - static_cast<qsizetype>(body.size())) + result;
}

} // namespace amana::formats::fhir
