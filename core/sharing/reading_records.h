// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/csv/csv_text.h"
#include "core/sharing/reading_source.h"

#include <QByteArray>

/// The two kinds of source behind ReadingSource.
namespace amana::sharing {

/// FHIR Observations, one a line: a reading is the line without the white space around it.
class FhirLines final : public ReadingSource {
public:
    /// `checked`: whether each line must be an Observation.
    FhirLines(bool checked, TakeReading take);
    [[nodiscard]] Status add(ByteView piece) override;
    [[nodiscard]] Status finish() override;
    [[nodiscard]] const ReadingLayout &layout() const override { return m_layout; }

private:
    [[nodiscard]] Status takeLine(std::string_view line);

    bool m_checked;
    TakeReading m_take;
    ReadingLayout m_layout;
    std::string m_rest; ///< the line that is not complete yet
    std::size_t m_line = 0;
};

/// Tables of devices: a reading is a JSON array of the [title, value] pairs of a record.
class CsvRecords final : public ReadingSource {
public:
    /// `learns`: whether tables are found by their titles, or only where the layout has them.
    CsvRecords(ReadingLayout layout, bool learns, TakeReading take);
    /// By the first bytes of a source: ReadingsUnsupported when they hold no table with known titles.
    [[nodiscard]] static Result<char> separatorOf(const QByteArray &head);

    [[nodiscard]] Status add(ByteView piece) override;
    [[nodiscard]] Status finish() override;
    [[nodiscard]] const ReadingLayout &layout() const override { return m_layout; }

private:
    [[nodiscard]] Status takeRecords(bool atEnd);
    [[nodiscard]] Status takeRecord(const formats::csv::CsvText &text, const formats::csv::Row &row);
    [[nodiscard]] bool beginsTable(const formats::csv::CsvText &text, const formats::csv::Row &row);

    ReadingLayout m_layout;
    bool m_learns;
    TakeReading m_take;
    std::string m_rest;                ///< records that are not complete yet
    std::uint64_t m_record = 0;        ///< number of the last one
    std::size_t m_table = 0;           ///< how many tables have begun
    bool m_inTable = false;
    bool m_expectsTable = true;
    std::vector<std::string> m_titles; ///< of the present table
};

} // namespace amana::sharing
