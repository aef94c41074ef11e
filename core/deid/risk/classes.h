// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/risk/hierarchy.h"

#include <map>
#include <vector>

namespace amana::deid::risk {

/// One hierarchy for each quasi-identifying column, in the order of the table, and the level it stands at.
using Hierarchies = std::vector<Hierarchy>;
using Levels = std::vector<std::size_t>;

/// Records that look the same in all quasi-identifying columns.
struct Classes {
    std::vector<std::uint32_t> of;    ///< of each record: number of its class
    std::vector<std::size_t> sizes;   ///< records of each class
};
[[nodiscard]] Classes classesOf(const Table &table, const Hierarchies &hierarchies, const Levels &levels);

/// How well a sensitive value is hidden within its class: the worst class counts.
struct Diversity {
    std::size_t distinct = 0;  ///< values in a class: l of distinct l-diversity (Machanavajjhala 2007)
    double entropy = 0;        ///< 2^entropy of a class: l of entropy l-diversity
    double distance = 0;       ///< to the whole table: t of t-closeness (Li 2007); ordered where all values are numbers
};

/// Risks of being found again by somebody who knows the quasi-identifiers (El Emam 2013): the prosecutor knows that the
/// person is in the table, the journalist does not, the marketer wants as many as possible.
struct Measures {
    std::size_t records = 0;    ///< that are released: suppressed ones are not counted below
    std::size_t suppressed = 0;
    std::size_t classes = 0;
    std::size_t smallest = 0;   ///< k of k-anonymity (Sweeney 2002); 0: nothing is released
    double average = 0;         ///< records of a class
    double unique = 0;          ///< share of records that are alone in their class
    double prosecutor = 0;      ///< highest risk: 1 ÷ smallest class
    double journalist = 0;      ///< the same among the population; as prosecutor when its size is not known
    double marketer = 0;        ///< expected share of records found: classes ÷ records, or less among a population
    double atRisk = 0;          ///< share of records whose risk is above the threshold
    std::map<std::string, Diversity> sensitive; ///< by column
};

struct MeasureOptions {
    double threshold = 0.2;     ///< risk of a record above which it counts as at risk
    std::size_t population = 0; ///< people that the table was drawn from; 0: not known
};

/// `suppressed`: one a record, or empty.
[[nodiscard]] Measures measure(const Table &table, const Classes &classes, const std::vector<bool> &suppressed,
                               const MeasureOptions &options);

/// A sensitive column as the whole table has it, for classes to be compared with. The column outlives it.
class Spread {
public:
    explicit Spread(const Column &column);
    /// Of the class of these records, of which there is one at least.
    [[nodiscard]] Diversity of(const std::vector<std::size_t> &records) const;

private:
    [[nodiscard]] double distanceFrom(const std::vector<double> &shares) const;

    const Column &m_column;
    std::vector<double> m_whole;         ///< share of each value
    std::vector<std::uint32_t> m_order;  ///< of numbers; empty when they have none
};

} // namespace amana::deid::risk
