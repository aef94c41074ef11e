// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/records/document.h"

#include <QString>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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

inline constexpr std::array kTextTypes{"NAME",       "DATE", "AGE",   "LOCATION", "HOSPITAL", "ORG",
                                       "PROFESSION", "ID",   "PHONE", "EMAIL",    "URL",      "OTHER"};

struct TextRule {
    TextAction action = TextAction::Tag;
    double threshold = 0.5; ///< from here up the span is redacted unless a person rejects it
    double doubt = 0.2;     ///< from here up to the threshold the span waits for a person

    bool operator==(const TextRule &) const = default;
};

/// Whose words an item of a policy's page is in.
enum class Voice {
    Law,        ///< the statute or regulation, word for word
    Paraphrase, ///< the statute's sense in other words
    Guideline,  ///< the sense of an authority's guideline, which is no law
    Choice,     ///< what Amana does where neither decides, or where it goes further
};

/// One item of the law that a policy follows, and what of a record it is about.
struct LawItem {
    std::string cite; ///< "45 CFR 164.514(b)(2)(i)(A)"
    Voice voice = Voice::Choice;
    std::string words;
    std::vector<records::FieldKind> fields;
    std::vector<std::string> text; ///< types of marks; both empty: about the policy as a whole

    bool operator==(const LawItem &) const = default;
};

/// One place where a user's own policy differs from the bundled one that it stands on.
struct Deviation {
    std::string place; ///< "fields.phone", "text.NAME", "doubt"
    std::string base;  ///< what the base says, as the files write it
    std::string own;
    bool weaker = false; ///< lets more of the patient stand than the base does

    bool operator==(const Deviation &) const = default;
};

/// What makes a policy a user's own.
struct OwnPolicy {
    std::string base; ///< name of the bundled policy
    std::string baseSha256;
    std::vector<Deviation> deviations;
    std::string source; ///< the file's text: a draft keeps it, so that it goes on under the same policy

    [[nodiscard]] std::vector<std::string> weaker() const; ///< places of the deviations that are
};

/// A policy is data (resources/policies/<name>.json): every FieldKind and every text type has its rule, and an item of
/// the law that explains it.
struct Policy {
    std::string name;
    std::string version;
    std::string title;
    std::string description;
    std::string sha256; ///< of the policy file, hex
    std::map<records::FieldKind, FieldAction> fields;
    std::map<std::string, TextRule> text; ///< by Detection::type
    bool redactInDoubt = false;           ///< doubt: redact, the safe direction, for bulk data
    int sampleSentences = 0; ///< unmarked sentences per dataset shown to a person; 0: not sampled
    int maxShiftDays = 365;  ///< dates move by 1…maxShiftDays days either way; 0: never shifted
    std::vector<std::string> restrictedZip3;
    std::vector<LawItem> law;
    std::optional<OwnPolicy> own; ///< nothing: bundled

    /// DeidPolicyUnknown when there is no such file, DeidPolicyInvalid (place) when a kind or type has no
    /// rule, a rule makes no sense for its kind, or no item of the law explains it.
    [[nodiscard]] static Result<Policy> load(const QString &policyFolder, const std::string &name);
    [[nodiscard]] static Result<Policy> parse(std::string_view json);

    [[nodiscard]] FieldAction actionFor(records::FieldKind kind) const;
    [[nodiscard]] const TextRule &ruleFor(const std::string &type) const;
};

/// Names of the policies in a folder, sorted.
[[nodiscard]] std::vector<std::string> policyNames(const QString &policyFolder);

/// Lower-case letters, digits and hyphens, at most 64.
[[nodiscard]] bool isPolicyName(std::string_view name);

/// As the policy files write them: "removeListed".
[[nodiscard]] const char *actionName(FieldAction action);
[[nodiscard]] const char *actionName(TextAction action);
[[nodiscard]] const char *voiceName(Voice voice); ///< "law" "paraphrase" "guideline" "choice"

} // namespace amana::deid
