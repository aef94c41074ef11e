// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/records/document.h"
#include "core/records/observation.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace amana::formats {

/// What one source may take at most. A breach is FormatTooLarge or FormatTooDeep with `what`, `limit` and a place,
/// never a crash and never silence.
struct Limits {
    qint64 fileBytes = qint64(512) << 20;
    qint64 lineBytes = qint64(64) << 20; ///< one NDJSON line, one CSV record
    std::size_t depth = 64;              ///< nested JSON containers; R4 resources need fewer than 20
    std::size_t values = 4'000'000;      ///< JSON values of one resource or bundle, CSV cells of one file
    std::size_t subjects = 20'000;
    std::size_t problems = 1'000;        ///< kept one by one; later ones are only counted
};

/// One record that could not be read, or that a person should look at. The rest of the source was read.
struct Problem {
    std::string place; ///< "line 4", "row 4", "entry[3].resource": never patient text
    Error error;
};

struct ReadOutcome {
    std::vector<records::Document> documents; ///< one per subject, and one without subject when records belong to no one
    std::vector<Problem> problems;
    std::size_t records = 0;                  ///< resources, rows or notes that were read
    std::size_t problemCount = 0;             ///< all problems, also those above Limits::problems
};

/// A file format: recognises, reads fields, writes edits. Stateless: every function is thread-safe.
class Format {
public:
    virtual ~Format() = default;

    /// "fhir", "csv", "text": the family. Document::format names the shape within it ("fhir.ndjson").
    [[nodiscard]] virtual std::string_view id() const = 0;

    /// By content; `name` (the file's own name) only breaks a tie. `head` is the first 64 KiB or the whole.
    [[nodiscard]] virtual bool recognise(const QByteArray &head, const QString &name) const = 0;

    /// Reads a source and parts it by subject. Bytes of each Document are the source's own bytes, in order; where
    /// records of other subjects were left out, exactly those records and their separators are missing.
    /// Document::id is empty and Subject::key is set by the library, save for "" = belongs to no one.
    /// FormatEmpty, FormatTruncated, FormatMalformed, FormatWrongType, FormatTooDeep, FormatTooLarge,
    /// EncodingBadUtf8: nothing of the source can be used. Cancelled.
    [[nodiscard]] virtual Result<ReadOutcome> read(const QByteArray &bytes, const QString &name, const Limits &limits,
                                                   const Progress &progress) const = 0;

    /// Reads bytes of a Document that read() made, or that write() returned, as one Document, never parted.
    [[nodiscard]] virtual Result<records::Document> open(const QByteArray &bytes, std::string_view documentFormat,
                                                         const Limits &limits) const = 0;

    /// Applies the edits whose decision is Accepted or Added and leaves every other byte as it is: JSON numbers
    /// digit for digit, escapes, white space, CSV quoting. A note in base64 is encoded again only when an edit touches
    /// it. Remove takes a JSON member or array item with exactly one comma (and its container when it would be
    /// left empty); a CSV cell is emptied, a column whose cells and title are all removed goes with its separators.
    /// The result is always valid in its format. FormatEditFailed{path}: unknown path, span outside the text,
    /// overlapping edits, or a replacement that the place cannot hold.
    [[nodiscard]] virtual Result<QByteArray> write(const records::Document &document,
                                                   std::span<const records::Edit> edits) const = 0;

    /// Measured values of a *released* document, for charts and learning. Digits, units and times as written.
    [[nodiscard]] virtual Result<std::vector<records::Observation>> observations(const records::Document &released,
                                                                                 const std::string &pseudonym) const = 0;
};

/// All formats, in the order in which they are asked.
[[nodiscard]] const std::vector<const Format *> &allFormats();

/// The format of a source, by its content. FormatEmpty, FormatUnknown.
[[nodiscard]] Result<const Format *> recogniseFormat(const QByteArray &bytes, const QString &name);

/// The format that reads and writes a Document of this kind ("fhir.bundle", "csv.device", …); FormatUnknown.
[[nodiscard]] Result<const Format *> formatOf(std::string_view documentFormat);

/// Recognise and read in one go. `name` becomes Document::sourceName.
[[nodiscard]] Result<ReadOutcome> readSource(const QByteArray &bytes, const QString &name, const Limits &limits = {},
                                             const Progress &progress = {});

/// One Document from its own bytes, never parted by subject. FormatUnknown and what Format::open returns.
[[nodiscard]] Result<records::Document> openDocument(const QByteArray &bytes, std::string_view documentFormat,
                                                     const Limits &limits = {});

/// Format::write of the document's own format.
[[nodiscard]] Result<QByteArray> writeDocument(const records::Document &document, std::span<const records::Edit> edits);

/// Opens released bytes and takes the measured values out.
[[nodiscard]] Result<std::vector<records::Observation>> observationsOf(const QByteArray &released,
                                                                       std::string_view documentFormat,
                                                                       const std::string &pseudonym);

/// The usual file name ending, without dot: "json", "ndjson", "csv", "txt".
[[nodiscard]] std::string_view fileSuffix(std::string_view documentFormat);

} // namespace amana::formats
