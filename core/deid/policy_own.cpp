// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/policy_own.h"

#include "core/base/files.h"
#include "core/deid/policy_fit.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::deid {
namespace {

using nlohmann::json;

tl::unexpected<Error> invalid(const std::string &place)
{
    return fail(ErrorCode::DeidPolicyInvalid, {{"place", place}});
}

std::string ruleText(const TextRule &rule)
{
    return json{{"action", actionName(rule.action)}, {"threshold", rule.threshold}, {"doubt", rule.doubt}}.dump();
}

bool isWeaker(const TextRule &own, const TextRule &base)
{
    return strength(own.action) < strength(base.action) || own.threshold > base.threshold || own.doubt > base.doubt;
}

/// Dates that move by fewer days are easier to guess; dates that do not move at all are removed.
bool shiftIsWeaker(int own, int base) { return own > 0 && own < base; }

std::vector<Deviation> deviationsOf(const Policy &own, const Policy &base)
{
    std::vector<Deviation> out;
    const auto add = [&out](const std::string &place, const json &was, const json &is, bool weaker) {
        const auto text = [](const json &value) { return value.is_string() ? value.get<std::string>() : value.dump(); };
        if (was != is)
            out.push_back({place, text(was), text(is), weaker});
    };
    for (const auto &[kind, action] : own.fields)
        add(std::string("fields.") + records::kindName(kind), actionName(base.actionFor(kind)), actionName(action),
            strength(action) < strength(base.actionFor(kind)));
    for (const auto &[type, rule] : own.text)
        add("text." + type, ruleText(base.ruleFor(type)), ruleText(rule), isWeaker(rule, base.ruleFor(type)));
    add("doubt", base.redactInDoubt ? "redact" : "review", own.redactInDoubt ? "redact" : "review",
        !own.redactInDoubt);
    add("sampleSentences", base.sampleSentences, own.sampleSentences, own.sampleSentences < base.sampleSentences);
    add("maxShiftDays", base.maxShiftDays, own.maxShiftDays, shiftIsWeaker(own.maxShiftDays, base.maxShiftDays));
    const bool all = std::all_of(base.restrictedZip3.begin(), base.restrictedZip3.end(), [&](const std::string &zip) {
        return std::find(own.restrictedZip3.begin(), own.restrictedZip3.end(), zip) != own.restrictedZip3.end();
    });
    add("restrictedZip3", base.restrictedZip3, own.restrictedZip3, !all);
    return out;
}

/// The base's file with what the own one says put over it. JSON exceptions are the caller's.
Result<json> merged(const json &own, json base)
{
    for (const auto &[member, value] : own.items()) {
        if (member == "base")
            continue;
        if (member == "law")
            return invalid(member);
        if (member == "fields") {
            base["fields"].update(value);
        } else if (member == "text") {
            for (const auto &[type, rule] : value.items()) {
                if (!base["text"].contains(type))
                    return invalid("text." + type);
                base["text"][type].update(rule);
            }
        } else {
            base[member] = value;
        }
    }
    return base;
}

Result<Policy> readOwn(const json &own, const QString &bundled)
{
    if (!own.is_object() || !own.contains("base"))
        return invalid("base");
    for (const char *member : {"name", "version"}) // or they would be the base's
        if (!own.contains(member))
            return invalid(member);
    const auto baseName = own.at("base").get<std::string>();
    const auto names = policyNames(bundled);
    if (std::find(names.begin(), names.end(), baseName) == names.end())
        return invalid("base");
    if (std::find(names.begin(), names.end(), own.at("name").get<std::string>()) != names.end())
        return invalid("name");
    AMANA_TRY(const Policy base, Policy::load(bundled, baseName));
    AMANA_TRY(const QByteArray text, readFile(QDir(bundled).filePath(QString::fromStdString(baseName + ".json")),
                                              kMaxPolicyBytes));
    AMANA_TRY(json whole, merged(own, json::parse(text.begin(), text.end())));
    if (!own.contains("title"))
        whole["title"] = own.at("name");
    if (!own.contains("description"))
        whole["description"] = "";
    AMANA_TRY(Policy policy, Policy::parse(whole.dump()));
    policy.own = OwnPolicy{baseName, base.sha256, deviationsOf(policy, base), {}};
    return policy;
}

QString ownFile(const PolicyPlaces &places, const std::string &name)
{
    return places.own + QLatin1Char('/') + QString::fromStdString(name) + QStringLiteral(".json");
}

} // namespace

Result<Policy> parseOwnPolicy(std::string_view text, const QString &bundled)
{
    try {
        AMANA_TRY(Policy policy, readOwn(json::parse(text), bundled));
        policy.own->source = text;
        policy.sha256 = QCryptographicHash::hash(QByteArray(text.data(), static_cast<qsizetype>(text.size())),
                                                 QCryptographicHash::Sha256)
                            .toHex()
                            .toStdString();
        return policy;
    } catch (const json::exception &) {
        return invalid("json");
    }
}

Result<Policy> findPolicy(const PolicyPlaces &places, const std::string &which)
{
    const bool path = which.ends_with(".json");
    const auto bundled = policyNames(places.bundled);
    if (!path && (places.own.isEmpty() || std::find(bundled.begin(), bundled.end(), which) != bundled.end()))
        return Policy::load(places.bundled, which);
    if (!path && !isPolicyName(which))
        return fail(ErrorCode::DeidPolicyUnknown, {{"policy", which}});
    auto bytes = readFile(path ? QString::fromStdString(which) : ownFile(places, which), kMaxPolicyBytes);
    if (!bytes)
        return path ? Result<Policy>(fail(std::move(bytes).error()))
                    : Result<Policy>(fail(ErrorCode::DeidPolicyUnknown, {{"policy", which}}));
    AMANA_TRY(Policy policy, parseOwnPolicy({bytes->constData(), static_cast<std::size_t>(bytes->size())},
                                            places.bundled));
    if (!path && policy.name != which)
        return invalid("name");
    return policy;
}

std::vector<std::string> policyNames(const PolicyPlaces &places)
{
    std::vector<std::string> names = policyNames(places.bundled);
    const std::size_t bundled = names.size();
    if (places.own.isEmpty())
        return names;
    for (const std::string &own : policyNames(places.own)) {
        const auto end = names.begin() + static_cast<std::ptrdiff_t>(bundled);
        const bool shadows = std::find(names.begin(), end, own) != end;
        names.push_back(shadows ? ownFile(places, own).toStdString() : own);
    }
    return names;
}

} // namespace amana::deid
