// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/deid/risk/classes.h"

namespace amana::deid::risk {

/// What a released table must hold; every class that does not is suppressed.
struct Goal {
    std::size_t k = 5;                  ///< records that look the same, at least
    std::size_t distinct = 1;           ///< values of each sensitive column in a class, at least (l)
    double entropy = 1;                 ///< the same by entropy
    double distance = 1;                ///< of each class to the whole, at most (t)
    double suppression = 0.05;          ///< share of records that may be taken away, at most
    MeasureOptions measures;
};

struct Outcome {
    bool reached = false;        ///< false: no generalisation holds the goal; the rest tells of the table as it is
    Levels levels;               ///< of each quasi-identifying column
    std::vector<bool> suppressed; ///< one a record
    double loss = 0;             ///< 0: all is told, 1: nothing; mean over quasi-identifying cells, suppressed ones count 1
    double discernibility = 0;   ///< Bayardo and Agrawal 2005: sum of squared class sizes; a suppressed record costs all
    Measures before;
    Measures after;
    std::size_t choices = 0;     ///< generalisations there are
    std::size_t tried = 0;       ///< of which so many had to be looked at
};

/// The generalisation that loses least of all that hold the goal: found for certain, for a choice that cannot be better
/// than the best known is not looked at, and one that is more telling than a failed one fails too (the goals of k and of
/// distinct values never get worse by generalising; for the others every choice is looked at). Cancelled.
/// FormatTooLarge (param limit) when there is no quasi-identifying column, or more than a million choices.
[[nodiscard]] Result<Outcome> anonymise(const Table &table, const Hierarchies &hierarchies, const Goal &goal,
                                        const Progress &progress = {});

/// The records that are released, generalised; identifying columns are left out, the first row has the names.
[[nodiscard]] std::vector<std::vector<std::string>> released(const Table &table, const Hierarchies &hierarchies,
                                                             const Outcome &outcome);

} // namespace amana::deid::risk
