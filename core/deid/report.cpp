// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/report.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::deid {
namespace {

using nlohmann::json;

constexpr const char *kFormat = "amana-deid-report/1";

struct Counts {
    std::map<std::string, std::size_t> types, reasons, decisions, roles;
    std::size_t edits = 0, undecided = 0, residues = 0, unscanned = 0, dropped = 0, sampled = 0, seen = 0;

    void add(const DocumentOutcome &outcome)
    {
        for (const records::Edit &e : outcome.plan.edits) {
            ++edits;
            ++types[e.type];
            ++reasons[e.reason];
            if (e.type == "NAME")
                ++roles[e.role.empty() ? "unknown" : e.role];
            ++decisions[records::decisionName(e.decision)];
        }
        undecided += deid::undecided(outcome.plan);
        residues += outcome.residues.size();
        unscanned += outcome.scanned ? 0 : 1;
        dropped += outcome.plan.dropped.size();
        sampled += outcome.plan.sample.size();
        seen += static_cast<std::size_t>(std::count_if(outcome.plan.sample.begin(), outcome.plan.sample.end(),
                                                       [](const SampleSentence &s) { return s.seen; }));
    }
};

/// An own policy may bear any name: its file's digest, its base and where it is weaker say what it is.
json policyJson(const ReportContext &context)
{
    const EngineInfo &engine = context.engine;
    json policy{{"name", engine.policy},
                {"version", engine.policyVersion},
                {"sha256", engine.policySha256},
                {"own", !engine.policyBase.empty()},
                {"dateShifted", context.dateShifted}};
    if (!engine.policyBase.empty())
        policy.update({{"base", {{"name", engine.policyBase}, {"sha256", engine.policyBaseSha256}}},
                       {"weaker", engine.policyWeaker}});
    return policy;
}

json documentJson(const DocumentOutcome &outcome)
{
    json edits = json::array(), dropped = json::array(), residues = json::array();
    for (const records::Edit &e : outcome.plan.edits) {
        edits.push_back({{"place", e.path},
                         {"begin", e.span.begin},
                         {"end", e.span.end},
                         {"type", e.type},
                         {"reason", e.reason},
                         {"action", e.action == records::EditAction::Remove ? "remove" : "replace"},
                         {"confidence", e.confidence},
                         {"decision", records::decisionName(e.decision)}});
        if (!e.role.empty())
            edits.back()["role"] = e.role;
    }
    for (const Dropped &d : outcome.plan.dropped)
        dropped.push_back({{"place", d.path}, {"element", d.element}, {"kind", d.kind}});
    for (const Residue &r : outcome.residues)
        residues.push_back({{"view", r.view}, {"offset", r.offset}, {"kind", r.kind}});
    json out{{"name", outcome.name},     {"subject", outcome.subject},
             {"format", outcome.format}, {"edits", edits},
             {"dropped", dropped},       {"residualScan", {{"done", outcome.scanned}, {"found", residues}}}};
    out["figures"] = documentFigures(outcome.figures);
    return out;
}

} // namespace

json makeReport(const ReportContext &context, const std::vector<DocumentOutcome> &documents)
{
    Counts counts;
    json list = json::array();
    for (const DocumentOutcome &outcome : documents) {
        counts.add(outcome);
        list.push_back(documentJson(outcome));
    }
    const json figures = datasetFigures(context, documents);
    json sample = {{"status", context.sampleWanted > 0 ? "sampled" : "not sampled"},
                   {"shown", counts.sampled},
                   {"seen", counts.seen}};
    return {{"format", kFormat},
            {"createdAt", context.createdAt},
            {"policy", policyJson(context)},
            {"ruleSet", context.engine.ruleSet},
            {"model",
             {{"name", context.engine.modelName},
              {"sha256", context.engine.modelHash},
              {"used", !context.engine.modelHash.empty()}}},
            {"counts",
             {{"documents", documents.size()},
              {"edits", counts.edits},
              {"dropped", counts.dropped},
              {"byType", counts.types},
              {"byReason", counts.reasons},
              {"namesByRole", counts.roles},
              {"byDecision", counts.decisions},
              {"undecided", counts.undecided},
              {"residues", counts.residues},
              {"unscanned", counts.unscanned}}},
            {"sample", sample},
            {"figures", figures},
            {"documents", list}};
}

std::string makeReportText(const ReportContext &context, const std::vector<DocumentOutcome> &documents)
{
    return makeReport(context, documents).dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<ReportSummary> readReport(std::string_view text)
{
    try {
        const json report = json::parse(text);
        if (report.at("format") != kFormat)
            return fail(ErrorCode::DeidReportInvalid, {{"place", "format"}});
        const json &counts = report.at("counts");
        ReportSummary out;
        const json &policy = report.at("policy");
        out.policy = policy.at("name").get<std::string>();
        out.policySha256 = policy.value("sha256", ""); // reports of earlier versions have none
        out.ownPolicy = policy.value("own", false);
        out.modelHash = report.at("model").at("sha256").get<std::string>();
        out.ruleSet = report.at("ruleSet").get<std::string>();
        out.documents = counts.at("documents").get<std::size_t>();
        out.edits = counts.at("edits").get<std::size_t>();
        out.undecided = counts.at("undecided").get<std::size_t>();
        out.residues = counts.at("residues").get<std::size_t>();
        out.unscanned = counts.at("unscanned").get<std::size_t>();
        if (out.documents != report.at("documents").size())
            return fail(ErrorCode::DeidReportInvalid, {{"place", "counts.documents"}});
        return out;
    } catch (const json::exception &) {
        return fail(ErrorCode::DeidReportInvalid, {{"place", "json"}});
    }
}

} // namespace amana::deid
