// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/report.h"
#include "core/sharing/drafts.h"
#include "core/sharing/package.h"

namespace amana::sharing {

/// A reviewed draft turned into what may leave: nothing in here is an original.
struct Release {
    std::vector<ReleasedDocument> documents;
    std::vector<Linkage> linkages;
    std::vector<deid::DocumentOutcome> outcomes;
    std::vector<std::string> formats; ///< distinct
    std::vector<deid::risk::Person> people{}; ///< what is told of each subject
};

/// Applies the decided edits, reads each result back in its own format and scans the released bytes for what the record's
/// subject is known by and the policy does not keep. review.undecided; DeidResidue (document, count) when anything is left; format.*.
[[nodiscard]] Result<Release> releaseDraft(Drafts &drafts, const store::Library &library, const Draft &draft,
                                           const deid::Policy &policy, const Progress &progress);

/// The report of a release as canonical JSON. `reviewer`: the account that will sign it, EIP-55.
[[nodiscard]] std::string reportOf(const Draft &draft, const Release &release, const std::string &reviewer);

} // namespace amana::sharing
