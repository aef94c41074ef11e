// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/chain_words.h"

#include "app/amana/shown.h"
#include "core/chain/purpose.h"
#include "core/crypto/secp256k1.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace amana::cli {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, std::uint32_t>, 6> kRoles{{
    {"uploader", chain::roles::kUploader},
    {"patient", chain::roles::kPatient},
    {"researcher", chain::roles::kResearcher},
    {"admin", chain::roles::kAdministrator},
    {"breakglass", chain::roles::kBreakGlass},
    {"auditor", chain::roles::kAuditor},
}};

} // namespace

Result<std::uint32_t> rolesFromText(const Arguments &arguments, const QString &text)
{
    std::uint32_t roles = 0;
    for (const QString &word : text.split(u',', Qt::SkipEmptyParts)) {
        std::uint32_t bit = 0;
        for (const auto &[name, value] : kRoles)
            if (word.trimmed() == toQ(name))
                bit = value;
        if (bit == 0)
            return arguments.misuse("unknownRole", word);
        roles |= bit;
    }
    return roles;
}

std::vector<std::string> roleNames(std::uint32_t roles)
{
    std::vector<std::string> names;
    for (const auto &[name, value] : kRoles)
        if ((roles & value) != 0)
            names.emplace_back(name);
    return names;
}

json partyToJson(const app::Contacts &contacts, const Address &who)
{
    return {{"address", crypto::checksumAddress(who)}, {"name", contacts.personName(who).toStdString()}};
}

QString partyText(const app::Contacts &contacts, const Address &who)
{
    if (who == Address{})
        return {};
    const QString name = contacts.personName(who);
    const QString address = toQ(crypto::checksumAddress(who));
    return name.isEmpty() ? address.left(8) + QStringLiteral("…") + address.right(4) : name;
}

json amountToJson(const chain::Amount &amount, const std::string &native)
{
    return {{"amount", chain::decimalText(amount.value)},
            {"currency", chain::symbolOf(amount.currency, native)},
            {"text", chain::amountText(amount, native)}};
}

json receiptToJson(const chain::Receipt &receipt)
{
    return {{"transaction", hexOf(receipt.txHash)},
            {"block", receipt.block},
            {"time", timeOf(receipt.time)},
            {"gas", receipt.gasUsed}};
}

json purposesToJson(std::uint64_t mask)
{
    json list = json::array();
    for (const chain::DuoTerm &term : chain::duoTermsIn(mask))
        list.push_back({{"id", term.id}, {"code", term.code}, {"modifier", !term.isPermission()}});
    return list;
}

QString purposesText(std::uint64_t mask)
{
    std::vector<std::string> codes;
    for (const chain::DuoTerm &term : chain::duoTermsIn(mask))
        codes.emplace_back(term.code);
    return listOf(codes);
}

std::string purposeOf(std::uint8_t bit)
{
    for (const chain::DuoTerm &term : chain::duoTerms())
        if (term.bit == bit)
            return std::string(term.id);
    return std::to_string(bit);
}

} // namespace amana::cli
