// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/drafts.h"

#include "core/crypto/random.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace amana::sharing {

namespace {

using nlohmann::json;

constexpr std::array kStates{DraftState::Open, DraftState::Finished, DraftState::Published};

std::string planName(const std::string &draft, const std::string &document)
{
    return draft + "." + document;
}

json engineToJson(const deid::EngineInfo &engine)
{
    return {{"policy", engine.policy},
            {"policyVersion", engine.policyVersion},
            {"policySha256", engine.policySha256},
            {"policyBase", engine.policyBase},
            {"policyBaseSha256", engine.policyBaseSha256},
            {"policyWeaker", engine.policyWeaker},
            {"ruleSet", engine.ruleSet},
            {"modelHash", engine.modelHash},
            {"modelName", engine.modelName}};
}

/// Drafts of earlier versions say nothing of the policy file.
deid::EngineInfo engineFromJson(const json &object)
{
    deid::EngineInfo engine;
    engine.policy = object.at("policy").get<std::string>();
    engine.policyVersion = object.at("policyVersion").get<std::string>();
    engine.policySha256 = object.value("policySha256", "");
    engine.policyBase = object.value("policyBase", "");
    engine.policyBaseSha256 = object.value("policyBaseSha256", "");
    engine.policyWeaker = object.value("policyWeaker", std::vector<std::string>());
    engine.ruleSet = object.at("ruleSet").get<std::string>();
    engine.modelHash = object.at("modelHash").get<std::string>();
    engine.modelName = object.at("modelName").get<std::string>();
    return engine;
}

json toJson(const Draft &draft)
{
    return {{"version", 1},
            {"id", draft.id},
            {"title", draft.title},
            {"policy", draft.policy},
            {"ownPolicy", draft.ownPolicy},
            {"state", draftStateName(draft.state)},
            {"created", draft.created.toString(Qt::ISODate).toStdString()},
            {"documents", draft.documents},
            {"engine", engineToJson(draft.engine)},
            {"sampleWanted", draft.sampleWanted},
            {"dateShifted", draft.dateShifted},
            {"dataset", draft.dataset},
            {"cid", draft.cid},
            {"transaction", draft.transaction}};
}

std::optional<DraftState> stateFromName(const std::string &name)
{
    for (const DraftState state : kStates)
        if (name == draftStateName(state))
            return state;
    return std::nullopt;
}

Result<Draft> draftFromJson(std::string_view text)
{
    Draft draft;
    try {
        const json object = json::parse(text);
        draft.id = object.at("id").get<std::string>();
        draft.title = object.at("title").get<std::string>();
        draft.policy = object.at("policy").get<std::string>();
        draft.created =
            QDateTime::fromString(QString::fromStdString(object.at("created").get<std::string>()), Qt::ISODate);
        draft.documents = object.at("documents").get<std::vector<std::string>>();
        draft.ownPolicy = object.value("ownPolicy", "");
        draft.engine = engineFromJson(object.at("engine"));
        draft.sampleWanted = object.at("sampleWanted").get<int>();
        draft.dateShifted = object.at("dateShifted").get<bool>();
        draft.dataset = object.at("dataset").get<std::uint64_t>();
        draft.cid = object.at("cid").get<std::string>();
        draft.transaction = object.at("transaction").get<std::string>();
        const auto state = stateFromName(object.at("state").get<std::string>());
        if (!state)
            return fail(ErrorCode::StoreCorrupt, {{"place", "draft"}});
        draft.state = *state;
    } catch (const json::exception &) {
        return fail(ErrorCode::StoreCorrupt, {{"place", "draft"}});
    }
    return draft;
}

Status applyToDocument(Drafts &drafts, store::Library &library, const std::string &draft,
                       const std::string &documentId, const json &decisions)
{
    AMANA_TRY(deid::Plan plan, drafts.plan(draft, documentId));
    for (const char *verb : {"accept", "reject"}) {
        const auto decision = verb[0] == 'a' ? records::Decision::Accepted : records::Decision::Rejected;
        for (const json &edit : decisions.value(verb, json::array())) {
            if (!edit.is_string())
                return fail(ErrorCode::ReviewBadDecision, {{"place", documentId + "." + verb}});
            AMANA_CHECK(deid::decide(plan, edit.get<std::string>(), decision));
        }
    }
    if (decisions.contains("add")) {
        AMANA_TRY(const records::Document document, library.document(documentId));
        AMANA_TRY(deid::SurrogateMap map, drafts.surrogates(draft));
        for (const json &added : decisions["add"]) {
            const records::Span span{added.value("start", std::size_t(0)), added.value("end", std::size_t(0))};
            AMANA_TRY(const std::string id,
                      deid::addEdit(plan, document, map, added.value("path", ""), span, added.value("type", "OTHER")));
        }
        AMANA_CHECK(drafts.saveSurrogates(draft, map));
    }
    if (decisions.value("sampleSeen", false))
        for (deid::SampleSentence &sentence : plan.sample)
            sentence.seen = true;
    return drafts.savePlan(draft, plan);
}

/// "*": accepting everything proposed is the safe direction, so it is allowed in bulk.
Status acceptAll(Drafts &drafts, const Draft &draft, const json &decisions)
{
    const bool accept = decisions.value("accept", "") == "all";
    const bool seen = decisions.value("sampleSeen", false);
    if (decisions.contains("reject") || decisions.contains("add"))
        return fail(ErrorCode::ReviewBadDecision, {{"place", "*"}});
    for (const std::string &document : draft.documents) {
        AMANA_TRY(deid::Plan plan, drafts.plan(draft.id, document));
        for (records::Edit &edit : plan.edits)
            if (accept && edit.decision == records::Decision::Proposed)
                edit.decision = records::Decision::Accepted;
        for (deid::SampleSentence &sentence : plan.sample)
            sentence.seen = sentence.seen || seen;
        AMANA_CHECK(drafts.savePlan(draft.id, plan));
    }
    return {};
}

} // namespace

const char *draftStateName(DraftState state)
{
    switch (state) {
    case DraftState::Open:
        return "open";
    case DraftState::Finished:
        return "finished";
    case DraftState::Published:
        return "published";
    }
    return "open";
}

ReviewCount countOf(const deid::Plan &plan)
{
    ReviewCount count;
    count.edits = plan.edits.size();
    for (const records::Edit &edit : plan.edits)
        count.undecided += edit.decision == records::Decision::Proposed;
    count.sample = plan.sample.size();
    for (const deid::SampleSentence &sentence : plan.sample)
        count.sampleLeft += !sentence.seen;
    return count;
}

std::string Drafts::newId()
{
    std::array<std::uint8_t, 6> bytes{};
    crypto::randomBytes(bytes);
    return "d" + toHex(bytes);
}

Result<Draft> Drafts::create(const std::string &id, const std::string &title,
                             const std::vector<std::string> &documents, const deid::Deidentifier &engine,
                             const Clock &clock, const Progress &progress)
{
    if (auto existing = get(id); existing || existing.error().code != ErrorCode::StoreNotFound)
        return existing;
    if (documents.empty())
        return fail(ErrorCode::SharingNothingToPublish);
    Draft draft;
    draft.id = id;
    draft.title = title;
    draft.policy = engine.policy().name;
    draft.ownPolicy = engine.policy().own ? engine.policy().own->source : std::string();
    draft.created = clock.now();
    draft.documents = documents;
    draft.engine = engine.info();
    draft.sampleWanted = engine.policy().sampleSentences;
    draft.dateShifted = engine.policy().maxShiftDays > 0;
    deid::SurrogateMap map;
    std::size_t sampled = 0;
    AMANA_TRY(const std::vector<store::SubjectEntry> subjects, m_library.subjects());
    for (const store::SubjectEntry &entry : subjects) // no surrogate may be the true name of anybody here
        map.describe({}, entry.subject.names, {});
    for (std::size_t i = 0; i < documents.size(); ++i) {
        progress.report(i, documents.size());
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const records::Document document, m_library.document(documents[i]));
        AMANA_TRY(const deid::Plan plan, engine.plan(document, map, progress));
        sampled += plan.sample.size();
        AMANA_CHECK(savePlan(id, plan));
    }
    AMANA_CHECK(thinSample(draft, sampled));
    AMANA_CHECK(saveSurrogates(id, map));
    AMANA_CHECK(save(draft));
    return draft;
}

Status Drafts::planAgain(const std::string &id, const deid::Deidentifier &engine, const Progress &progress)
{
    AMANA_TRY(Draft draft, get(id));
    AMANA_TRY(deid::SurrogateMap map, surrogates(id));
    for (const std::string &documentId : draft.documents) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        AMANA_TRY(const records::Document document, m_library.document(documentId));
        AMANA_TRY(const deid::Plan former, plan(id, documentId));
        AMANA_TRY(const deid::Plan renewed, engine.planAgain(document, former, map, progress));
        AMANA_CHECK(savePlan(id, renewed));
    }
    AMANA_CHECK(saveSurrogates(id, map));
    draft.state = DraftState::Open;
    return save(draft);
}

/// The policy's sample is for the dataset; each plan drew one for its document. Of all that were drawn, as many as the
/// policy wants stay, each with the same chance.
Status Drafts::thinSample(const Draft &draft, std::size_t sampled)
{
    auto wanted = static_cast<std::size_t>(std::max(draft.sampleWanted, 0));
    if (sampled <= wanted)
        return {};
    for (const std::string &document : draft.documents) {
        AMANA_TRY(deid::Plan plan, this->plan(draft.id, document));
        if (plan.sample.empty())
            continue;
        std::erase_if(plan.sample, [&](const deid::SampleSentence &) { // selection sampling: Knuth, TAOCP 2, 3.4.2, S
            const bool keep = crypto::randomDigest()[0] * sampled < wanted * 256;
            --sampled;
            wanted -= keep;
            return !keep;
        });
        AMANA_CHECK(savePlan(draft.id, plan));
    }
    return {};
}

Result<std::vector<Draft>> Drafts::list() const
{
    AMANA_TRY(const std::vector<std::string> names, m_library.drafts());
    std::vector<Draft> drafts;
    for (const std::string &name : names) {
        if (name.find('.') != std::string::npos)
            continue;
        AMANA_TRY(Draft draft, get(name));
        drafts.push_back(std::move(draft));
    }
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](const Draft &a, const Draft &b) { return a.created > b.created; });
    return drafts;
}

Result<Draft> Drafts::get(const std::string &id) const
{
    AMANA_TRY(const SecretBytes bytes, m_library.draft(id));
    return draftFromJson(bytes.text());
}

Status Drafts::save(const Draft &draft)
{
    const std::string text = toJson(draft).dump();
    return m_library.putDraft(draft.id, bytesOf(text));
}

Result<deid::Plan> Drafts::plan(const std::string &id, const std::string &document) const
{
    AMANA_TRY(const SecretBytes bytes, m_library.draft(planName(id, document)));
    return deid::planFromJson(bytes.text());
}

Status Drafts::savePlan(const std::string &id, const deid::Plan &plan)
{
    const std::string text = deid::planToJson(plan);
    return m_library.putDraft(planName(id, plan.documentId), bytesOf(text));
}

Result<deid::SurrogateMap> Drafts::surrogates(const std::string &id) const
{
    AMANA_TRY(const SecretBytes bytes, m_library.draft(id + ".map"));
    return deid::SurrogateMap::fromSecret(bytes);
}

Status Drafts::saveSurrogates(const std::string &id, const deid::SurrogateMap &map)
{
    return m_library.putDraft(id + ".map", map.toSecret().view());
}

Result<ReviewCount> Drafts::count(const Draft &draft) const
{
    ReviewCount total;
    for (const std::string &document : draft.documents) {
        AMANA_TRY(const deid::Plan one, plan(draft.id, document));
        const ReviewCount count = countOf(one);
        total.edits += count.edits;
        total.undecided += count.undecided;
        total.sample += count.sample;
        total.sampleLeft += count.sampleLeft;
    }
    return total;
}

Status Drafts::finish(const std::string &id)
{
    AMANA_TRY(Draft draft, get(id));
    AMANA_TRY(const ReviewCount count, this->count(draft));
    if (count.undecided + count.sampleLeft > 0)
        return fail(ErrorCode::ReviewUndecided, {{"dataset", id},
                                                 {"count", std::to_string(count.undecided + count.sampleLeft)},
                                                 {"sample", std::to_string(count.sampleLeft)}});
    if (draft.state == DraftState::Open) {
        draft.state = DraftState::Finished;
        AMANA_CHECK(save(draft));
    }
    return {};
}

Status applyDecisions(Drafts &drafts, store::Library &library, const std::string &draftId, std::string_view text)
{
    AMANA_TRY(const Draft draft, drafts.get(draftId));
    if (draft.state != DraftState::Open)
        return fail(ErrorCode::ReviewBadDecision, {{"place", draftStateName(draft.state)}});
    const json root = json::parse(text, nullptr, false);
    if (!root.is_object())
        return fail(ErrorCode::ReviewBadDecision, {{"place", "file"}});
    try {
        for (const auto &[document, decisions] : root.items()) {
            if (document == "*")
                AMANA_CHECK(acceptAll(drafts, draft, decisions));
            else
                AMANA_CHECK(applyToDocument(drafts, library, draftId, document, decisions));
        }
    } catch (const json::exception &) {
        return fail(ErrorCode::ReviewBadDecision, {{"place", "file"}});
    }
    return {};
}

} // namespace amana::sharing
