// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace amana::records {

/// One measured value in analysis form, extracted from a *released* document, never from the original.
struct Observation {
    std::string subject;         ///< pseudonym
    std::string time;            ///< ISO 8601 with the source's own offset; without offset: unknown, not UTC
    std::string loinc;           ///< LOINC code where known, else empty
    std::string label;           ///< the source's own words
    std::optional<double> value;
    std::string valueText;       ///< the digits as written
    std::string ucum;            ///< UCUM unit where known, else empty
    std::string unitText;        ///< the unit as written

    bool operator==(const Observation &) const = default;
};

} // namespace amana::records
