// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Readings as they are anchored: see READINGS.md, which defines the canonical form.
namespace amana::sharing {

/// What it takes to find the readings of a source again, whatever later versions of the program know about titles.
struct ReadingLayout {
    enum class Kind { FhirLines, CsvRecords };
    struct Table {
        std::uint64_t header = 0;           ///< number of the record with the titles, from 1
        std::vector<std::uint32_t> values;  ///< columns, from 0; a record is a reading when one of them is not empty
        bool operator==(const Table &) const = default;
    };

    Kind kind = Kind::FhirLines;
    char separator = ',';      ///< of CsvRecords
    std::vector<Table> tables; ///< of CsvRecords, in order

    bool operator==(const ReadingLayout &) const = default;
};

/// Gets each reading in its canonical form, in the order of the source; an error ends the reading.
using TakeReading = std::function<Status(std::string_view canonical)>;

/// Finds the readings in a source that comes in pieces of any size. Memory: a few MiB, whatever the size.
class ReadingSource {
public:
    /// Recognises the source and checks every record. `name`: the file's own name, breaks a tie.
    [[nodiscard]] static std::unique_ptr<ReadingSource> recognise(const QString &name, TakeReading take);
    /// Finds the same readings again.
    [[nodiscard]] static std::unique_ptr<ReadingSource> follow(const ReadingLayout &layout, TakeReading take);
    virtual ~ReadingSource() = default;

    /// ReadingsUnsupported{place}: no table of a device, no Observation. FormatTooLarge: a record of more than 1 MiB.
    /// FormatMalformed, FormatTruncated, EncodingBadUtf8 with their line; what `take` returns.
    [[nodiscard]] virtual Status add(ByteView piece) = 0;
    /// The end of the source; call once.
    [[nodiscard]] virtual Status finish() = 0;
    /// Complete after finish().
    [[nodiscard]] virtual const ReadingLayout &layout() const = 0;
};

/// RFC 8785, section 3.2.2.2: a JSON string with the shortest escapes. `text` is UTF-8.
void appendJsonString(std::string &out, std::string_view text);

} // namespace amana::sharing
