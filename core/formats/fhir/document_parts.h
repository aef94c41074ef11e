// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/fhir/subject_groups.h"
#include "core/formats/format.h"

#include <string>
#include <vector>

namespace amana::formats::fhir {

/// Collects problems up to a limit and counts the rest.
class Problems {
public:
    Problems(ReadOutcome &outcome, const Limits &limits) : m_outcome(outcome), m_limit(limits.problems) {}
    void add(std::string place, Error error)
    {
        ++m_outcome.problemCount;
        if (m_outcome.problems.size() < m_limit)
            m_outcome.problems.push_back({std::move(place), std::move(error)});
    }

private:
    ReadOutcome &m_outcome;
    std::size_t m_limit;
};

/// One resource or bundle as Documents, one a subject; a bundle about one patient, or about none, stays whole.
[[nodiscard]] Status readSingle(const QByteArray &bytes, const Limits &limits, const Progress &progress,
                                ReadOutcome &outcome);

/// Newline-delimited resources: the lines of each subject, and those of nobody. Bad lines become problems; the
/// error of the first one is returned when no line is good.
[[nodiscard]] Status readLines(const QByteArray &bytes, const Limits &limits, const Progress &progress,
                               ReadOutcome &outcome);

/// Bytes as one Document, whatever subjects it has.
[[nodiscard]] Result<records::Document> wholeDocument(const QByteArray &bytes, std::string_view format,
                                                      const Limits &limits);

} // namespace amana::formats::fhir
