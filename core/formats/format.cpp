// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/format.h"

#include "core/formats/csv/csv_format.h"
#include "core/formats/fhir/fhir_format.h"
#include "core/formats/text/text_format.h"

namespace amana::formats {

namespace {

constexpr qsizetype kHead = qsizetype(64) << 10;

} // namespace

const std::vector<const Format *> &allFormats()
{
    static const fhir::FhirFormat fhirFormat;
    static const csv::CsvFormat csvFormat;
    static const text::TextFormat textFormat;
    static const std::vector<const Format *> all{&fhirFormat, &csvFormat, &textFormat};
    return all;
}

Result<const Format *> recogniseFormat(const QByteArray &bytes, const QString &name)
{
    const QByteArray head = bytes.left(kHead);
    if (head.trimmed().isEmpty() && bytes.trimmed().isEmpty())
        return fail(ErrorCode::FormatEmpty);
    for (const Format *format : allFormats())
        if (format->recognise(head, name))
            return format;
    return fail(ErrorCode::FormatUnknown);
}

Result<const Format *> formatOf(std::string_view documentFormat)
{
    const std::string_view family = documentFormat.substr(0, documentFormat.find('.'));
    for (const Format *format : allFormats())
        if (format->id() == family)
            return format;
    return fail(ErrorCode::FormatUnknown, {{"format", std::string(documentFormat)}});
}

Result<ReadOutcome> readSource(const QByteArray &bytes, const QString &name, const Limits &limits,
                               const Progress &progress)
{
    AMANA_TRY(const Format *format, recogniseFormat(bytes, name));
    return format->read(bytes, name, limits, progress);
}

Result<records::Document> openDocument(const QByteArray &bytes, std::string_view documentFormat, const Limits &limits)
{
    AMANA_TRY(const Format *format, formatOf(documentFormat));
    return format->open(bytes, documentFormat, limits);
}

Result<QByteArray> writeDocument(const records::Document &document, std::span<const records::Edit> edits)
{
    AMANA_TRY(const Format *format, formatOf(document.format));
    return format->write(document, edits);
}

Result<std::vector<records::Observation>> observationsOf(const QByteArray &released, std::string_view documentFormat,
                                                         const std::string &pseudonym)
{
    AMANA_TRY(const Format *format, formatOf(documentFormat));
    AMANA_TRY(const records::Document document, format->open(released, documentFormat, Limits{}));
    return format->observations(document, pseudonym);
}

std::string_view fileSuffix(std::string_view documentFormat)
{
    if (documentFormat == "fhir.ndjson")
        return "ndjson";
    if (documentFormat.starts_with("fhir."))
        return "json";
    return documentFormat.starts_with("csv.") ? "csv" : "txt";
}

} // namespace amana::formats
