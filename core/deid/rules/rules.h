// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/detector.h"

#include <string>
#include <vector>

namespace amana::deid {

/// Bumped with every change of what the rules find: bound into the report.
inline constexpr const char *kRuleSetVersion = "amana-rules-2";

/// What a rule id means; shown in review. One entry a rule.
struct RuleInfo {
    std::string id;     ///< "rule.email"
    std::string type;   ///< Detection::type
    std::string reason; ///< one English sentence; ui/text may translate by id
};
[[nodiscard]] const std::vector<RuleInfo> &ruleInfos();

/// Deterministic recognisers: dates, numbers with checksums, contacts, identifiers behind their labels, names
/// behind titles, places of an address. Stateless; safe from any thread.
class RuleDetector final : public Detector {
public:
    [[nodiscard]] Result<std::vector<Detections>>
    detect(const std::vector<std::u32string_view> &texts) const override;
};

/// One list out of many: spans of the same type that overlap become one; where types differ the surer one
/// wins and what the other has left stays, so that nothing marked by anyone gets lost. Sorted, not
/// overlapping.
[[nodiscard]] Detections merged(std::u32string_view text, Detections all);

} // namespace amana::deid
