// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"
#include "core/deid/residual.h"

namespace amana::deid {

/// Kinds that a policy may keep although the record's subject is known by them: where somebody lives and was treated,
/// by whom, and when. The subject's own name, numbers and contacts are never among them: whatever a policy says, the
/// scan of the released bytes finds those.
[[nodiscard]] bool mayStandKnown(records::FieldKind kind);

/// The document's subject without what the policy keeps: what is to be searched for in its text and in its release.
[[nodiscard]] records::Subject knownUnder(const Policy &policy, const records::Document &document);

/// scanReleased for one planned document: what the policy keeps is no residue, nor is what a person said to be no
/// identifier.
[[nodiscard]] std::vector<Residue> scanDocument(ByteView released, const records::Document &document,
                                                const Policy &policy, const Plan &plan);

} // namespace amana::deid
