// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/deid/plan.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace amana::deid {

/// Bumped with every change of what is looked at; the rules have a version of their own (kRuleSetVersion).
inline constexpr const char *kRuleScanVersion = "1";

/// What the rules find in released bytes, by rule id. Needs no knowledge of the patient, so whoever opened a dataset can
/// do it again and must get the same counts.
struct RuleScan {
    struct Finds {
        std::size_t found = 0;
        std::size_t replaced = 0; ///< of those: stand where a replacement was written (a shifted date, an invented name)
        std::size_t byPerson = 0; ///< of those: a person looked at the place and let it stand
    };
    std::map<std::string, Finds> text;        ///< all rules, over free text, narratives and labels as the format reads them
    std::map<std::string, std::size_t> bytes; ///< e-mails, phones, numbers with a checksum, over all bytes as UTF-8
};

/// Why something stands where it stands, by the released text of a field.
struct Marks {
    std::vector<records::Span> replaced;
    std::vector<records::Span> byPerson;
};
using MarksByText = std::map<std::string, Marks>;

/// Of all edited text fields that stay.
[[nodiscard]] MarksByText marksOf(const records::Document &original, const Plan &plan);

/// `released`: read back from the released bytes, which it holds. Any failure of RuleDetector.
[[nodiscard]] Result<RuleScan> scanByRules(const records::Document &released, const MarksByText &marks = {});

/// Adds up counts.
void add(RuleScan &sum, const RuleScan &other);

} // namespace amana::deid
