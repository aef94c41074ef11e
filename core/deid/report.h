// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/deid/plan.h"
#include "core/deid/report_figures.h"
#include "core/deid/residual.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace amana::deid {

/// One released document as the report tells it.
struct DocumentOutcome {
    std::string
        name; ///< name in the released dataset (pseudonym or entry name), never the original file name
    std::string subject; ///< pseudonym, or empty
    std::string format;  ///< records::Document::format
    Plan plan;           ///< with final decisions
    std::vector<Residue> residues;
    bool scanned = false;
    DocumentFigures figures{};
};

struct ReportContext {
    EngineInfo engine;
    std::string createdAt; ///< ISO 8601, UTC
    bool dateShifted = false;
    int sampleWanted = 0; ///< the policy's sample size; 0: the report says "not sampled"
    std::string reviewer = "none"; ///< account that signs for the review, EIP-55; "none": no person looked
    std::vector<risk::Person> people{}; ///< what the released documents tell of each subject
};

/// The de-identification report: engine, counts by type, reason and decision, each edit by place, type and
/// reason (no original text, no replacement), dropped fields, residual scan, sample; the figures of report_figures.h.
/// Keys are sorted, so equal input gives equal bytes.
[[nodiscard]] nlohmann::json makeReport(const ReportContext &context,
                                        const std::vector<DocumentOutcome> &documents);
[[nodiscard]] std::string makeReportText(const ReportContext &context,
                                         const std::vector<DocumentOutcome> &documents);

/// What a reader of a report needs at once.
struct ReportSummary {
    std::string policy;
    std::string policySha256; ///< of the policy file, hex
    bool ownPolicy = false;   ///< a user's own, not one that comes with the program
    std::string modelHash;
    std::string ruleSet;
    std::size_t documents = 0;
    std::size_t edits = 0;
    std::size_t undecided = 0;
    std::size_t residues = 0;
    std::size_t unscanned = 0;
};
/// DeidReportInvalid.
[[nodiscard]] Result<ReportSummary> readReport(std::string_view json);

} // namespace amana::deid
