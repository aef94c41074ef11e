// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/linkage.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace amana::sharing {

namespace {

using nlohmann::json;

json toJson(const Withdrawal &withdrawal)
{
    json siblings = json::array();
    for (const Digest &sibling : withdrawal.siblings)
        siblings.push_back(toHex(sibling));
    return {{"index", withdrawal.index},
            {"address", "0x" + toHex(withdrawal.address)},
            {"salt", toHex(withdrawal.salt)},
            {"siblings", siblings}};
}

Result<Withdrawal> withdrawalFromJson(const json &object)
{
    Withdrawal withdrawal;
    withdrawal.index = object.at("index").get<std::uint32_t>();
    AMANA_TRY(const QByteArray address, fromHex(object.at("address").get_ref<const std::string &>()));
    if (address.size() != static_cast<qsizetype>(withdrawal.address.size()))
        return fail(ErrorCode::SharingPackageInvalid, {{"reason", "linkage"}});
    std::copy(address.begin(), address.end(), withdrawal.address.begin());
    AMANA_TRY(withdrawal.salt, digestFromHex(object.at("salt").get_ref<const std::string &>()));
    for (const json &sibling : object.at("siblings")) {
        AMANA_TRY(const Digest digest, digestFromHex(sibling.get_ref<const std::string &>()));
        withdrawal.siblings.push_back(digest);
    }
    return withdrawal;
}

json toJson(const Linkage &linkage)
{
    return {{"version", 1},
            {"pseudonym", linkage.pseudonym},
            {"names", linkage.names},
            {"identifiers", linkage.identifiers},
            {"birthDate", linkage.birthDate},
            {"sex", linkage.sex},
            {"dateShiftDays", linkage.dateShiftDays},
            {"nameReplacements", linkage.nameReplacements},
            {"withdrawal", toJson(linkage.withdrawal)}};
}

/// Drops one item from the longest list; false when nothing is left to drop.
bool shorten(Linkage &linkage)
{
    const std::size_t longest =
        std::max({linkage.names.size(), linkage.identifiers.size(), linkage.nameReplacements.size()});
    if (longest == 0)
        return false;
    if (linkage.nameReplacements.size() == longest)
        linkage.nameReplacements.pop_back();
    else if (linkage.identifiers.size() == longest)
        linkage.identifiers.pop_back();
    else
        linkage.names.pop_back();
    return true;
}

} // namespace

SecretBytes linkageToSecret(Linkage linkage)
{
    std::string text = toJson(linkage).dump(-1, ' ', false, json::error_handler_t::replace);
    while (text.size() > kLinkageBytes && shorten(linkage))
        text = toJson(linkage).dump(-1, ' ', false, json::error_handler_t::replace);
    SecretBytes padded(kLinkageBytes);
    std::memset(padded.writable().data(), ' ', padded.size());
    std::memcpy(padded.writable().data(), text.data(), std::min(text.size(), padded.size()));
    secureWipe(text.data(), text.size());
    return padded;
}

Result<Linkage> linkageFromSecret(std::string_view text)
{
    const json object = json::parse(text, nullptr, false);
    Linkage linkage;
    try {
        linkage.pseudonym = object.at("pseudonym").get<std::string>();
        linkage.names = object.at("names").get<std::vector<std::string>>();
        linkage.identifiers = object.at("identifiers").get<std::vector<std::string>>();
        linkage.birthDate = object.at("birthDate").get<std::string>();
        linkage.sex = object.at("sex").get<std::string>();
        linkage.dateShiftDays = object.at("dateShiftDays").get<int>();
        linkage.nameReplacements =
            object.at("nameReplacements").get<std::vector<std::pair<std::string, std::string>>>();
        AMANA_TRY(linkage.withdrawal, withdrawalFromJson(object.at("withdrawal")));
    } catch (const json::exception &) { // its text may quote the content: not passed on
        return fail(ErrorCode::SharingPackageInvalid, {{"reason", "linkage"}});
    }
    return linkage;
}

} // namespace amana::sharing
