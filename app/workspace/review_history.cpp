// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/review_history.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::app {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxSteps = 500;

std::string blobName(const std::string &draft, const std::string &document)
{
    return draft + "." + document + ".undo";
}

/// Edits are written as plans write them.
std::string editsToText(const std::vector<records::Edit> &edits)
{
    deid::Plan plan;
    plan.edits = edits;
    return deid::planToJson(plan);
}

Result<std::vector<records::Edit>> editsFromText(const std::string &text)
{
    AMANA_TRY(deid::Plan plan, deid::planFromJson(text));
    return std::move(plan.edits);
}

json toJson(const std::vector<ReviewStep> &steps)
{
    json list = json::array();
    for (const ReviewStep &step : steps)
        list.push_back({{"before", editsToText(step.before)},
                        {"after", editsToText(step.after)},
                        {"seen", step.seen}});
    return list;
}

Result<std::vector<ReviewStep>> stepsFrom(const json &list)
{
    std::vector<ReviewStep> steps;
    for (const json &row : list) {
        ReviewStep step;
        AMANA_TRY(step.before, editsFromText(row.at("before").get<std::string>()));
        AMANA_TRY(step.after, editsFromText(row.at("after").get<std::string>()));
        step.seen = row.at("seen").get<std::vector<std::size_t>>();
        steps.push_back(std::move(step));
    }
    return steps;
}

void exchange(deid::Plan &plan, const std::vector<records::Edit> &out, const std::vector<records::Edit> &in)
{
    std::erase_if(plan.edits, [&](const records::Edit &edit) {
        const auto same = [&](const records::Edit &other) { return other.id == edit.id; };
        return std::any_of(out.begin(), out.end(), same) || std::any_of(in.begin(), in.end(), same);
    });
    plan.edits.insert(plan.edits.end(), in.begin(), in.end());
}

void setSeen(deid::Plan &plan, const std::vector<std::size_t> &indices, bool seen)
{
    for (const std::size_t index : indices)
        if (index < plan.sample.size())
            plan.sample[index].seen = seen;
}

} // namespace

Result<ReviewHistory> ReviewHistory::load(const store::Library &library, const std::string &draft,
                                          const std::string &document)
{
    ReviewHistory history;
    history.m_name = blobName(draft, document);
    const auto bytes = library.draft(history.m_name);
    if (!bytes && bytes.error().code == ErrorCode::StoreNotFound)
        return history;
    if (!bytes)
        return fail(bytes.error());
    try {
        const json object = json::parse(bytes->text());
        AMANA_TRY(history.m_undo, stepsFrom(object.at("undo")));
        AMANA_TRY(history.m_redo, stepsFrom(object.at("redo")));
        for (const auto &[edit, text] : object.at("covered").items()) {
            AMANA_TRY(history.m_covered[edit], editsFromText(text.get<std::string>()));
        }
    } catch (const json::exception &) {
        return fail(ErrorCode::StoreCorrupt, {{"place", "undo"}});
    }
    return history;
}

Status ReviewHistory::save(store::Library &library) const
{
    json covered = json::object();
    for (const auto &[edit, edits] : m_covered)
        covered[edit] = editsToText(edits);
    const std::string text =
        json{{"undo", toJson(m_undo)}, {"redo", toJson(m_redo)}, {"covered", covered}}.dump();
    return library.putDraft(m_name, bytesOf(text));
}

Status ReviewHistory::remove(store::Library &library, const std::string &draft, const std::string &document)
{
    return library.removeDraft(blobName(draft, document));
}

void ReviewHistory::push(ReviewStep step)
{
    m_redo.clear();
    m_undo.push_back(std::move(step));
    if (m_undo.size() > kMaxSteps)
        m_undo.erase(m_undo.begin());
}

bool ReviewHistory::undo(deid::Plan &plan, ReviewStep *step)
{
    if (m_undo.empty())
        return false;
    *step = m_undo.back();
    exchange(plan, step->after, step->before);
    setSeen(plan, step->seen, false);
    m_redo.push_back(*step);
    m_undo.pop_back();
    return true;
}

bool ReviewHistory::redo(deid::Plan &plan, ReviewStep *step)
{
    if (m_redo.empty())
        return false;
    *step = m_redo.back();
    exchange(plan, step->before, step->after);
    setSeen(plan, step->seen, true);
    m_undo.push_back(*step);
    m_redo.pop_back();
    return true;
}

void ReviewHistory::keepCovered(const std::string &addedEdit, std::vector<records::Edit> edits)
{
    m_covered[addedEdit] = std::move(edits);
}

std::vector<records::Edit> ReviewHistory::covered(const std::string &addedEdit) const
{
    const auto it = m_covered.find(addedEdit);
    return it == m_covered.end() ? std::vector<records::Edit>() : it->second;
}

} // namespace amana::app
