// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/fhir/field_reader.h"
#include "core/formats/fhir/json_tree.h"
#include "core/records/document.h"

#include <string>
#include <unordered_set>
#include <vector>

namespace amana::formats::fhir {

/// What one resource says about whom it is about. Aliases are strings as in records::Subject::links.
struct RecordInfo {
    std::uint32_t entry = kNoNode;     ///< bundle entry that holds it; kNoNode outside bundles
    std::uint32_t resource = kNoNode;  ///< kNoNode: an entry with a request only
    std::string type;
    bool patient = false;
    bool patientFree = false;          ///< of a type that says nothing about a patient
    std::vector<std::string> own;      ///< names by which others refer to it; of a Patient also id: and born:
    std::vector<std::string> primary;  ///< patients in `subject`, `patient` and the like
    std::vector<std::string> mentions; ///< patients referred to anywhere else
    std::vector<std::string> refs;     ///< everything referred to
};

/// One per resource that is not a Bundle, nested bundles entered, in order; one for each entry without resource.
/// `scope` is unique within the file ("3" for the third line): contained resources are known within it only.
[[nodiscard]] std::vector<RecordInfo> recordsOf(const JsonTree &tree, std::uint32_t root, const FullUrlTypes &types,
                                                const std::string &scope);

/// Whom a document is about, resource after resource. Names and identifiers of Patient resources; relatives, staff,
/// organisations, contacts and addresses as otherKnown.
class SubjectCollector {
public:
    explicit SubjectCollector(records::Subject &subject) : m_subject(subject) {}
    void add(const JsonTree &tree, std::uint32_t root, const std::vector<BoundField> &fields);

private:
    records::Subject &m_subject;
    std::unordered_set<std::string> m_known; ///< a bulk file repeats the same names on thousands of lines
};

} // namespace amana::formats::fhir
