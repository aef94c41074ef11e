// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/plan.h"
#include "core/deid/planner.h"

#include <algorithm>

namespace amana::deid {
namespace {

bool overlaps(const records::Edit &a, const records::Edit &b)
{
    return a.path == b.path && a.span.overlaps(b.span);
}

/// The same edit keeps its decision and replacement; what is marked no more and overlaps nothing new stays.
void carryEdits(const Plan &former, Plan &fresh)
{
    for (const records::Edit &old : former.edits) {
        const auto same = std::find_if(fresh.edits.begin(), fresh.edits.end(),
                                       [&](const records::Edit &e) { return e.id == old.id; });
        if (same != fresh.edits.end())
            *same = old;
        else if (std::none_of(fresh.edits.begin(), fresh.edits.end(),
                              [&](const records::Edit &e) { return overlaps(e, old); }))
            fresh.edits.push_back(old);
    }
}

/// The sample drawn first stays the sample; a sentence that has a mark now needs no look.
void carrySample(const Plan &former, Plan &fresh)
{
    fresh.sample = former.sample;
    std::erase_if(fresh.sample, [&](const SampleSentence &sentence) {
        return std::any_of(fresh.edits.begin(), fresh.edits.end(), [&](const records::Edit &e) {
            return e.path == sentence.path && e.span.overlaps(sentence.span);
        });
    });
}

} // namespace

Result<Plan> Deidentifier::planAgain(const records::Document &document, const Plan &former, SurrogateMap &map,
                                     const Progress &progress) const
{
    AMANA_TRY(Plan fresh, plan(document, map, progress));
    carryEdits(former, fresh);
    for (const records::Edit &old : former.edits) {
        const bool kept = std::any_of(fresh.edits.begin(), fresh.edits.end(),
                                      [&](const records::Edit &e) { return e.id == old.id; });
        if (old.decision == records::Decision::Added && !kept) // it overlaps a new mark: both go, as one
            AMANA_CHECK(addEdit(fresh, document, map, old.path, old.span, old.type)
                            .transform([](const std::string &) {}));
    }
    carrySample(former, fresh);
    sortEdits(fresh, document);
    return fresh;
}

} // namespace amana::deid
