// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/deid/risk/people.h"
#include "core/deid/rule_scan.h"
#include "core/deid/utility.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

struct DocumentOutcome;
struct ReportContext;

/// What the report tells of one document's released bytes.
struct DocumentFigures {
    std::string sha256; ///< hex; empty: not measured
    std::uint64_t bytes = 0;
    Utility utility{};
    RuleScan scan{};
};

/// Measures a document. `released`: read back from its bytes. What RuleDetector returns.
[[nodiscard]] Result<DocumentFigures> measure(const records::Document &original, const records::Document &released,
                                              const Plan &plan, const Observed &observed);

/// The block "figures" of a document, and of the report: review, utility, ruleScan, people. Shares have four decimals.
[[nodiscard]] nlohmann::json documentFigures(const DocumentFigures &figures);
[[nodiscard]] nlohmann::json datasetFigures(const ReportContext &context, const std::vector<DocumentOutcome> &documents);
[[nodiscard]] nlohmann::json peopleToJson(const risk::PeopleRisk &risk);

/// Largest true share of sentences with something overlooked that is still likely (one-sided 95 %, Clopper and Pearson 1934)
/// when `marked` of `seen` random ones had something. 1 when none was seen.
[[nodiscard]] double missedAtMost(std::size_t marked, std::size_t seen);

/// What a report says that its documents are.
struct ReportedDocument {
    std::string name;
    std::string format;
    std::string sha256;
    RuleScan scan;
};
struct ReportedScan {
    std::string ruleSet; ///< versions of the rules and of the scan
    std::string version;
    std::vector<ReportedDocument> documents;
};
/// Nothing: a report of an earlier version, without figures. DeidReportInvalid (place).
[[nodiscard]] Result<std::optional<ReportedScan>> readScan(std::string_view report);

/// SharingPackageInvalid (reason digest): other bytes than the report is of.
[[nodiscard]] Status checkDigest(const ReportedDocument &reported, ByteView opened);
/// Scans an opened document again and compares; how much the rules found. DeidResidue (kind, view, count): something that the
/// report does not tell of; DeidReportInvalid (place ruleScan): the report tells of more.
[[nodiscard]] Result<std::size_t> checkScan(const ReportedDocument &reported, const records::Document &opened);
/// DeidReportInvalid (place): the report's rules are not the ones of this program, so nothing can be compared.
[[nodiscard]] Status checkRules(const ReportedScan &reported);

} // namespace amana::deid
