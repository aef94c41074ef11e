// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/csv/csv_columns.h"
#include "core/formats/csv/csv_text.h"
#include "core/formats/csv/csv_time.h"
#include "core/formats/format.h"

#include <string>
#include <vector>

namespace amana::formats::csv {

/// A header row and the rows that follow it.
struct Section {
    std::size_t header = 0; ///< index into CsvText::rows()
    std::size_t begin = 0;  ///< data rows [begin, end)
    std::size_t end = 0;
    std::vector<Column> columns;
    std::vector<DateOrder> orders; ///< for each column; Unknown where it is no date or cannot be told
    std::string glucoseUnit;       ///< "mg/dL" or "mmol/L" where the title names none and the values tell
};

/// A device export: preamble rows, then one table or several.
struct DeviceTable {
    CsvText text;
    std::vector<Section> sections;

    /// Finds the separator and the header rows. FormatUnknown when no row is a header.
    [[nodiscard]] static Result<DeviceTable> read(std::string_view body, const Limits &limits);
    /// The section of a row; nullptr for preamble, titles and blank rows.
    [[nodiscard]] const Section *sectionOf(std::size_t row) const;
};

/// "row[12].col3": record number from 1, column from 0.
[[nodiscard]] std::string cellPath(const Row &row, std::size_t column);

/// Fields of all cells that are not empty, and what is wrong with rows.
void readCells(const DeviceTable &table, records::Document &document, std::vector<Problem> &problems);

/// A number as devices write it ("5.6", "5,6", " 120 ").
[[nodiscard]] std::optional<double> numberOf(std::string text);

} // namespace amana::formats::csv
