// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv/csv_reader.h"

#include "core/formats/person_names.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace amana::formats::csv {

using records::FieldKind;

namespace {

constexpr std::size_t kHeaderRows = 60; ///< a header further down is looked for only after a section title

std::vector<std::string> valuesOf(const CsvText &text, const Row &row)
{
    std::vector<std::string> values;
    for (std::size_t i = 0; i < row.cells; ++i)
        values.push_back(text.value(row, i));
    return values;
}

bool isBlankRow(const std::vector<std::string> &values)
{
    return std::all_of(values.begin(), values.end(), [](const std::string &v) { return v.empty(); });
}

/// "# CGM ENTRIES": a title between two tables, which may hold separators of its own.
bool isSectionTitle(const std::string &firstCell)
{
    return firstCell.starts_with("#") && firstCell.size() > 1;
}

std::vector<Section> findSections(const CsvText &text)
{
    std::vector<Section> sections;
    bool open = false;      // rows belong to the last section
    bool expecting = true;  // a header may come
    for (std::size_t i = 0; i < text.rows().size(); ++i) {
        const Row &row = text.rows()[i];
        if (isSectionTitle(text.value(row, 0))) {
            open = false;
            expecting = true;
        }
        if (expecting && (open || i < kHeaderRows || !sections.empty())) {
            auto columns = ColumnTable::instance().header(valuesOf(text, row));
            if (!columns.empty()) {
                sections.push_back({i, i + 1, i + 1, std::move(columns), {}, {}});
                open = true;
                expecting = false;
                continue;
            }
        }
        if (open)
            sections.back().end = i + 1;
    }
    return sections;
}

DateOrder orderOf(const CsvText &text, const Section &section, std::size_t column)
{
    std::set<DateOrder> proven;
    bool twelveHour = false;
    for (std::size_t i = section.begin; i < section.end; ++i) {
        const Row &row = text.rows()[i];
        if (const auto parts = readDate(text.value(row, column))) {
            twelveHour = twelveHour || parts->twelveHour;
            if (const DateOrder order = provenOrder(*parts); order != DateOrder::Unknown)
                proven.insert(order);
        }
        for (std::size_t c = 0; c < section.columns.size() && !twelveHour; ++c)
            if (section.columns[c].role == ColumnRole::Clock)
                twelveHour = text.value(row, c).find_first_of("PpAa") != std::string::npos;
    }
    if (proven.size() == 1)
        return *proven.begin();
    // Twelve-hour clocks are written where the month comes first.
    return proven.empty() && twelveHour ? DateOrder::MonthFirst : DateOrder::Unknown;
}

/// No meter shows 34 or more in mmol/L, or less than 34 in mg/dL with every one of its values.
std::string glucoseUnitOf(const CsvText &text, const Section &section, std::size_t column)
{
    bool low = false;
    bool high = false;
    for (std::size_t i = section.begin; i < section.end; ++i) {
        if (const auto value = numberOf(text.value(text.rows()[i], column)))
            (*value < 34 ? low : high) = true;
    }
    return low == high ? std::string() : low ? "mmol/L" : "mg/dL";
}

/// Turns cells into fields.
class CellReader {
public:
    CellReader(const DeviceTable &table, records::Document &document, std::vector<Problem> &problems)
        : m_table(table), m_document(document), m_problems(problems)
    {
    }

    void run()
    {
        for (const Section &section : m_table.sections)
            reportDates(section);
        const auto &rows = m_table.text.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::vector<std::string> values = valuesOf(m_table.text, rows[i]);
            if (isBlankRow(values))
                continue;
            const Section *section = m_table.sectionOf(i);
            if (rows[i].open)
                readDamaged(rows[i], values);
            else if (section == nullptr)
                readPreamble(rows[i], values);
            else if (i == section->header)
                readHeader(rows[i], values, *section);
            else
                readData(rows[i], values, *section);
        }
        const std::string name = m_firstName + (m_firstName.empty() || m_lastName.empty() ? "" : " ") + m_lastName;
        records::Subject &subject = m_document.subject;
        addOnce(subject.names, name);
        addOnce(subject.links, bornLink(subject.birthDate, {m_firstName, m_lastName}));
        if (!m_fullName.empty())
            addOnce(subject.links, bornLink(subject.birthDate, nameParts(m_fullName)));
    }

private:
    void add(const Row &row, std::size_t column, FieldKind kind, const std::string &text, const std::string &element)
    {
        if (text.empty())
            return;
        m_document.fields.push_back({cellPath(row, column), kind, text, "csv." + element});
        records::Subject &subject = m_document.subject;
        if (kind == FieldKind::PatientName) {
            addOnce(subject.names, text);
            for (std::string &part : nameParts(text))
                addOnce(subject.names, std::move(part));
            if (nameParts(text).size() > 1)
                m_fullName = text;
        } else if (kind == FieldKind::RecordId) {
            addOnce(subject.identifiers, text);
        } else if (kind == FieldKind::BirthDate && subject.birthDate.empty()) {
            if (const auto parts = readDate(text))
                subject.birthDate = isoTime(*parts, provenOrder(*parts), text).substr(0, 10);
        } else if (kind == FieldKind::DeviceId && text.size() > 5) {
            addOnce(subject.otherKnown, text);
        }
    }

    void problem(const Row &row, ErrorCode code, const std::string &column)
    {
        m_problems.push_back({"row " + std::to_string(row.number),
                              Error(code, {{"line", std::to_string(row.number)}, {"column", column}})});
    }

    void reportDates(const Section &section)
    {
        for (std::size_t c = 0; c < section.columns.size(); ++c) {
            const ColumnRole role = section.columns[c].role;
            const bool date = role == ColumnRole::Time || role == ColumnRole::Date;
            bool any = false;
            for (std::size_t i = section.begin; i < section.end && date && !any; ++i)
                any = readDate(m_table.text.value(m_table.text.rows()[i], c)).has_value();
            if (any && section.orders[c] == DateOrder::Unknown)
                problem(m_table.text.rows()[section.header], ErrorCode::FormatAmbiguousDate, section.columns[c].id);
        }
    }

    void readDamaged(const Row &row, const std::vector<std::string> &values)
    {
        problem(row, ErrorCode::FormatTruncated, "");
        for (std::size_t c = 0; c < values.size(); ++c)
            add(row, c, FieldKind::Unknown, values[c], "damaged");
    }

    void readPreamble(const Row &row, const std::vector<std::string> &values)
    {
        const ColumnTable &table = ColumnTable::instance();
        FieldKind next = FieldKind::Unknown;
        std::string whole;
        for (const std::string &value : values)
            whole += (whole.empty() ? "" : ", ") + value;
        const bool knownTitle = table.isTitle(foldTitle(whole));
        for (std::size_t c = 0; c < values.size(); ++c) {
            const std::string folded = foldTitle(values[c]);
            const auto label = table.preamble().find(folded);
            FieldKind kind = next;
            next = FieldKind::Unknown;
            if (label != table.preamble().end()) {
                kind = FieldKind::Label;
                next = label->second;
            } else if (knownTitle || table.isTitle(folded)) {
                kind = FieldKind::Label;
            } else if (kind == FieldKind::Date && !readDate(values[c])) {
                kind = FieldKind::Unknown;
            }
            add(row, c, kind, values[c], kind == FieldKind::Date ? "preamble@" + notation(values[c]) : "preamble");
        }
    }

    static std::string notation(const std::string &text)
    {
        const auto parts = readDate(text);
        return orderName(parts ? provenOrder(*parts) : DateOrder::Unknown);
    }

    void readHeader(const Row &row, const std::vector<std::string> &values, const Section &section)
    {
        // An unknown title can hold anything, a name too; it is dropped with its column.
        for (std::size_t c = 0; c < values.size(); ++c)
            add(row, c, section.columns[c].id.empty() ? FieldKind::Unknown : FieldKind::Label, values[c], "title");
    }

    void readData(const Row &row, const std::vector<std::string> &values, const Section &section)
    {
        std::string event;
        for (std::size_t c = 0; c < values.size() && c < section.columns.size(); ++c)
            if (section.columns[c].id == "eventType" && event.empty())
                event = foldTitle(values[c]);
        for (std::size_t c = 0; c < values.size(); ++c) {
            if (values[c].empty())
                continue;
            if (c >= section.columns.size()) {
                add(row, c, FieldKind::Unknown, values[c], "extra");
                continue;
            }
            const Column &column = section.columns[c];
            std::string element = column.id.empty() ? "unknown" : column.id;
            FieldKind kind = column.kind;
            if (column.id == "patientInfo") {
                kind = ColumnTable::instance().eventKind(event);
                noteName(event, values[c]);
            } else {
                kind = checkedKind(row, column, values[c]);
            }
            if (kind == FieldKind::Date)
                element += std::string("@") + orderName(section.orders[c]);
            add(row, c, kind, values[c], element);
        }
    }

    void noteName(const std::string &event, const std::string &value)
    {
        if (event == "firstname")
            m_firstName = value;
        if (event == "lastname")
            m_lastName = value;
    }

    /// The column's kind, when the value is what the column promises; Unknown, with a problem, when it is not.
    FieldKind checkedKind(const Row &row, const Column &column, const std::string &value)
    {
        const ColumnTable &table = ColumnTable::instance();
        const std::string folded = foldTitle(value);
        bool good = true;
        if (column.role == ColumnRole::Time || column.role == ColumnRole::Date) {
            good = readDate(value).has_value();
        } else if (column.role == ColumnRole::Clock) {
            if (readDate(value))
                return FieldKind::Date;
            good = !clock24(value).empty();
        } else if (column.kind == FieldKind::Number) {
            // Durations (0:20:00) only where the column is one of the plain amounts.
            const bool duration = column.role != ColumnRole::Value && !clock24(value).empty();
            good = numberOf(value).has_value() || duration || table.isMissing(folded) || table.isOutOfRange(folded);
        } else if (column.kind == FieldKind::Code) {
            // A code is a short word; a long text in its place was typed by a person.
            return value.size() <= 40 ? FieldKind::Code : FieldKind::FreeText;
        }
        if (!good)
            problem(row, ErrorCode::FormatMalformed, column.id);
        return good ? column.kind : FieldKind::Unknown;
    }

    const DeviceTable &m_table;
    records::Document &m_document;
    std::vector<Problem> &m_problems;
    std::string m_firstName;
    std::string m_lastName;
    std::string m_fullName;
};

} // namespace

std::string cellPath(const Row &row, std::size_t column)
{
    return "row[" + std::to_string(row.number) + "].col" + std::to_string(column);
}

std::optional<double> numberOf(std::string text)
{
    if (std::count(text.begin(), text.end(), ',') == 1 && text.find('.') == std::string::npos)
        std::replace(text.begin(), text.end(), ',', '.');
    const char *begin = text.data() + (text.starts_with("+") ? 1 : 0);
    double value = 0;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    const bool plain = text.find_first_not_of("0123456789.+-eE") == std::string::npos; // not "inf", not "nan"
    return error == std::errc() && end == text.data() + text.size() && plain ? std::optional(value) : std::nullopt;
}

Result<DeviceTable> DeviceTable::read(std::string_view body, const Limits &limits)
{
    for (const char separator : {',', ';', '\t'}) {
        AMANA_TRY(CsvText text, CsvText::parse(body, separator, limits));
        DeviceTable table{std::move(text), {}};
        table.sections = findSections(table.text);
        if (table.sections.empty())
            continue;
        for (Section &section : table.sections) {
            section.orders.resize(section.columns.size(), DateOrder::Unknown);
            for (std::size_t c = 0; c < section.columns.size(); ++c) {
                const ColumnRole role = section.columns[c].role;
                if (role == ColumnRole::Time || role == ColumnRole::Date || role == ColumnRole::Clock)
                    section.orders[c] = orderOf(table.text, section, c);
                if (section.columns[c].guessGlucoseUnit)
                    section.glucoseUnit = glucoseUnitOf(table.text, section, c);
            }
        }
        return table;
    }
    return fail(ErrorCode::FormatUnknown);
}

const Section *DeviceTable::sectionOf(std::size_t row) const
{
    for (const Section &section : sections)
        if (row == section.header || (row >= section.begin && row < section.end))
            return &section;
    return nullptr;
}

void readCells(const DeviceTable &table, records::Document &document, std::vector<Problem> &problems)
{
    CellReader(table, document, problems).run();
}

} // namespace amana::formats::csv
