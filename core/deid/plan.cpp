// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/plan.h"

#include "core/base/utf8.h"
#include "core/deid/document_pass.h"
#include "core/deid/kept_values.h"
#include "core/deid/model_loader.h"
#include "core/deid/planner.h"
#include "core/deid/rules/rules.h"

#include <QDir>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace amana::deid {

using nlohmann::json;

struct Deidentifier::Impl {
    Policy policy;
    EngineInfo info;
    RuleDetector rules;
    std::unique_ptr<Detector> model;
    QDate today;
    double sampleShare = 1;

    /// Rules and model over texts that do not belong together; one list per text, not merged yet.
    Result<std::vector<Detections>> raw(const std::vector<std::u32string_view> &texts) const
    {
        AMANA_TRY(auto found, rules.detect(texts));
        if (!model)
            return found;
        AMANA_TRY(const auto said, model->detect(texts));
        for (std::size_t i = 0; i < texts.size(); ++i)
            found[i].insert(found[i].end(), said[i].begin(), said[i].end());
        return found;
    }
};

namespace {

EngineInfo infoOf(const Policy &policy)
{
    EngineInfo info;
    info.policy = policy.name;
    info.policyVersion = policy.version;
    info.policySha256 = policy.sha256;
    info.ruleSet = kRuleSetVersion;
    if (policy.own) {
        info.policyBase = policy.own->base;
        info.policyBaseSha256 = policy.own->baseSha256;
        info.policyWeaker = policy.own->weaker();
    }
    return info;
}

} // namespace

Deidentifier::Deidentifier(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Deidentifier::~Deidentifier() = default;

Result<Policy> policyOf(const DeidOptions &options)
{
    const PolicyPlaces places{QDir(options.resources).filePath(QStringLiteral("policies")), options.ownPolicies};
    return options.ownPolicy.empty() ? findPolicy(places, options.policy)
                                     : parseOwnPolicy(options.ownPolicy, places.bundled);
}

Result<std::unique_ptr<Deidentifier>> Deidentifier::create(const DeidOptions &options)
{
    auto impl = std::make_unique<Impl>();
    const QDir resources(options.resources);
    AMANA_TRY(impl->policy, policyOf(options));
    impl->info = infoOf(impl->policy);
    impl->today = options.today.isValid() ? options.today : QDateTime::currentDateTimeUtc().date();
    impl->sampleShare = options.sampleShare;
    if (options.useModel) {
        const QString path = options.modelPath.isEmpty()
                                 ? resources.filePath(QStringLiteral("deid/model.safetensors"))
                                 : options.modelPath;
        AMANA_TRY(LoadedModel model, loadModel(path, options.modulePath));
        impl->model = std::move(model.detector);
        impl->info.modelHash = std::move(model.hash);
        impl->info.modelName = "amana-tagger";
    }
    return std::unique_ptr<Deidentifier>(new Deidentifier(std::move(impl)));
}

Result<Plan> Deidentifier::plan(const records::Document &document, SurrogateMap &map,
                                const Progress &progress) const
{
    Planner planner(m_impl->policy, document, map, m_impl->today, m_impl->sampleShare);
    const std::vector<std::u32string_view> texts(planner.cleanTexts().begin(), planner.cleanTexts().end());
    progress.report(0, texts.size());
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    AMANA_TRY(auto found, m_impl->raw(texts));
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    const KnownValues known(knownUnder(m_impl->policy, document));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto more = known.find(texts[i]);
        found[i].insert(found[i].end(), more.begin(), more.end());
    }
    Plan plan = planner.build(documentPass(texts, std::move(found)));
    progress.report(texts.size(), texts.size());
    return plan;
}

Result<std::vector<Detections>> Deidentifier::detect(const std::vector<std::u32string_view> &texts) const
{
    AMANA_TRY(auto found, m_impl->raw(texts));
    std::vector<Detections> out;
    for (std::size_t i = 0; i < texts.size(); ++i) // each text is a document of its own
        out.push_back(std::move(documentPass({texts[i]}, {std::move(found[i])}).front()));
    return out;
}

const Policy &Deidentifier::policy() const { return m_impl->policy; }
const EngineInfo &Deidentifier::info() const { return m_impl->info; }

Status decide(Plan &plan, const std::string &editId, records::Decision decision)
{
    const auto edit = std::find_if(plan.edits.begin(), plan.edits.end(),
                                   [&](const records::Edit &e) { return e.id == editId; });
    if (edit == plan.edits.end())
        return fail(ErrorCode::ReviewUnknownEdit, {{"edit", editId}});
    const bool person = decision == records::Decision::Accepted || decision == records::Decision::Rejected;
    if (!person || edit->reason.starts_with("field.")) // the policy decides fields, not a person
        return fail(ErrorCode::ReviewBadDecision,
                    {{"edit", editId}, {"decision", records::decisionName(decision)}});
    edit->decision = edit->decision == records::Decision::Added && decision == records::Decision::Accepted
                         ? records::Decision::Added
                         : decision;
    return {};
}

Result<std::string> addEdit(Plan &plan, const records::Document &document, SurrogateMap &map,
                            const std::string &path, records::Span span, const std::string &type)
{
    const auto field = std::find_if(document.fields.begin(), document.fields.end(),
                                    [&](const records::Field &f) { return f.path == path; });
    const bool typed = std::find(kTextTypes.begin(), kTextTypes.end(), type) != kTextTypes.end();
    const auto bad = [&] { return fail(ErrorCode::ReviewBadDecision, {{"path", path}, {"type", type}}); };
    if (field == document.fields.end() || !typed || span.empty() || span.end > codePointCount(field->text))
        return bad();
    for (const records::Edit &e : plan.edits)
        if (e.path == path && e.reason.starts_with("field.")) // the whole field goes or changes already
            return bad();
    for (bool grown = true; grown;) {
        grown = false;
        for (const records::Edit &e : plan.edits)
            if (e.path == path && e.span.overlaps(span)
                && (e.span.begin < span.begin || e.span.end > span.end)) {
                span = {std::min(e.span.begin, span.begin), std::max(e.span.end, span.end)};
                grown = true;
            }
    }
    std::erase_if(plan.edits,
                  [&](const records::Edit &e) { return e.path == path && e.span.overlaps(span); });
    const auto text = decodeUtf8(field->text);
    records::Edit edit;
    edit.path = path;
    edit.span = span;
    edit.id = std::to_string(field - document.fields.begin()) + ":" + std::to_string(span.begin) + "-"
              + std::to_string(span.end);
    edit.type = type;
    edit.reason = "person";
    edit.decision = records::Decision::Added;
    const bool tag = type == "DATE" || type == "AGE"; // what a person marks goes, whatever a rule makes of it
    edit.replacement =
        tag ? "[" + type + "]"
            : map.surrogate(document.subject.key, type, encodeUtf8(text.substr(span.begin, span.length())));
    plan.edits.push_back(edit);
    sortEdits(plan, document);
    return edit.id;
}

std::size_t undecided(const Plan &plan)
{
    const auto waiting = std::count_if(plan.edits.begin(), plan.edits.end(), [](const records::Edit &e) {
        return e.decision == records::Decision::Proposed;
    });
    const auto unseen = std::count_if(plan.sample.begin(), plan.sample.end(),
                                      [](const SampleSentence &s) { return !s.seen; });
    return static_cast<std::size_t>(waiting + unseen);
}

Result<std::vector<records::Edit>> releasedEdits(const Plan &plan)
{
    if (const auto waiting = undecided(plan); waiting > 0)
        return fail(ErrorCode::ReviewUndecided, {{"count", std::to_string(waiting)}});
    std::vector<records::Edit> out;
    std::copy_if(plan.edits.begin(), plan.edits.end(), std::back_inserter(out), [](const records::Edit &e) {
        return e.decision == records::Decision::Accepted || e.decision == records::Decision::Added;
    });
    return out;
}

std::string applyToText(std::string_view text, const std::vector<records::Edit> &edits, std::string_view path)
{
    std::vector<const records::Edit *> mine;
    for (const records::Edit &e : edits)
        if (e.path == path
            && (e.decision == records::Decision::Accepted || e.decision == records::Decision::Added))
            mine.push_back(&e);
    std::sort(mine.begin(), mine.end(),
              [](const records::Edit *a, const records::Edit *b) { return a->span < b->span; });
    const std::u32string from = decodeUtf8(text);
    std::string out;
    std::size_t at = 0;
    for (const records::Edit *e : mine) {
        const auto begin = std::min(e->span.begin, from.size()), end = std::min(e->span.end, from.size());
        if (begin < at)
            continue;
        out += encodeUtf8(std::u32string_view(from).substr(at, begin - at)) + e->replacement;
        at = end;
    }
    return out + encodeUtf8(std::u32string_view(from).substr(at));
}

namespace {

json editToJson(const records::Edit &e)
{
    json out{{"id", e.id},
            {"path", e.path},
            {"begin", e.span.begin},
            {"end", e.span.end},
            {"remove", e.action == records::EditAction::Remove},
            {"replacement", e.replacement},
            {"type", e.type},
            {"reason", e.reason},
            {"confidence", e.confidence},
            {"decision", records::decisionName(e.decision)}};
    if (!e.role.empty())
        out["role"] = e.role;
    return out;
}

std::optional<records::Edit> editFromJson(const json &from)
{
    const auto decision = records::decisionFromName(from.at("decision").get<std::string>());
    if (!decision)
        return std::nullopt;
    records::Edit e;
    e.id = from.at("id").get<std::string>();
    e.path = from.at("path").get<std::string>();
    e.span = {from.at("begin").get<std::size_t>(), from.at("end").get<std::size_t>()};
    e.action = from.at("remove").get<bool>() ? records::EditAction::Remove : records::EditAction::Replace;
    e.replacement = from.at("replacement").get<std::string>();
    e.type = from.at("type").get<std::string>();
    e.reason = from.at("reason").get<std::string>();
    e.confidence = from.at("confidence").get<double>();
    e.decision = *decision;
    e.role = from.value("role", std::string());
    return e;
}

} // namespace

std::string planToJson(const Plan &plan)
{
    json out{{"document", plan.documentId},
             {"edits", json::array()},
             {"dropped", json::array()},
             {"sample", json::array()}};
    for (const records::Edit &e : plan.edits)
        out["edits"].push_back(editToJson(e));
    for (const Dropped &d : plan.dropped)
        out["dropped"].push_back({{"path", d.path}, {"element", d.element}, {"kind", d.kind}});
    for (const SampleSentence &s : plan.sample)
        out["sample"].push_back(
            {{"path", s.path}, {"begin", s.span.begin}, {"end", s.span.end}, {"seen", s.seen}});
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Plan> planFromJson(std::string_view text)
{
    try {
        const json from = json::parse(text);
        Plan plan;
        plan.documentId = from.at("document").get<std::string>();
        for (const auto &entry : from.at("edits")) {
            auto edit = editFromJson(entry);
            if (!edit)
                return fail(ErrorCode::DeidReportInvalid, {{"place", "edits"}});
            plan.edits.push_back(*std::move(edit));
        }
        for (const auto &d : from.at("dropped"))
            plan.dropped.push_back({d.at("path").get<std::string>(), d.at("element").get<std::string>(),
                                    d.at("kind").get<std::string>()});
        for (const auto &s : from.at("sample"))
            plan.sample.push_back({s.at("path").get<std::string>(),
                                   {s.at("begin").get<std::size_t>(), s.at("end").get<std::size_t>()},
                                   s.at("seen").get<bool>()});
        return plan;
    } catch (const json::exception &) {
        return fail(ErrorCode::DeidReportInvalid, {{"place", "plan"}});
    }
}

} // namespace amana::deid
