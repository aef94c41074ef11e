// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv/csv_format.h"

#include "core/base/utf8.h"
#include "core/formats/csv/csv_reader.h"
#include "core/formats/text_edit.h"

#include <simdjson.h>

#include <charconv>
#include <set>

namespace amana::formats::csv {

using records::Document;
using records::Observation;

namespace {

std::string_view bodyOf(const QByteArray &bytes)
{
    std::string_view body(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (body.starts_with("\xEF\xBB\xBF"))
        body.remove_prefix(3);
    return body;
}

Result<DeviceTable> tableOf(const QByteArray &bytes, const Limits &limits)
{
    const std::string_view body = bodyOf(bytes);
    if (bytes.size() > limits.fileBytes)
        return fail(ErrorCode::FormatTooLarge, {{"what", "file"}, {"limit", std::to_string(limits.fileBytes)}});
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return fail(ErrorCode::FormatEmpty);
    if (!simdjson::validate_utf8(body.data(), body.size()))
        return fail(ErrorCode::EncodingBadUtf8, {{"line", "1"}});
    return DeviceTable::read(body, limits);
}

using CellKey = std::pair<std::size_t, std::size_t>; ///< row index, column

/// "row[12].col3" → index 11, column 3.
std::optional<CellKey> cellOfPath(const std::string &path)
{
    if (!path.starts_with("row["))
        return std::nullopt;
    const char *end = path.data() + path.size();
    std::size_t row = 0;
    std::size_t column = 0;
    const auto first = std::from_chars(path.data() + 4, end, row);
    constexpr std::string_view kMiddle = "].col";
    if (first.ec != std::errc() || !std::string_view(first.ptr, end).starts_with(kMiddle) || row == 0)
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + kMiddle.size(), end, column);
    return second.ec == std::errc() && second.ptr == end ? std::optional(CellKey{row - 1, column}) : std::nullopt;
}

/// Removes cells: whole columns with their separators, single cells by emptying them.
class CellRemover {
public:
    CellRemover(const DeviceTable &table, const std::set<CellKey> &removed) : m_table(table), m_removed(removed) {}

    void run(std::vector<Patch> &patches) const
    {
        std::set<CellKey> left = m_removed;
        for (const Section &section : m_table.sections) {
            const std::set<std::size_t> columns = goneColumns(section);
            if (columns.empty())
                continue;
            dropColumns(section.header, columns, patches, left);
            for (std::size_t row = section.begin; row < section.end; ++row)
                dropColumns(row, columns, patches, left);
        }
        for (const auto &[row, column] : left) {
            const Cell &cell = m_table.text.cell(m_table.text.rows()[row], column);
            patches.push_back({cell.begin, cell.end, {}});
        }
    }

private:
    bool isGone(std::size_t row, std::size_t column) const
    {
        return m_removed.contains({row, column}) || m_table.text.value(m_table.text.rows()[row], column).empty();
    }

    std::set<std::size_t> goneColumns(const Section &section) const
    {
        std::set<std::size_t> columns;
        for (std::size_t c = 0; c < section.columns.size(); ++c) {
            bool gone = m_removed.contains({section.header, c});
            for (std::size_t row = section.begin; row < section.end && gone; ++row)
                gone = isGone(row, c);
            if (gone)
                columns.insert(c);
        }
        return columns;
    }

    void dropColumns(std::size_t index, const std::set<std::size_t> &columns, std::vector<Patch> &patches,
                     std::set<CellKey> &left) const
    {
        const Row &row = m_table.text.rows()[index];
        for (std::size_t c = 0; c < row.cells; ++c) {
            if (!columns.contains(c))
                continue;
            std::size_t last = c;
            while (last + 1 < row.cells && columns.contains(last + 1))
                ++last;
            std::size_t begin = m_table.text.cell(row, c).begin;
            std::size_t end = m_table.text.cell(row, last).end;
            if (c > 0)
                begin = m_table.text.cell(row, c - 1).end;
            else if (last + 1 < row.cells)
                end = m_table.text.cell(row, last + 1).begin;
            patches.push_back({begin, end, {}});
            for (; c <= last; ++c)
                left.erase({index, c});
            c = last;
        }
    }

    const DeviceTable &m_table;
    const std::set<CellKey> &m_removed;
};

Observation measured(const Section &section, std::size_t c, const std::string &value, const std::string &title)
{
    const Column &column = section.columns[c];
    Observation seen;
    seen.label = title;
    seen.loinc = column.loinc;
    seen.ucum = column.ucum;
    seen.unitText = column.unitText;
    seen.valueText = value;
    seen.value = numberOf(value);
    if (column.guessGlucoseUnit && !section.glucoseUnit.empty()) {
        seen.ucum = seen.unitText = section.glucoseUnit;
        seen.loinc = section.glucoseUnit == "mg/dL" ? "2339-0" : "15074-8"; // LOINC: mass and moles in blood
    }
    return seen;
}

class ObservationReader {
public:
    ObservationReader(const DeviceTable &table, std::string pseudonym)
        : m_table(table), m_pseudonym(std::move(pseudonym))
    {
    }

    std::vector<Observation> run()
    {
        for (const Section &section : m_table.sections)
            for (std::size_t row = section.begin; row < section.end; ++row)
                readRow(section, m_table.text.rows()[row]);
        return std::move(m_found);
    }

private:
    std::string timeOf(const Section &section, const Row &row) const
    {
        std::string day;
        std::string clock;
        for (std::size_t c = 0; c < section.columns.size(); ++c) {
            const std::string text = m_table.text.value(row, c);
            const ColumnRole role = section.columns[c].role;
            const auto parts = role == ColumnRole::Other || role == ColumnRole::Value ? std::nullopt : readDate(text);
            if (parts && role != ColumnRole::Date)
                return isoTime(*parts, section.orders[c], text);
            if (parts && day.empty())
                day = isoTime(*parts, section.orders[c], text);
            if (role == ColumnRole::Clock && clock.empty())
                clock = clock24(text);
        }
        return day.empty() || clock.empty() || day.find('T') != std::string::npos ? day : day + "T" + clock;
    }

    void readRow(const Section &section, const Row &row)
    {
        const ColumnTable &columns = ColumnTable::instance();
        for (std::size_t c = 0; c < section.columns.size(); ++c)
            if (section.columns[c].id == "eventType" && !columns.isMeasured(foldTitle(m_table.text.value(row, c))))
                return;
        const std::string time = timeOf(section, row);
        for (std::size_t c = 0; c < section.columns.size(); ++c) {
            const std::string value = m_table.text.value(row, c);
            if (section.columns[c].role != ColumnRole::Value || value.empty())
                continue;
            if (!numberOf(value) && !columns.isOutOfRange(foldTitle(value)))
                continue;
            Observation seen = measured(section, c, value, m_table.text.value(m_table.text.rows()[section.header], c));
            seen.subject = m_pseudonym;
            seen.time = time;
            m_found.push_back(std::move(seen));
        }
    }

    const DeviceTable &m_table;
    std::string m_pseudonym;
    std::vector<Observation> m_found;
};

Document documentOf(const QByteArray &bytes, std::string_view format, const DeviceTable &table,
                    std::vector<Problem> &problems)
{
    Document document;
    document.format = format;
    document.bytes = bytes;
    readCells(table, document, problems);
    return document;
}

} // namespace

bool CsvFormat::recognise(const QByteArray &head, const QString &) const
{
    return DeviceTable::read(bodyOf(head), Limits{}).has_value();
}

Result<ReadOutcome> CsvFormat::read(const QByteArray &bytes, const QString &name, const Limits &limits,
                                    const Progress &) const
{
    AMANA_TRY(const DeviceTable table, tableOf(bytes, limits));
    ReadOutcome outcome;
    std::vector<Problem> problems;
    outcome.documents.push_back(documentOf(bytes, "csv.device", table, problems));
    outcome.documents.front().sourceName = name.toStdString();
    for (const Section &section : table.sections)
        outcome.records += section.end - section.begin;
    outcome.problemCount = problems.size();
    if (problems.size() > limits.problems)
        problems.erase(problems.begin() + static_cast<std::ptrdiff_t>(limits.problems), problems.end());
    outcome.problems = std::move(problems);
    return outcome;
}

Result<Document> CsvFormat::open(const QByteArray &bytes, std::string_view documentFormat, const Limits &limits) const
{
    AMANA_TRY(const DeviceTable table, tableOf(bytes, limits));
    std::vector<Problem> problems;
    return documentOf(bytes, documentFormat, table, problems);
}

Result<QByteArray> CsvFormat::write(const Document &document, std::span<const records::Edit> edits) const
{
    AMANA_TRY(auto byPath, activeEdits(edits));
    if (byPath.empty())
        return document.bytes;
    AMANA_TRY(const DeviceTable table, tableOf(document.bytes, Limits{}));
    const auto &rows = table.text.rows();
    std::vector<Patch> patches;
    std::set<CellKey> removed;
    for (auto &[path, field] : byPath) {
        const auto key = cellOfPath(path);
        if (!key || key->first >= rows.size() || table.text.value(rows[key->first], key->second).empty())
            return fail(ErrorCode::FormatEditFailed, {{"path", path}, {"reason", "path"}});
        const std::string value = table.text.value(rows[key->first], key->second);
        AMANA_CHECK(settle(field, path, codePointCount(value)));
        if (field.remove) {
            removed.insert(*key);
            continue;
        }
        const Cell &cell = table.text.cell(rows[key->first], key->second);
        const char separator = table.text.separator();
        std::string inside = cellText(editedText(value, field), separator, cell.quoted);
        if (cell.quoted)
            inside = inside.substr(1, inside.size() - 2);
        patches.push_back({cell.innerBegin, cell.innerEnd, std::move(inside)});
    }
    CellRemover(table, removed).run(patches);
    AMANA_TRY(const QByteArray result, applyPatches(table.text.text(), std::move(patches)));
    return document.bytes.left(document.bytes.size() - static_cast<qsizetype>(table.text.text().size())) + result;
}

Result<std::vector<Observation>> CsvFormat::observations(const Document &released, const std::string &pseudonym) const
{
    AMANA_TRY(const DeviceTable table, tableOf(released.bytes, Limits{}));
    return ObservationReader(table, pseudonym).run();
}

} // namespace amana::formats::csv
