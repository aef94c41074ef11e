// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"
#include "core/records/observation.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace amana::deid {

/// What a document is still good for after de-identification: counts, never values. `…Kept` are of the same things as the
/// count before them.
struct Utility {
    struct Fields {
        std::size_t before = 0;
        std::size_t after = 0;
        std::size_t unchanged = 0; ///< of those before: no edit touched them
    };

    std::size_t words = 0, wordsKept = 0;           ///< of free text, parted by white space; kept: untouched
    std::size_t characters = 0, charactersKept = 0; ///< of free text, code points that are no white space
    std::size_t terms = 0, termsKept = 0;           ///< clinical terms in free text that are read in the released one too
    std::size_t dates = 0;                          ///< date fields, and dates marked in free text
    std::size_t shifted = 0;                        ///< of the dates: another date stands there
    std::size_t coarsened = 0;                      ///< only the year stands there
    std::size_t removed = 0;
    std::size_t untouched = 0;                      ///< as before: years alone, times of day, what a person let stand
    std::size_t observations = 0, observationsKept = 0; ///< measured values; kept: same code, value and unit
    std::size_t observationsAfter = 0;
    std::map<std::string, Fields> fields;           ///< by records::kindName

    /// Days by which each shifted date with day, month and year moved, as it may be read. For counting only: a shift is never
    /// told.
    std::vector<std::vector<long long>> moves;
};

/// Values before and after, as formats read them.
struct Observed {
    std::vector<records::Observation> before, after;
};

[[nodiscard]] Utility utilityOf(const records::Document &original, const records::Document &released, const Plan &plan,
                                const Observed &observed);

/// Dates that moved by as many days as most of their subject's did: between any two of them the interval is the true one.
[[nodiscard]] std::size_t inStep(const std::vector<std::vector<long long>> &moves);

/// Adds counts and moves; for intervals the sum is of one subject.
void add(Utility &sum, const Utility &other);

/// The document as its plan will leave it, fields only (no bytes): for telling before anything is written.
[[nodiscard]] records::Document asPlanned(const records::Document &original, const Plan &plan);

} // namespace amana::deid
