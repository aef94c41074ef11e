// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace amana::formats::csv {

enum class ColumnRole { Other, Time, Date, Clock, Value };

struct Column {
    std::string id; ///< empty: not in the table
    ColumnRole role = ColumnRole::Other;
    records::FieldKind kind = records::FieldKind::Unknown;
    std::string loinc;
    std::string ucum;
    std::string unitText;
    bool guessGlucoseUnit = false; ///< no unit in the title: mg/dL or mmol/L by the values
};

/// resources/formats/csv-columns.json
class ColumnTable {
public:
    [[nodiscard]] static const ColumnTable &instance();

    /// The column with this title; `id` empty when it is unknown.
    [[nodiscard]] Column find(std::string_view title) const;
    /// The columns of a row of titles, when it is one: a time and a value are among them.
    [[nodiscard]] std::vector<Column> header(const std::vector<std::string> &titles) const;

    [[nodiscard]] const std::unordered_map<std::string, records::FieldKind> &preamble() const { return m_preamble; }
    [[nodiscard]] bool isTitle(const std::string &folded) const { return m_titles.contains(folded); }
    [[nodiscard]] bool isMissing(const std::string &folded) const { return m_missing.contains(folded); }
    [[nodiscard]] bool isOutOfRange(const std::string &folded) const { return m_outOfRange.contains(folded); }
    [[nodiscard]] bool isMeasured(const std::string &event) const { return !m_notMeasured.contains(event); }
    /// "firstname" → patientName: what Dexcom's patient rows hold; Unknown for other events.
    [[nodiscard]] records::FieldKind eventKind(const std::string &event) const;

private:
    ColumnTable();
    std::unordered_map<std::string, Column> m_columns;
    std::vector<std::string> m_timeWords;
    std::unordered_map<std::string, records::FieldKind> m_preamble;
    std::unordered_map<std::string, records::FieldKind> m_events;
    std::unordered_set<std::string> m_titles;
    std::unordered_set<std::string> m_missing;
    std::unordered_set<std::string> m_outOfRange;
    std::unordered_set<std::string> m_notMeasured;
};

/// Lower case, without blanks, quotes and byte order marks around it (also those read as Latin-1).
[[nodiscard]] std::string foldTitle(std::string_view title);

} // namespace amana::formats::csv
