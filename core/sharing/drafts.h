// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/deid/plan.h"
#include "core/store/library.h"

#include <QDateTime>

#include <string>
#include <vector>

namespace amana::sharing {

enum class DraftState { Open, Finished, Published };
[[nodiscard]] const char *draftStateName(DraftState state); ///< "open" "finished" "published"

/// A dataset in the making: documents of the library, with what is to happen to each. Encrypted in the vault.
struct Draft {
    std::string id;
    std::string title;
    std::string policy;
    std::string ownPolicy; ///< text of a user's own policy, as it was when the draft was made; empty: a bundled one
    DraftState state = DraftState::Open;
    QDateTime created; ///< UTC
    std::vector<std::string> documents;
    deid::EngineInfo engine;
    int sampleWanted = 0;
    bool dateShifted = false;
    std::uint64_t dataset = 0; ///< number in the registry once published
    std::string cid;
    std::string transaction;
};

struct ReviewCount {
    std::size_t edits = 0;
    std::size_t undecided = 0; ///< edits still proposed
    std::size_t sample = 0;
    std::size_t sampleLeft = 0;
};
[[nodiscard]] ReviewCount countOf(const deid::Plan &plan);

/// Drafts of one profile. Blobs: <id> (header), <id>.map (surrogates), <id>.<document> (plan). The header is written last, so a
/// draft that is listed is whole.
class Drafts {
public:
    explicit Drafts(store::Library &library) : m_library(library) {}

    [[nodiscard]] static std::string newId();

    /// Plans every document. With an `id` that exists already the existing draft is returned: a repeated job makes one
    /// draft. SharingNothingToPublish, what Deidentifier::plan and Library return.
    [[nodiscard]] Result<Draft> create(const std::string &id, const std::string &title,
                                       const std::vector<std::string> &documents, const deid::Deidentifier &engine,
                                       const Clock &clock, const Progress &progress);
    [[nodiscard]] Result<std::vector<Draft>> list() const; ///< newest first
    [[nodiscard]] Result<Draft> get(const std::string &id) const;
    [[nodiscard]] Status save(const Draft &draft);

    [[nodiscard]] Result<deid::Plan> plan(const std::string &id, const std::string &document) const;
    [[nodiscard]] Status savePlan(const std::string &id, const deid::Plan &plan);
    [[nodiscard]] Result<deid::SurrogateMap> surrogates(const std::string &id) const;
    [[nodiscard]] Status saveSurrogates(const std::string &id, const deid::SurrogateMap &map);

    /// Plans every document again with what the library knows of its people now; decisions stay (Deidentifier::planAgain).
    /// The review is open again when something new waits.
    [[nodiscard]] Status planAgain(const std::string &id, const deid::Deidentifier &engine, const Progress &progress);

    /// Of all documents. ReviewUndecided is not an error here: it is what the count is for.
    [[nodiscard]] Result<ReviewCount> count(const Draft &draft) const;
    /// Ends the review: ReviewUndecided (count) while anything waits.
    [[nodiscard]] Status finish(const std::string &id);

private:
    [[nodiscard]] Status thinSample(const Draft &draft, std::size_t sampled);
    store::Library &m_library;
};

/// A decisions file: {"<document id>": {"accept": [edit ids], "reject": […], "add": [{"path","start","end","type"}],
/// "sampleSeen": true}, "*": {"accept": "all"}}. "*" may only accept: nothing releases marked text in bulk.
/// ReviewBadDecision (place), ReviewUnknownEdit.
[[nodiscard]] Status applyDecisions(Drafts &drafts, store::Library &library, const std::string &draft,
                                    std::string_view json);

} // namespace amana::sharing
