// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/policy.h"

#include "core/base/files.h"

#include <QDir>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace amana::deid {
namespace {

using nlohmann::json;

template <class E>
struct Named {
    const char *name;
    E value;
};

constexpr Named<FieldAction> kFieldActions[] = {
    {"keep", FieldAction::Keep},
    {"remove", FieldAction::Remove},
    {"removeListed", FieldAction::RemoveListed},
    {"pseudonym", FieldAction::Pseudonym},
    {"link", FieldAction::Link},
    {"surrogate", FieldAction::Surrogate},
    {"shift", FieldAction::Shift},
    {"year", FieldAction::Year},
    {"birthYear", FieldAction::BirthYear},
    {"cap", FieldAction::Cap},
    {"generalise", FieldAction::Generalise},
    {"clean", FieldAction::Clean},
    {"cleanListed", FieldAction::CleanListed},
    {"rebuild", FieldAction::Rebuild},
};
constexpr Named<TextAction> kTextActions[] = {
    {"surrogate", TextAction::Surrogate}, {"tag", TextAction::Tag}, {"shift", TextAction::Shift},
    {"year", TextAction::Year},           {"cap", TextAction::Cap}, {"generalise", TextAction::Generalise},
    {"keep", TextAction::Keep},
};
constexpr std::array kTextTypes{"NAME",       "DATE", "AGE",   "LOCATION", "HOSPITAL", "ORG",
                                "PROFESSION", "ID",   "PHONE", "EMAIL",    "URL",      "OTHER"};

template <class E, std::size_t N>
std::optional<E> valueOf(const Named<E> (&table)[N], const std::string &name)
{
    for (const auto &entry : table)
        if (name == entry.name)
            return entry.value;
    return std::nullopt;
}

tl::unexpected<Error> invalid(const std::string &place)
{
    return fail(ErrorCode::DeidPolicyInvalid, {{"place", place}});
}

Status readFields(const json &from, Policy &to)
{
    for (const auto &[kindName, actionName] : from.items()) {
        const auto kind = records::kindFromName(kindName);
        const auto action = valueOf(kFieldActions, actionName.get<std::string>());
        if (!kind || !action)
            return invalid("fields." + kindName);
        to.fields[*kind] = *action;
    }
    for (int k = 0; k <= static_cast<int>(records::FieldKind::Unknown);
         ++k) // a policy that forgets a kind is refused
        if (!to.fields.contains(static_cast<records::FieldKind>(k)))
            return invalid(std::string("fields.") + records::kindName(static_cast<records::FieldKind>(k)));
    return {};
}

Status readText(const json &from, Policy &to)
{
    for (const auto &[type, entry] : from.items()) {
        const auto action = valueOf(kTextActions, entry.at("action").get<std::string>());
        if (!action || std::find(kTextTypes.begin(), kTextTypes.end(), type) == kTextTypes.end())
            return invalid("text." + type);
        const TextRule rule{*action, entry.at("threshold").get<double>(), entry.at("doubt").get<double>()};
        if (rule.doubt < 0 || rule.doubt > rule.threshold || rule.threshold > 1)
            return invalid("text." + type);
        to.text[type] = rule;
    }
    for (const char *type : kTextTypes)
        if (!to.text.contains(type))
            return invalid(std::string("text.") + type);
    return {};
}

Result<Policy> readPolicy(const json &from)
{
    Policy to;
    to.name = from.at("name").get<std::string>();
    to.version = from.at("version").get<std::string>();
    AMANA_CHECK(readFields(from.at("fields"), to));
    AMANA_CHECK(readText(from.at("text"), to));
    const auto doubt = from.at("doubt").get<std::string>();
    if (doubt != "review" && doubt != "redact")
        return invalid("doubt");
    to.redactInDoubt = doubt == "redact";
    to.sampleSentences = from.at("sampleSentences").get<int>();
    to.maxShiftDays = from.at("maxShiftDays").get<int>();
    if (to.sampleSentences < 0 || to.maxShiftDays < 0 || to.maxShiftDays > 3650)
        return invalid("maxShiftDays");
    to.restrictedZip3 = from.at("restrictedZip3").get<std::vector<std::string>>();
    return to;
}

} // namespace

Result<Policy> Policy::parse(std::string_view text)
{
    try {
        return readPolicy(json::parse(text));
    } catch (const json::exception &) {
        return invalid("json");
    }
}

Result<Policy> Policy::load(const QString &policyFolder, const std::string &name)
{
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    const auto bytes =
        plain ? readFile(QDir(policyFolder).filePath(QString::fromStdString(name + ".json")), 1 << 20)
              : Result<QByteArray>(fail(ErrorCode::DeidPolicyUnknown));
    if (!bytes)
        return fail(ErrorCode::DeidPolicyUnknown, {{"policy", name}});
    return parse(bytes->toStdString());
}

FieldAction Policy::actionFor(records::FieldKind kind) const
{
    const auto at = fields.find(kind);
    return at == fields.end() ? FieldAction::RemoveListed : at->second;
}

const TextRule &Policy::ruleFor(const std::string &type) const
{
    static const TextRule kStrict{TextAction::Tag, 0.5, 0.2};
    const auto at = text.find(type);
    return at == text.end() ? kStrict : at->second;
}

std::vector<std::string> policyNames(const QString &policyFolder)
{
    std::vector<std::string> out;
    for (const QString &file :
         QDir(policyFolder).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
        out.push_back(file.chopped(5).toStdString());
    return out;
}

} // namespace amana::deid
