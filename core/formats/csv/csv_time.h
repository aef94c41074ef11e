// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace amana::formats::csv {

/// How the dates of a column are written. One column has one order.
enum class DateOrder { Unknown, YearFirst, MonthFirst, DayFirst, EpochMs };

/// A date, with or without time of day, as its numbers; nothing is converted to another zone.
struct DateParts {
    bool epoch = false;
    bool yearFirst = false;
    int first = 0;  ///< the two numbers whose order may be in doubt; month and day when yearFirst
    int second = 0;
    int year = 0;
    std::string clock;  ///< "HH:MM[:SS[.fff]]", 24 hours; empty: none
    std::string offset; ///< "Z", "+09:00" as written; empty: unknown
    bool twelveHour = false;
};

/// Reads what device exports write: ISO 8601, "2012-10-8 0:4", "5/30/21 15:57", "06-29-2021 03:30 PM UTC",
/// "2026. 4. 7.", milliseconds since 1970.
[[nodiscard]] std::optional<DateParts> readDate(std::string_view text);

/// What this one value proves about the order; Unknown when both readings are possible.
[[nodiscard]] DateOrder provenOrder(const DateParts &parts);

/// ISO 8601 with the source's own offset or none; empty when the order is unknown. Epochs are UTC by definition.
[[nodiscard]] std::string isoTime(const DateParts &parts, DateOrder order, std::string_view text);

/// "7:59:42 PM" → "19:59:42"; empty when it is no time of day.
[[nodiscard]] std::string clock24(std::string_view text);

/// "iso", "mdy", "dmy", "epochMs", "ambiguous": for Field::element.
[[nodiscard]] const char *orderName(DateOrder order);

} // namespace amana::formats::csv
