// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv/csv_text.h"

namespace amana::formats::csv {

namespace {

class Scanner {
public:
    Scanner(std::string_view text, char separator) : m_text(text), m_separator(separator) {}

    [[nodiscard]] bool atEnd() const { return m_pos >= m_text.size(); }
    [[nodiscard]] std::size_t pos() const { return m_pos; }

    /// Reads one cell and stops at its separator, line end or the end of the text.
    Cell readCell(bool &open)
    {
        Cell cell;
        cell.begin = at();
        skipBlanks();
        cell.quoted = !atEnd() && m_text[m_pos] == '"';
        if (cell.quoted)
            readQuoted(cell, open);
        else
            readPlain(cell);
        cell.end = at();
        return cell;
    }

    /// Moves past a separator; false at the end of the record, which it moves past as well.
    bool nextCell()
    {
        if (!atEnd() && m_text[m_pos] == m_separator) {
            ++m_pos;
            return true;
        }
        if (!atEnd() && m_text[m_pos] == '\r')
            ++m_pos;
        if (!atEnd() && m_text[m_pos] == '\n')
            ++m_pos;
        return false;
    }

private:
    [[nodiscard]] std::uint32_t at() const { return static_cast<std::uint32_t>(m_pos); }
    [[nodiscard]] bool isEnd(char c) const { return c == m_separator || c == '\n' || c == '\r'; }

    void skipBlanks()
    {
        while (!atEnd() && (m_text[m_pos] == ' ' || (m_text[m_pos] == '\t' && m_separator != '\t')))
            ++m_pos;
    }

    void readPlain(Cell &cell)
    {
        cell.innerBegin = at();
        while (!atEnd() && !isEnd(m_text[m_pos]))
            ++m_pos;
        cell.innerEnd = at();
        while (cell.innerEnd > cell.innerBegin && (m_text[cell.innerEnd - 1] == ' ' || m_text[cell.innerEnd - 1] == '\t'))
            --cell.innerEnd;
    }

    void readQuoted(Cell &cell, bool &open)
    {
        cell.innerBegin = static_cast<std::uint32_t>(++m_pos);
        for (;; ++m_pos) {
            if (atEnd()) {
                open = true;
                cell.innerEnd = at();
                return;
            }
            if (m_text[m_pos] != '"')
                continue;
            if (m_pos + 1 < m_text.size() && m_text[m_pos + 1] == '"') {
                ++m_pos;
                continue;
            }
            break;
        }
        cell.innerEnd = at();
        ++m_pos;
        // Anything between the closing quote and the separator is not a value, but its bytes belong to the cell.
        while (!atEnd() && !isEnd(m_text[m_pos]))
            ++m_pos;
    }

    std::string_view m_text;
    char m_separator;
    std::size_t m_pos = 0;
};

Result<CsvText> tooLarge(const char *what, std::size_t limit, std::size_t row)
{
    return fail(ErrorCode::FormatTooLarge,
                {{"what", what}, {"limit", std::to_string(limit)}, {"line", std::to_string(row)}});
}

} // namespace

Result<CsvText> CsvText::parse(std::string_view text, char separator, const Limits &limits)
{
    if (text.size() >= 0xffffffffU)
        return tooLarge("file", 0xffffffffU, 0);
    CsvText table;
    table.m_text = text;
    table.m_separator = separator;
    Scanner scanner(text, separator);
    while (!scanner.atEnd()) {
        Row row;
        row.firstCell = static_cast<std::uint32_t>(table.m_cells.size());
        row.number = static_cast<std::uint32_t>(table.m_rows.size() + 1);
        const std::size_t begin = scanner.pos();
        do {
            table.m_cells.push_back(scanner.readCell(row.open));
            if (table.m_cells.size() > limits.values)
                return tooLarge("values", limits.values, row.number);
        } while (scanner.nextCell());
        if (scanner.pos() - begin > static_cast<std::size_t>(limits.lineBytes))
            return tooLarge("line", static_cast<std::size_t>(limits.lineBytes), row.number);
        row.cells = static_cast<std::uint32_t>(table.m_cells.size()) - row.firstCell;
        table.m_rows.push_back(row);
    }
    return table;
}

std::string CsvText::value(const Row &row, std::size_t column) const
{
    if (column >= row.cells)
        return {};
    const Cell &c = cell(row, column);
    std::string inside(m_text.substr(c.innerBegin, c.innerEnd - c.innerBegin));
    if (!c.quoted)
        return inside;
    std::string out;
    out.reserve(inside.size());
    for (std::size_t i = 0; i < inside.size(); ++i) {
        out.push_back(inside[i]);
        if (inside[i] == '"')
            ++i;
    }
    return out;
}

std::string cellText(std::string_view value, char separator, bool quoted)
{
    const bool needs = value.find_first_of("\"\r\n") != std::string_view::npos
                       || value.find(separator) != std::string_view::npos;
    if (!quoted && !needs)
        return std::string(value);
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"')
            out.push_back('"');
        out.push_back(c);
    }
    return out + "\"";
}

} // namespace amana::formats::csv
