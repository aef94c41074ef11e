// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"
#include "core/ports/review_port.h"
#include "core/sharing/drafts.h"

#include <set>
#include <string>
#include <vector>

/// A document and its plan as the review shows them.
namespace amana::app {

/// The field as it stands and as it would leave: all edits applied but rejected ones. `edits`: those of this
/// field.
[[nodiscard]] ports::ReviewField reviewField(const records::Field &field, std::vector<const records::Edit *> edits);

/// All fields in the order of the document, or only those named in `paths`.
[[nodiscard]] std::vector<ports::ReviewField> reviewFields(const records::Document &document, const deid::Plan &plan,
                                                           const std::set<std::string> *paths = nullptr);

/// Sentences of the plan; their ids are "sample-0" … by position, which never changes within a draft.
[[nodiscard]] std::vector<ports::SamplePiece> samplePieces(const deid::Plan &plan);
/// Index into Plan::sample; ReviewUnknownEdit.
[[nodiscard]] Result<std::size_t> sampleIndex(const deid::Plan &plan, const QString &id);

/// What an edit replaces. Empty when its path is not in the document.
[[nodiscard]] std::string originalText(const records::Document &document, const records::Edit &edit);

/// Whether a rule on the whole field made the edit, not a look at its text.
[[nodiscard]] bool isFieldRule(const records::Edit &edit);

/// Puts edits in the order that Plan promises: by field, then by span.
void sortEdits(std::vector<records::Edit> &edits, const records::Document &document);

[[nodiscard]] ports::ReviewCounts portCounts(const sharing::ReviewCount &count);

} // namespace amana::app
