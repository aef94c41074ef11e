// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv/csv_columns.h"

#include "core/formats/table_file.h"

#include <QString>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::formats::csv {

using records::FieldKind;
using nlohmann::json;

namespace {

ColumnRole roleOf(const std::string &name)
{
    if (name == "time")
        return ColumnRole::Time;
    if (name == "date")
        return ColumnRole::Date;
    if (name == "clock")
        return ColumnRole::Clock;
    return name == "value" ? ColumnRole::Value : ColumnRole::Other;
}

FieldKind kindOf(const json &name)
{
    return records::kindFromName(name.get<std::string>()).value_or(FieldKind::Unknown);
}

std::unordered_map<std::string, FieldKind> kindsOf(const json &table)
{
    std::unordered_map<std::string, FieldKind> kinds;
    for (const auto &[name, kind] : table.items())
        kinds.emplace(name, kindOf(kind));
    return kinds;
}

std::unordered_set<std::string> namesOf(const json &list)
{
    const auto names = list.get<std::vector<std::string>>();
    return {names.begin(), names.end()};
}

} // namespace

ColumnTable::ColumnTable()
{
    const json table = tableFile("csv-columns.json");
    for (const json &entry : table["columns"]) {
        Column column;
        column.id = entry["id"].get<std::string>();
        column.role = roleOf(entry["role"].get<std::string>());
        column.kind = kindOf(entry["kind"]);
        column.loinc = entry.value("loinc", "");
        column.ucum = entry.value("ucum", "");
        column.unitText = entry.value("unitText", column.ucum);
        column.guessGlucoseUnit = entry.value("unit", "") == "glucose";
        for (const json &name : entry["names"])
            m_columns.emplace(name.get<std::string>(), column);
    }
    m_timeWords = table["timeWords"].get<std::vector<std::string>>();
    m_preamble = kindsOf(table["preamble"]);
    m_events = kindsOf(table["rowKinds"]["events"]);
    m_titles = namesOf(table["preambleTitles"]);
    for (const std::string &section : namesOf(table["sections"]))
        m_titles.insert(section);
    m_missing = namesOf(table["missing"]);
    m_outOfRange = namesOf(table["outOfRange"]);
    m_notMeasured = namesOf(table["notMeasuredEvents"]);
}

const ColumnTable &ColumnTable::instance()
{
    static const ColumnTable table;
    return table;
}

Column ColumnTable::find(std::string_view title) const
{
    const auto found = m_columns.find(foldTitle(title));
    return found == m_columns.end() ? Column{} : found->second;
}

std::vector<Column> ColumnTable::header(const std::vector<std::string> &titles) const
{
    std::vector<Column> columns;
    bool time = false;
    bool value = false;
    for (const std::string &title : titles) {
        columns.push_back(find(title));
        const ColumnRole role = columns.back().role;
        time = time || role == ColumnRole::Time || role == ColumnRole::Date || role == ColumnRole::Clock;
        value = value || columns.back().role == ColumnRole::Value || columns.back().id == "amount";
    }
    // An unknown title that speaks of time ("someTime") is the time when no known one is there.
    for (std::size_t i = 0; i < titles.size() && !time && value; ++i) {
        const std::string folded = foldTitle(titles[i]);
        const bool speaks = std::any_of(m_timeWords.begin(), m_timeWords.end(), [&folded](const std::string &word) {
            return folded.find(word) != std::string::npos;
        });
        if (columns[i].id.empty() && speaks && folded.size() <= 40) {
            columns[i] = find("timestamp");
            time = true;
        }
    }
    return time && value ? columns : std::vector<Column>{};
}

FieldKind ColumnTable::eventKind(const std::string &event) const
{
    const auto found = m_events.find(event);
    return found == m_events.end() ? FieldKind::Unknown : found->second;
}

std::string foldTitle(std::string_view title)
{
    QString text = QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size())).toLower();
    text.remove(QChar(0xFEFF));
    text.remove(QStringLiteral("ï»¿"));
    while (!text.isEmpty() && (text.front().isSpace() || text.front() == QLatin1Char('"')))
        text.remove(0, 1);
    while (!text.isEmpty() && (text.back().isSpace() || text.back() == QLatin1Char('"')))
        text.chop(1);
    return text.toStdString();
}

} // namespace amana::formats::csv
