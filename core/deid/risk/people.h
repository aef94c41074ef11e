// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/risk/classes.h"
#include "core/records/document.h"

#include <map>
#include <set>

namespace amana::deid::risk {

/// What released documents tell of one person that neighbours and registers know too, as it stands there: "sex", "birth" (a
/// year under the bundled policies), "postalCode" (three digits), "state", "country". Several values: documents that differ.
struct Person {
    std::map<std::string, std::set<std::string>> told;
};
/// Adds what a document tells of its subject. Where a format tells whose value it is, others' values do not count.
void describe(Person &person, const records::Document &document);

/// How alike the people of a dataset are by all of that together.
struct PeopleRisk {
    std::size_t people = 0;
    std::vector<std::string> told; ///< names of what is told of one of them at least
    Measures measures;             ///< of two people at least
};
[[nodiscard]] Result<PeopleRisk> riskOf(const std::vector<Person> &people);

} // namespace amana::deid::risk
