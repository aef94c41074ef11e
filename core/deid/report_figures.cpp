// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/report_figures.h"

#include "core/crypto/hash.h"
#include "core/deid/report.h"
#include "core/deid/rules/rules.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace amana::deid {
namespace {

using nlohmann::json;

constexpr double kDoubt = 0.05; // one-sided 95 %

/// Four decimals: more would tell of the library's arithmetic, not of the data.
double rounded(double share) { return std::round(share * 1e4) / 1e4; }

json share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? json() : json(rounded(static_cast<double>(part) / static_cast<double>(whole)));
}

json keptOf(std::size_t kept, std::size_t whole)
{
    return {{"before", whole}, {"kept", kept}, {"share", share(kept, whole)}};
}

json utilityJson(const Utility &utility, std::size_t alike)
{
    json fields = json::object();
    for (const auto &[kind, counts] : utility.fields)
        fields[kind] = {{"before", counts.before}, {"after", counts.after}, {"unchanged", counts.unchanged}};
    return {{"words", keptOf(utility.wordsKept, utility.words)},
            {"characters", keptOf(utility.charactersKept, utility.characters)},
            {"clinicalTerms", keptOf(utility.termsKept, utility.terms)},
            {"dates",
             {{"found", utility.dates},
              {"shifted", utility.shifted},
              {"intervalsKept", alike},
              {"yearOnly", utility.coarsened},
              {"removed", utility.removed},
              {"untouched", utility.untouched}}},
            {"observations",
             {{"before", utility.observations},
              {"after", utility.observationsAfter},
              {"kept", utility.observationsKept},
              {"share", share(utility.observationsKept, utility.observations)}}},
            {"fields", fields}};
}

json scanJson(const RuleScan &scan)
{
    json text = json::object();
    for (const auto &[rule, finds] : scan.text)
        text[rule] = {{"found", finds.found}, {"replaced", finds.replaced}, {"byPerson", finds.byPerson}};
    return {{"text", text}, {"bytes", scan.bytes}};
}

RuleScan scanFrom(const json &object)
{
    RuleScan out;
    for (const auto &[rule, finds] : object.at("text").items())
        out.text[rule] = {finds.at("found").get<std::size_t>(), finds.at("replaced").get<std::size_t>(),
                          finds.at("byPerson").get<std::size_t>()};
    out.bytes = object.at("bytes").get<std::map<std::string, std::size_t>>();
    return out;
}

/// Sentences in which no detector marked anything, as a person saw them.
json reviewJson(const ReportContext &context, const std::vector<DocumentOutcome> &documents)
{
    std::size_t shown = 0, seen = 0, marked = 0;
    for (const DocumentOutcome &outcome : documents)
        for (const SampleSentence &sentence : outcome.plan.sample) {
            ++shown;
            seen += sentence.seen ? 1 : 0;
            marked += sentence.seen
                      && std::any_of(outcome.plan.edits.begin(), outcome.plan.edits.end(), [&](const records::Edit &edit) {
                             return edit.decision == records::Decision::Added && edit.path == sentence.path
                                    && edit.span.overlaps(sentence.span);
                         });
        }
    return {{"reviewer", context.reviewer},
            {"sampled",
             {{"wanted", std::max(context.sampleWanted, 0)},
              {"shown", shown},
              {"seen", seen},
              {"nothingFound", seen - marked},
              {"marked", marked},
              {"missedAtMost", seen == 0 ? json() : json(rounded(missedAtMost(marked, seen)))}}}};
}

tl::unexpected<Error> otherReport(std::string place)
{
    return fail(ErrorCode::DeidReportInvalid, {{"place", std::move(place)}});
}

using Counts = std::map<std::pair<std::string, std::string>, std::size_t>; // (view, rule) → finds

Counts countsOf(const RuleScan &scan)
{
    Counts out;
    for (const auto &[rule, finds] : scan.text)
        if (finds.found > 0)
            out[{"text", rule}] = finds.found;
    for (const auto &[rule, count] : scan.bytes)
        if (count > 0)
            out[{"bytes", rule}] = count;
    return out;
}

} // namespace

Result<DocumentFigures> measure(const records::Document &original, const records::Document &released, const Plan &plan,
                                const Observed &observed)
{
    DocumentFigures out;
    out.sha256 = toHex(crypto::sha256(bytesOf(released.bytes)));
    out.bytes = static_cast<std::uint64_t>(released.bytes.size());
    out.utility = utilityOf(original, released, plan, observed);
    AMANA_TRY(out.scan, scanByRules(released, marksOf(original, plan)));
    return out;
}

double missedAtMost(std::size_t marked, std::size_t seen)
{
    if (seen == 0 || marked >= seen)
        return 1;
    const auto n = static_cast<double>(seen);
    const auto atMost = [&](double p) { // probability of `marked` or fewer
        double term = std::pow(1 - p, n), sum = term;
        for (std::size_t i = 1; i <= marked; ++i) {
            term *= (n - static_cast<double>(i) + 1) / static_cast<double>(i) * p / (1 - p);
            sum += term;
        }
        return sum;
    };
    double low = 0, high = 1;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (atMost(middle) > kDoubt ? low : high) = middle;
    }
    return high;
}

json documentFigures(const DocumentFigures &figures)
{
    if (figures.sha256.empty())
        return {};
    return {{"sha256", figures.sha256},
            {"bytes", figures.bytes},
            {"utility", utilityJson(figures.utility, inStep(figures.utility.moves))},
            {"ruleScan", scanJson(figures.scan)}};
}

json peopleToJson(const risk::PeopleRisk &risk)
{
    json out{{"people", risk.people},
             {"told", risk.told},
             {"status", risk.people == 0 ? "no subject" : risk.people == 1 ? "one subject" : "measured"}};
    if (risk.people < 2)
        return out;
    const risk::Measures &measures = risk.measures;
    out.update({{"classes", measures.classes},
                {"smallest", measures.smallest},
                {"average", rounded(measures.average)},
                {"unique", rounded(measures.unique)},
                {"prosecutor", rounded(measures.prosecutor)},
                {"marketer", rounded(measures.marketer)}});
    return out;
}

json datasetFigures(const ReportContext &context, const std::vector<DocumentOutcome> &documents)
{
    Utility all;
    RuleScan scan;
    std::map<std::string, std::vector<std::vector<long long>>> moves; // by subject
    for (const DocumentOutcome &outcome : documents) {
        add(all, outcome.figures.utility);
        add(scan, outcome.figures.scan);
        auto &own = moves[outcome.subject];
        own.insert(own.end(), outcome.figures.utility.moves.begin(), outcome.figures.utility.moves.end());
    }
    std::size_t alike = 0;
    for (const auto &[subject, dates] : moves)
        alike += inStep(dates);
    json scanned = scanJson(scan);
    scanned.update({{"rules", kRuleSetVersion}, {"version", kRuleScanVersion}});
    const auto people = risk::riskOf(context.people); // fails for no table that describe() can make
    return {{"review", reviewJson(context, documents)},
            {"utility", utilityJson(all, alike)},
            {"ruleScan", scanned},
            {"people", people ? peopleToJson(*people) : json()}};
}

Result<std::optional<ReportedScan>> readScan(std::string_view report)
{
    ReportedScan out;
    RuleScan sum, told;
    try {
        const json object = json::parse(report);
        if (!object.contains("figures"))
            return std::optional<ReportedScan>();
        const json &scan = object.at("figures").at("ruleScan");
        out.ruleSet = scan.at("rules").get<std::string>();
        out.version = scan.at("version").get<std::string>();
        told = scanFrom(scan);
        for (const json &document : object.at("documents")) {
            const json &figures = document.at("figures");
            out.documents.push_back({document.at("name").get<std::string>(), document.at("format").get<std::string>(),
                                     figures.at("sha256").get<std::string>(), scanFrom(figures.at("ruleScan"))});
            add(sum, out.documents.back().scan);
        }
    } catch (const json::exception &) {
        return otherReport("json");
    }
    if (countsOf(sum) != countsOf(told))
        return otherReport("figures.ruleScan");
    return std::optional(std::move(out));
}

Status checkRules(const ReportedScan &reported)
{
    if (reported.ruleSet != kRuleSetVersion)
        return otherReport(reported.ruleSet);
    if (reported.version != kRuleScanVersion)
        return otherReport("ruleScan " + reported.version);
    return {};
}

Status checkDigest(const ReportedDocument &reported, ByteView opened)
{
    if (toHex(crypto::sha256(opened)) == reported.sha256)
        return {};
    return fail(ErrorCode::SharingPackageInvalid, {{"reason", "digest"}, {"document", reported.name}});
}

Result<std::size_t> checkScan(const ReportedDocument &reported, const records::Document &opened)
{
    AMANA_TRY(const RuleScan found, scanByRules(opened));
    const Counts told = countsOf(reported.scan), now = countsOf(found);
    std::size_t finds = 0;
    for (const auto &[place, count] : now) {
        finds += count;
        const auto it = told.find(place);
        const std::size_t before = it == told.end() ? 0 : it->second;
        if (count > before)
            return fail(ErrorCode::DeidResidue, {{"document", reported.name},
                                                 {"kind", place.second},
                                                 {"view", place.first},
                                                 {"count", std::to_string(count - before)}});
    }
    if (told != now)
        return otherReport("ruleScan");
    return finds;
}

} // namespace amana::deid
