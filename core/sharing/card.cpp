// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/card.h"

#include <nlohmann/json.hpp>

namespace amana::sharing {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxListed = 1000;
constexpr std::size_t kMaxText = 2000;

tl::unexpected<Error> invalid(const char *reason)
{
    return fail(ErrorCode::SharingCardInvalid, {{"reason", reason}});
}

void putText(json &object, const char *key, const std::string &value)
{
    if (!value.empty())
        object[key] = value;
}

void putList(json &object, const char *key, const std::vector<std::string> &values)
{
    if (!values.empty())
        object[key] = values;
}

Result<std::string> text(const json &object, const char *key)
{
    const auto it = object.find(key);
    if (it == object.end())
        return std::string();
    if (!it->is_string() || it->get_ref<const std::string &>().size() > kMaxText)
        return invalid(key);
    return it->get<std::string>();
}

Result<std::vector<std::string>> list(const json &object, const char *key)
{
    std::vector<std::string> values;
    const auto it = object.find(key);
    if (it == object.end())
        return values;
    if (!it->is_array() || it->size() > kMaxListed)
        return invalid(key);
    for (const json &item : *it) {
        if (!item.is_string() || item.get_ref<const std::string &>().size() > kMaxText)
            return invalid(key);
        values.push_back(item.get<std::string>());
    }
    return values;
}

Result<std::vector<CardCustodian>> custodians(const json &object)
{
    std::vector<CardCustodian> found;
    const auto it = object.find("custodians");
    if (it == object.end() || !it->is_array() || it->empty() || it->size() > kMaxListed)
        return invalid("custodians");
    for (const json &item : *it) {
        if (!item.is_object())
            return invalid("custodians");
        CardCustodian custodian;
        AMANA_TRY(custodian.address, text(item, "address"));
        AMANA_TRY(custodian.recipient, text(item, "recipient"));
        found.push_back(std::move(custodian));
    }
    return found;
}

} // namespace

std::string publicCount(std::size_t count)
{
    return count < 11 ? "<11" : std::to_string(count);
}

Result<QByteArray> cardToJson(const Card &card)
{
    json object{{"version", 1}, {"kind", card.kind}, {"custody", card.custody}};
    putText(object, "title", card.title);
    putText(object, "records", card.records);
    putText(object, "subjects", card.subjects);
    putText(object, "policy", card.policy);
    putList(object, "keywords", card.keywords);
    putList(object, "formats", card.formats);
    putList(object, "purposes", card.purposes);
    object["custodians"] = json::array();
    for (const CardCustodian &custodian : card.custodians)
        object["custodians"].push_back({{"address", custodian.address}, {"recipient", custodian.recipient}});
    const QByteArray bytes = QByteArray::fromStdString(object.dump());
    if (bytes.size() > kMaxCardBytes)
        return fail(ErrorCode::SharingCardTooLarge, {{"bytes", std::to_string(bytes.size())}});
    return bytes;
}

Result<Card> cardFromJson(const QByteArray &bytes)
{
    if (bytes.size() > kMaxCardBytes)
        return invalid("size");
    const json object = json::parse(bytes.constBegin(), bytes.constEnd(), nullptr, false);
    if (!object.is_object() || object.value("version", json()) != 1)
        return invalid("version");
    Card card;
    AMANA_TRY(card.kind, text(object, "kind"));
    AMANA_TRY(card.custody, text(object, "custody"));
    AMANA_TRY(card.title, text(object, "title"));
    AMANA_TRY(card.records, text(object, "records"));
    AMANA_TRY(card.subjects, text(object, "subjects"));
    AMANA_TRY(card.policy, text(object, "policy"));
    AMANA_TRY(card.keywords, list(object, "keywords"));
    AMANA_TRY(card.formats, list(object, "formats"));
    AMANA_TRY(card.purposes, list(object, "purposes"));
    AMANA_TRY(card.custodians, custodians(object));
    return card;
}

} // namespace amana::sharing
