// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/deid/detector.h"
#include "core/deid/policy_own.h"
#include "core/deid/surrogates.h"
#include "core/records/document.h"

#include <QDate>
#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace amana::deid {

/// A field that the policy drops because no rule knows it: named in review and report, without its content.
struct Dropped {
    std::string path;
    std::string element;
    std::string kind; ///< records::kindName
    bool operator==(const Dropped &) const = default;
};

/// A sentence without any mark, drawn at random, that a person must look at.
struct SampleSentence {
    std::string path;
    records::Span span;
    bool seen = false;
    bool operator==(const SampleSentence &) const = default;
};

/// Everything that is to happen to one document. Holds no original text. Edits are sorted by field order and
/// span and do not overlap.
struct Plan {
    std::string documentId;
    std::vector<records::Edit> edits;
    std::vector<Dropped> dropped;
    std::vector<SampleSentence> sample;
    bool operator==(const Plan &) const = default;
};

/// What detection ran with: bound into the report.
struct EngineInfo {
    std::string policy;
    std::string policyVersion;
    std::string ruleSet;   ///< version of the rules
    std::string modelHash; ///< sha2-256 of the model file, hex; empty: no model was used
    std::string modelName;
    std::string policySha256{};              ///< of the policy file, hex
    std::string policyBase{};                ///< of a user's own policy: the bundled one it stands on; empty: bundled
    std::string policyBaseSha256{};
    std::vector<std::string> policyWeaker{}; ///< places where an own policy lets more stand than its base
};

struct DeidOptions {
    QString resources; ///< folder with policies/ and deid/ (surrogates.json, model.safetensors)
    QString ownPolicies;                 ///< folder of the user's own policies; empty: none
    std::string policy = "longitudinal"; ///< as findPolicy takes it
    std::string ownPolicy;               ///< text of an own policy, as a draft keeps it; empty: by `policy`
    bool useModel = true;
    QString modelPath;      ///< empty: <resources>/deid/model.safetensors
    QString modulePath;     ///< empty: libamana-torch.so beside the program (../lib, ../lib/amana)
    QDate today;            ///< for ages from birth years; invalid: the current UTC date
    double sampleShare = 1; ///< 0…1: share of the policy's sample that this document contributes
};

/// The policy that options ask for. DeidPolicyUnknown, DeidPolicyInvalid, file.*.
[[nodiscard]] Result<Policy> policyOf(const DeidOptions &options);

/// De-identifies documents under one policy. plan() may be called from one thread at a time.
class Deidentifier {
public:
    /// DeidPolicyUnknown, DeidPolicyInvalid; DeidModelMissing (path) when the model or its module is absent,
    /// DeidModelInvalid (reason) when it is not one of ours.
    [[nodiscard]] static Result<std::unique_ptr<Deidentifier>> create(const DeidOptions &options);
    ~Deidentifier();

    /// Field rules are decided by the policy (Accepted); text spans at or above the threshold are Accepted,
    /// spans in doubt are Proposed (or Accepted when the policy says doubt: redact). Cancelled,
    /// DeidModelInvalid.
    [[nodiscard]] Result<Plan> plan(const records::Document &document, SurrogateMap &map,
                                    const Progress &progress) const;

    /// A plan made anew, because more is known of the subject than when `former` was made. What a person decided
    /// stays: decisions on the same edits, added marks, sample sentences seen. What was marked stays marked.
    [[nodiscard]] Result<Plan> planAgain(const records::Document &document, const Plan &former,
                                         SurrogateMap &map, const Progress &progress) const;

    /// Spans in one text by rules and model, merged, from the given score up: what `amana deid` prints for
    /// JSON lines.
    [[nodiscard]] Result<std::vector<Detections>> detect(const std::vector<std::u32string_view> &texts) const;

    [[nodiscard]] const Policy &policy() const;
    [[nodiscard]] const EngineInfo &info() const;

private:
    struct Impl;
    explicit Deidentifier(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// A person's decision on one edit. ReviewUnknownEdit (edit), ReviewBadDecision.
[[nodiscard]] Status decide(Plan &plan, const std::string &editId, records::Decision decision);

/// A span that a person marks: Decision::Added, replaced by a surrogate of `type`. Edits that it overlaps are
/// swallowed (the new edit covers their union). Returns the new edit's id. ReviewBadDecision when the path or
/// span does not exist.
[[nodiscard]] Result<std::string> addEdit(Plan &plan, const records::Document &document, SurrogateMap &map,
                                          const std::string &path, records::Span span,
                                          const std::string &type);

/// Number of edits that still wait and sample sentences not yet seen.
[[nodiscard]] std::size_t undecided(const Plan &plan);

/// The edits to hand to Format::write: Accepted and Added ones. ReviewUndecided (count) while anything waits.
[[nodiscard]] Result<std::vector<records::Edit>> releasedEdits(const Plan &plan);

/// `text` with the edits that name `path` applied (for previews, plain text and tests).
[[nodiscard]] std::string applyToText(std::string_view text, const std::vector<records::Edit> &edits,
                                      std::string_view path);

/// Plans in drafts and decision files: JSON, and back. DeidReportInvalid.
[[nodiscard]] std::string planToJson(const Plan &plan);
[[nodiscard]] Result<Plan> planFromJson(std::string_view json);

} // namespace amana::deid
