// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/fhir/subject_reader.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace amana::formats::fhir {

/// Which records of a file belong to the same person.
struct Grouping {
    static constexpr int kShared = -1;     ///< about no patient: organisations, practitioners
    static constexpr int kUnassigned = -2; ///< about a patient, but it does not say which one
    static constexpr int kSeveral = -3;    ///< about several patients (lists, groups)

    std::vector<int> groupOf;                    ///< for each record: group from 0, or one of the above
    std::vector<std::vector<std::string>> links; ///< for each group: all aliases of its person
    [[nodiscard]] int groups() const { return static_cast<int>(links.size()); }
};

/// Joins aliases that one Patient resource unites; a record without a patient of its own follows what it refers to, and
/// then what refers to it (a Binary follows its DocumentReference), as long as that is one person.
[[nodiscard]] Grouping groupBySubject(const std::vector<RecordInfo> &records);

} // namespace amana::formats::fhir
