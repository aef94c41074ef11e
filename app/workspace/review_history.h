// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/plan.h"
#include "core/store/library.h"

#include <map>
#include <string>
#include <vector>

namespace amana::app {

/// One step that can be taken back: which edits stood there before and after, and which sentences were
/// confirmed by it.
struct ReviewStep {
    std::vector<records::Edit> before;
    std::vector<records::Edit> after;
    std::vector<std::size_t> seen;

    bool operator==(const ReviewStep &) const = default;
};

/// The undo stack of one document of a draft, and what hand-made marks cover. Kept with the draft in the vault,
/// so that it survives a restart; it ends with the review. Holds no original text.
class ReviewHistory {
public:
    /// An empty one when nothing is stored. StoreCorrupt, vault.*.
    [[nodiscard]] static Result<ReviewHistory> load(const store::Library &library, const std::string &draft,
                                                    const std::string &document);
    [[nodiscard]] Status save(store::Library &library) const;
    [[nodiscard]] static Status remove(store::Library &library, const std::string &draft, const std::string &document);

    [[nodiscard]] bool canUndo() const { return !m_undo.empty(); }
    [[nodiscard]] bool canRedo() const { return !m_redo.empty(); }

    void push(ReviewStep step); ///< of a new decision: nothing can be redone after it
    /// Changes `plan` and moves the step to the other stack; false when there is none. Repeating it after a
    /// crash in between does no harm: a step says what stands there, not what to toggle.
    [[nodiscard]] bool undo(deid::Plan &plan, ReviewStep *step);
    [[nodiscard]] bool redo(deid::Plan &plan, ReviewStep *step);

    /// Edits that a hand-made mark swallowed: they come back when the mark is taken away, for what a detector
    /// marked is never released by default.
    void keepCovered(const std::string &addedEdit, std::vector<records::Edit> edits);
    [[nodiscard]] std::vector<records::Edit> covered(const std::string &addedEdit) const;

private:
    std::string m_name;
    std::vector<ReviewStep> m_undo;
    std::vector<ReviewStep> m_redo;
    std::map<std::string, std::vector<records::Edit>> m_covered;
};

} // namespace amana::app
