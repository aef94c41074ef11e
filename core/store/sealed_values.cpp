// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sealed_values.h"

#include <nlohmann/json.hpp>

#include <set>

namespace amana::store {

using nlohmann::json;

namespace {

std::optional<ErrorCode> codeOf(const std::string &id)
{
    for (const ErrorCode code : allErrorCodes())
        if (errorId(code) == id)
            return code;
    return std::nullopt;
}

json errorJson(const Error &error)
{
    json params = json::array();
    for (const auto &[key, value] : error.params)
        params.push_back({key, value});
    return {{"code", std::string(errorId(error.code))}, {"params", params}};
}

std::optional<Error> errorOf(const json &value)
{
    const auto code = codeOf(value.value("code", ""));
    if (!code)
        return std::nullopt;
    Error error(*code);
    for (const json &pair : value.value("params", json::array()))
        error.params.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    return error;
}

QByteArray sealJson(const Vault &vault, const std::string &context, const json &value)
{
    // File names can hold bytes that are no UTF-8: replaced, never thrown.
    const SecretBytes plain = SecretBytes::fromText(value.dump(-1, ' ', false, json::error_handler_t::replace));
    return vault.sealSmall(plain.view(), context);
}

Result<json> openJson(const Vault &vault, const std::string &context, const QByteArray &sealed)
{
    AMANA_TRY(const SecretBytes plain, vault.openSmall(bytesOf(sealed), context));
    json value = json::parse(plain.text(), nullptr, false);
    if (!value.is_object())
        return fail(ErrorCode::StoreCorrupt, {{"row", context}});
    return value;
}

std::string subjectContext(const std::string &key)
{
    return "subjects/" + key;
}

void mergeList(std::vector<std::string> &into, const std::vector<std::string> &from)
{
    std::set<std::string> known(into.begin(), into.end());
    for (const std::string &value : from)
        if (known.insert(value).second)
            into.push_back(value);
}

} // namespace

QByteArray sealSubject(const Vault &vault, const records::Subject &subject)
{
    const json value{{"names", subject.names},           {"identifiers", subject.identifiers},
                     {"otherKnown", subject.otherKnown}, {"birthDate", subject.birthDate},
                     {"sex", subject.sex},               {"links", subject.links}};
    return sealJson(vault, subjectContext(subject.key), value);
}

Result<records::Subject> openSubject(const Vault &vault, const std::string &key, const QByteArray &sealed)
{
    AMANA_TRY(const json value, openJson(vault, subjectContext(key), sealed));
    using Names = std::vector<std::string>;
    records::Subject subject;
    subject.key = key;
    subject.names = value.value("names", Names{});
    subject.identifiers = value.value("identifiers", Names{});
    subject.otherKnown = value.value("otherKnown", Names{});
    subject.links = value.value("links", Names{});
    subject.birthDate = value.value("birthDate", "");
    subject.sex = value.value("sex", "");
    return subject;
}

QByteArray sealSource(const Vault &vault, const std::string &context, const SourceNote &note)
{
    json problems = json::array();
    for (const formats::Problem &problem : note.problems)
        problems.push_back({{"place", problem.place}, {"error", errorJson(problem.error)}});
    json value{{"name", note.name}, {"path", note.path}, {"problems", problems}};
    if (note.error)
        value["error"] = errorJson(*note.error);
    return sealJson(vault, context, value);
}

Result<SourceNote> openSource(const Vault &vault, const std::string &context, const QByteArray &sealed)
{
    AMANA_TRY(const json value, openJson(vault, context, sealed));
    SourceNote note;
    note.name = value.value("name", "");
    note.path = value.value("path", "");
    for (const json &problem : value.value("problems", json::array()))
        if (auto error = errorOf(problem.value("error", json::object())))
            note.problems.push_back({problem.value("place", ""), std::move(*error)});
    if (value.contains("error"))
        note.error = errorOf(value["error"]);
    return note;
}

void mergeSubject(records::Subject &into, const records::Subject &from)
{
    mergeList(into.names, from.names);
    mergeList(into.identifiers, from.identifiers);
    mergeList(into.otherKnown, from.otherKnown);
    mergeList(into.links, from.links);
    if (into.birthDate.empty())
        into.birthDate = from.birthDate;
    if (into.sex.empty())
        into.sex = from.sex;
}

} // namespace amana::store
