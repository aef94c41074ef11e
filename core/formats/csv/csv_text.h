// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/formats/format.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace amana::formats::csv {

/// One cell with its place. [begin, end) is everything between the separators; [innerBegin, innerEnd) is the value
/// without surrounding blanks and quotes.
struct Cell {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t innerBegin = 0;
    std::uint32_t innerEnd = 0;
    bool quoted = false;
};

struct Row {
    std::uint32_t firstCell = 0;
    std::uint32_t cells = 0;
    std::uint32_t number = 0; ///< record number, from 1
    bool open = false;        ///< a quote that never closes: the file is cut off here
};

/// Delimited text by RFC 4180, with what real exports do to it: blanks before a quote, LF or CRLF, a missing last
/// line end, rows of different lengths. The text is not copied and must outlive the table.
class CsvText {
public:
    /// FormatTooLarge (cells, one record).
    [[nodiscard]] static Result<CsvText> parse(std::string_view text, char separator, const Limits &limits);

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] char separator() const { return m_separator; }
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] const Cell &cell(const Row &row, std::size_t column) const { return m_cells[row.firstCell + column]; }
    [[nodiscard]] std::string value(const Row &row, std::size_t column) const; ///< quotes resolved; "" past the end

private:
    std::string_view m_text;
    char m_separator = ',';
    std::vector<Cell> m_cells;
    std::vector<Row> m_rows;
};

/// A cell's inside for `value`: quoted when it was quoted or must be.
[[nodiscard]] std::string cellText(std::string_view value, char separator, bool quoted);

} // namespace amana::formats::csv
