// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/policy.h"

#include "core/base/files.h"
#include "core/deid/policy_fit.h"

#include <QCryptographicHash>
#include <QDir>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace amana::deid {
namespace {

using nlohmann::json;
using records::FieldKind;

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
constexpr Named<Voice> kVoices[] = {
    {"law", Voice::Law},
    {"paraphrase", Voice::Paraphrase},
    {"guideline", Voice::Guideline},
    {"choice", Voice::Choice},
};
constexpr std::array kMembers{"name",           "version", "title", "description", "fields", "text", "doubt", "sampleSentences",
                              "maxShiftDays", "restrictedZip3", "law"};
constexpr int kMaxSample = 10'000;
constexpr int kMaxShift = 3650;

template <class E, std::size_t N>
std::optional<E> valueOf(const Named<E> (&table)[N], const std::string &name)
{
    for (const auto &entry : table)
        if (name == entry.name)
            return entry.value;
    return std::nullopt;
}

template <class E, std::size_t N>
const char *nameOf(const Named<E> (&table)[N], E value)
{
    return std::find_if(std::begin(table), std::end(table), [value](const auto &e) { return e.value == value; })->name;
}

tl::unexpected<Error> invalid(const std::string &place)
{
    return fail(ErrorCode::DeidPolicyInvalid, {{"place", place}});
}

/// A misspelt member would be ignored, and what its writer wanted would not happen.
template <class Known>
std::string unknownMember(const json &object, const Known &known)
{
    for (const auto &[name, value] : object.items())
        if (std::find(std::begin(known), std::end(known), name) == std::end(known))
            return name;
    return {};
}

Status readFields(const json &from, Policy &to)
{
    for (const auto &[kindName, actionName] : from.items()) {
        const auto kind = records::kindFromName(kindName);
        const auto action = valueOf(kFieldActions, actionName.get<std::string>());
        if (!kind || !action || !fits(*kind, *action))
            return invalid("fields." + kindName);
        to.fields[*kind] = *action;
    }
    for (const FieldKind kind : allKinds()) // a policy that forgets a kind is refused
        if (!to.fields.contains(kind))
            return invalid(std::string("fields.") + records::kindName(kind));
    return {};
}

Status readText(const json &from, Policy &to)
{
    static constexpr std::array kRule{"action", "threshold", "doubt"};
    for (const auto &[type, entry] : from.items()) {
        const auto action = valueOf(kTextActions, entry.at("action").get<std::string>());
        const bool known = std::find(kTextTypes.begin(), kTextTypes.end(), type) != kTextTypes.end();
        if (!action || !known || !fits(type, *action) || !unknownMember(entry, kRule).empty())
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

Result<LawItem> readItem(const json &from)
{
    static constexpr std::array kItem{"cite", "voice", "words", "fields", "text"};
    LawItem item{from.at("cite").get<std::string>(), Voice::Choice, from.at("words").get<std::string>(), {}, {}};
    const auto voice = valueOf(kVoices, from.at("voice").get<std::string>());
    if (!voice || item.words.empty() || !unknownMember(from, kItem).empty())
        return invalid("law." + item.cite);
    item.voice = *voice;
    for (const json &name : from.value("fields", json::array())) {
        const auto kind = records::kindFromName(name.get<std::string>());
        if (!kind)
            return invalid("law." + item.cite);
        item.fields.push_back(*kind);
    }
    item.text = from.value("text", std::vector<std::string>());
    for (const std::string &type : item.text)
        if (std::find(kTextTypes.begin(), kTextTypes.end(), type) == kTextTypes.end())
            return invalid("law." + item.cite);
    return item;
}

Status readLaw(const json &from, Policy &to)
{
    for (const json &entry : from) {
        AMANA_TRY(LawItem item, readItem(entry));
        to.law.push_back(std::move(item));
    }
    const auto explained = [&](const auto &list, const auto &what) {
        return std::any_of(to.law.begin(), to.law.end(), [&](const LawItem &item) {
            return std::find((item.*list).begin(), (item.*list).end(), what) != (item.*list).end();
        });
    };
    for (const FieldKind kind : allKinds())
        if (!explained(&LawItem::fields, kind))
            return invalid(std::string("law.fields.") + records::kindName(kind));
    for (const char *type : kTextTypes)
        if (!explained(&LawItem::text, std::string(type)))
            return invalid(std::string("law.text.") + type);
    return {};
}

Status readNumbers(const json &from, Policy &to)
{
    const auto doubt = from.at("doubt").get<std::string>();
    if (doubt != "review" && doubt != "redact")
        return invalid("doubt");
    to.redactInDoubt = doubt == "redact";
    to.sampleSentences = from.at("sampleSentences").get<int>();
    if (to.sampleSentences < 0 || to.sampleSentences > kMaxSample)
        return invalid("sampleSentences");
    to.maxShiftDays = from.at("maxShiftDays").get<int>();
    if (to.maxShiftDays < 0 || to.maxShiftDays > kMaxShift)
        return invalid("maxShiftDays");
    to.restrictedZip3 = from.at("restrictedZip3").get<std::vector<std::string>>();
    for (const std::string &zip : to.restrictedZip3)
        if (zip.size() != 3 || !std::all_of(zip.begin(), zip.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return invalid("restrictedZip3");
    return {};
}

/// Shown in terminals and reports: no control characters, no novels.
bool isShort(const std::string &text)
{
    constexpr std::size_t kMost = 2000;
    return text.size() <= kMost && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

Result<Policy> readPolicy(const json &from)
{
    Policy to;
    if (const std::string stranger = unknownMember(from, kMembers); !stranger.empty())
        return invalid(stranger);
    to.name = from.at("name").get<std::string>();
    to.version = from.at("version").get<std::string>();
    to.title = from.at("title").get<std::string>();
    to.description = from.at("description").get<std::string>();
    if (!isPolicyName(to.name))
        return invalid("name");
    for (const auto &[member, text] : {std::pair("version", &to.version), std::pair("title", &to.title),
                                       std::pair("description", &to.description)})
        if (!isShort(*text))
            return invalid(member);
    AMANA_CHECK(readFields(from.at("fields"), to));
    AMANA_CHECK(readText(from.at("text"), to));
    AMANA_CHECK(readNumbers(from, to));
    AMANA_CHECK(readLaw(from.at("law"), to));
    return to;
}

} // namespace

std::vector<std::string> OwnPolicy::weaker() const
{
    std::vector<std::string> places;
    for (const Deviation &deviation : deviations)
        if (deviation.weaker)
            places.push_back(deviation.place);
    return places;
}

Result<Policy> Policy::parse(std::string_view text)
{
    try {
        AMANA_TRY(Policy policy, readPolicy(json::parse(text)));
        policy.sha256 = QCryptographicHash::hash(QByteArray(text.data(), static_cast<qsizetype>(text.size())),
                                                 QCryptographicHash::Sha256)
                            .toHex()
                            .toStdString();
        return policy;
    } catch (const json::exception &) {
        return invalid("json");
    }
}

Result<Policy> Policy::load(const QString &policyFolder, const std::string &name)
{
    const auto bytes =
        isPolicyName(name)
            ? readFile(QDir(policyFolder).filePath(QString::fromStdString(name + ".json")), kMaxPolicyBytes)
            : Result<QByteArray>(fail(ErrorCode::DeidPolicyUnknown));
    if (!bytes)
        return fail(ErrorCode::DeidPolicyUnknown, {{"policy", name}});
    return parse(bytes->toStdString());
}

FieldAction Policy::actionFor(FieldKind kind) const
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

bool isPolicyName(std::string_view name)
{
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

const char *actionName(FieldAction action) { return nameOf(kFieldActions, action); }
const char *actionName(TextAction action) { return nameOf(kTextActions, action); }
const char *voiceName(Voice voice) { return nameOf(kVoices, voice); }

} // namespace amana::deid
