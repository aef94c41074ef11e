// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/records/document.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace amana::deid {

/// What a policy does with a whole field of one kind.
enum class FieldAction {
    Keep,
    Remove,
    RemoveListed, ///< as Remove, and named in the report's list of dropped fields
    Pseudonym,    ///< random identifier, the same wherever the same value stands in the dataset
    Link,         ///< as Pseudonym, for ids and references: keeps "Patient/", "urn:uuid:" and query shapes
    Surrogate,    ///< plausible random value of the same type, consistent per patient
    Shift,        ///< date moved by the patient's own number of days, same written form and precision
    Year,         ///< year only
    BirthYear,    ///< year only; removed when it would tell an age over 89
    Cap,          ///< ages over 89 become "90+"
    Generalise,   ///< postal code: first three digits, 000 where few people live; other shapes are removed
    Clean,        ///< free text: detectors, known values, review
    CleanListed,  ///< as Clean, for labels: only what detectors are sure of
    Rebuild,      ///< constant text
};

/// What a policy does with an identifier found inside free text.
enum class TextAction { Surrogate, Tag, Shift, Year, Cap, Generalise, Keep };

struct TextRule {
    TextAction action = TextAction::Tag;
    double threshold = 0.5; ///< from here up the span is redacted unless a person rejects it
    double doubt = 0.2;     ///< from here up to the threshold the span waits for a person
};

/// A policy is data (resources/policies/<name>.json): every FieldKind and every text type has its rule.
struct Policy {
    std::string name;
    std::string version;
    std::map<records::FieldKind, FieldAction> fields;
    std::map<std::string, TextRule> text; ///< by Detection::type
    bool redactInDoubt = false;           ///< doubt: redact, the safe direction, for bulk data
    int sampleSentences = 0; ///< unmarked sentences per dataset shown to a person; 0: not sampled
    int maxShiftDays = 365;  ///< dates move by 1…maxShiftDays days either way; 0: never shifted
    std::vector<std::string> restrictedZip3;

    /// DeidPolicyUnknown when there is no such file, DeidPolicyInvalid (place) when a kind or type has no
    /// rule.
    [[nodiscard]] static Result<Policy> load(const QString &policyFolder, const std::string &name);
    [[nodiscard]] static Result<Policy> parse(std::string_view json);

    [[nodiscard]] FieldAction actionFor(records::FieldKind kind) const;
    [[nodiscard]] const TextRule &ruleFor(const std::string &type) const;
};

/// Names of the policies in a folder, sorted.
[[nodiscard]] std::vector<std::string> policyNames(const QString &policyFolder);

} // namespace amana::deid
