// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <QDate>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

enum class DayOrder { MonthFirst, DayFirst };

/// A date as written: which part of the text says what, so that another date can be put in the same form.
struct WrittenDate {
    enum class Style { Number, Word }; ///< 03, 3 or a month's name
    struct Part {
        records::Span span; ///< empty: not said
        Style style = Style::Number;
    };
    records::Span span; ///< of the date alone: times and zones stay outside
    Part year, month, day;
    QDate date;       ///< what is not said is filled: day 15, month 6, year 2001
    std::string rule; ///< "rule.date.iso", "rule.date.numeric", …
    double score = 1;
    bool ambiguous = false; ///< 03/04/2019: read by the order given
};

/// All dates in a text, in order, not overlapping: ISO 8601 and HL7 forms, numeric forms of either order,
/// months by name in English, German, French, Spanish, Italian, Portuguese, Dutch and Russian, Korean,
/// Japanese and Chinese forms, Arabic-Indic and Devanagari digits. A lone year is no date.
[[nodiscard]] std::vector<WrittenDate> findDates(std::u32string_view text,
                                                 DayOrder order = DayOrder::MonthFirst);

/// The order that the unambiguous numeric dates of the texts speak for; when none does or they disagree evenly, the
/// one that their language writes (English is taken for American).
[[nodiscard]] DayOrder guessOrder(const std::vector<std::u32string_view> &texts);

/// `written` (found in `text`) moved by whole days: same form, padding, precision, casing and language. Moved back by
/// as many days it reads as before; for that a month without a day moves by whole months.
[[nodiscard]] std::u32string shifted(std::u32string_view text, const WrittenDate &written, int days);

/// Only the year as written, or nothing when none is said (two-digit years are written in full).
[[nodiscard]] std::u32string yearOnly(std::u32string_view text, const WrittenDate &written);

} // namespace amana::deid
