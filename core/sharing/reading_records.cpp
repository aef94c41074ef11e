// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/reading_records.h"

#include "core/base/utf8.h"
#include "core/formats/csv/csv_reader.h"
#include "core/formats/fhir/source_lines.h"

#include <algorithm>
#include <utility>

namespace amana::sharing {

namespace {

using formats::csv::ColumnRole;
using formats::csv::CsvText;
using formats::csv::Row;

constexpr std::size_t kMaxRecord = std::size_t(1) << 20;
constexpr std::size_t kPieceBytes = std::size_t(1) << 20; ///< records are looked for in this much at a time
constexpr std::uint64_t kHeaderRecords = 60;              ///< where core/formats looks for the first titles
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Error::Params lineParams(std::uint64_t number)
{
    return {{"line", std::to_string(number)}};
}

tl::unexpected<Error> tooLarge(std::uint64_t line)
{
    return fail(ErrorCode::FormatTooLarge,
                {{"what", "line"}, {"limit", std::to_string(kMaxRecord)}, {"line", std::to_string(line)}});
}

std::string_view trimmed(std::string_view line)
{
    constexpr std::string_view kSpace = " \t\r";
    const std::size_t first = line.find_first_not_of(kSpace);
    return first == std::string_view::npos ? std::string_view()
                                           : line.substr(first, line.find_last_not_of(kSpace) - first + 1);
}

Status checkObservation(std::string_view line, std::size_t number)
{
    AMANA_TRY(const formats::fhir::JsonTree tree, formats::fhir::parseResource(line, formats::Limits{}, number));
    if (tree.memberText(0, "resourceType") != "Observation")
        return fail(ErrorCode::ReadingsUnsupported, {{"place", "line " + std::to_string(number)}});
    return {};
}

} // namespace

FhirLines::FhirLines(bool checked, TakeReading take) : m_checked(checked), m_take(std::move(take)) {}

Status FhirLines::takeLine(std::string_view line)
{
    if (++m_line == 1 && line.starts_with(kByteOrderMark))
        line.remove_prefix(kByteOrderMark.size());
    const std::string_view reading = trimmed(line);
    if (reading.empty())
        return {};
    if (m_checked)
        AMANA_CHECK(checkObservation(reading, m_line));
    return m_take(reading);
}

Status FhirLines::add(ByteView piece)
{
    std::string_view text = textOf(piece);
    for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1)) {
        if (m_rest.empty()) {
            AMANA_CHECK(takeLine(text.substr(0, end)));
            continue;
        }
        m_rest += text.substr(0, end);
        AMANA_CHECK(takeLine(m_rest));
        m_rest.clear();
    }
    if (m_rest.size() + text.size() > kMaxRecord)
        return tooLarge(m_line + 1);
    m_rest += text;
    return {};
}

Status FhirLines::finish()
{
    return takeLine(std::exchange(m_rest, {}));
}

CsvRecords::CsvRecords(ReadingLayout layout, bool learns, TakeReading take)
    : m_layout(std::move(layout)), m_learns(learns), m_take(std::move(take))
{
}

Result<char> CsvRecords::separatorOf(const QByteArray &head)
{
    std::string_view text = textOf(bytesOf(head));
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    const auto table = formats::csv::DeviceTable::read(text, formats::Limits{});
    if (!table)
        return fail(ErrorCode::ReadingsUnsupported, {{"place", "line 1"}});
    return table->text.separator();
}

Status CsvRecords::add(ByteView piece)
{
    m_rest += textOf(piece);
    return m_rest.size() < kPieceBytes ? Status() : takeRecords(false);
}

Status CsvRecords::finish()
{
    return takeRecords(true);
}

Status CsvRecords::takeRecords(bool atEnd)
{
    std::string_view body = m_rest;
    if (m_record == 0 && body.starts_with(kByteOrderMark))
        body.remove_prefix(kByteOrderMark.size());
    AMANA_TRY(const CsvText text, CsvText::parse(body, m_layout.separator, formats::Limits{}));
    // The last record may go on in the next piece: where it begins is where that one will begin.
    const std::size_t count = text.rows().size() - (atEnd || text.rows().empty() ? 0 : 1);
    const std::size_t end = count < text.rows().size() ? text.cell(text.rows()[count], 0).begin : body.size();
    if (body.size() - end > kMaxRecord)
        return tooLarge(m_record + count + 1);
    if (!isValidUtf8(body.substr(0, end)))
        return fail(ErrorCode::EncodingBadUtf8, lineParams(m_record + 1));
    for (std::size_t i = 0; i < count; ++i)
        AMANA_CHECK(takeRecord(text, text.rows()[i]));
    m_rest.erase(0, m_rest.size() - (body.size() - end));
    return {};
}

/// The titles of a table come first, or after a line "# …" (core/formats/csv).
bool CsvRecords::beginsTable(const CsvText &text, const Row &row)
{
    if (text.value(row, 0).starts_with('#')) {
        m_inTable = false;
        m_expectsTable = true;
    }
    std::vector<std::string> titles;
    for (std::size_t i = 0; i < row.cells; ++i)
        titles.push_back(text.value(row, i));
    if (m_learns && m_expectsTable && (m_table > 0 || m_record <= kHeaderRecords)) {
        ReadingLayout::Table table{m_record, {}};
        const auto columns = formats::csv::ColumnTable::instance().header(titles);
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i].role == ColumnRole::Value || columns[i].id == "amount")
                table.values.push_back(static_cast<std::uint32_t>(i));
        if (!table.values.empty())
            m_layout.tables.push_back(std::move(table));
    }
    if (m_table == m_layout.tables.size() || m_layout.tables[m_table].header != m_record)
        return false;
    ++m_table;
    m_inTable = true;
    m_expectsTable = false;
    m_titles = std::move(titles);
    return true;
}

Status CsvRecords::takeRecord(const CsvText &text, const Row &row)
{
    ++m_record;
    if (row.open)
        return fail(ErrorCode::FormatTruncated, lineParams(m_record));
    const bool mayBegin = m_expectsTable || text.value(row, 0).starts_with('#');
    if (mayBegin && beginsTable(text, row))
        return {};
    const auto measured = [&](std::uint32_t column) { return !text.value(row, column).empty(); };
    if (!m_inTable || std::ranges::none_of(m_layout.tables[m_table - 1].values, measured))
        return {};
    std::string reading = "[";
    for (std::size_t i = 0; i < row.cells; ++i) {
        const std::string value = text.value(row, i);
        if (value.empty())
            continue;
        reading += reading.size() == 1 ? "[" : ",[";
        appendJsonString(reading, i < m_titles.size() ? std::string_view(m_titles[i]) : std::string_view());
        reading += ',';
        appendJsonString(reading, value);
        reading += ']';
    }
    return m_take(reading + "]");
}

} // namespace amana::sharing
