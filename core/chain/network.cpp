// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/network.h"

#include "core/base/files.h"
#include "core/chain/json_fields.h"
#include "core/crypto/secp256k1.h"
#include "core/net/access_json.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr int kFormat = 1;

QString networksFolder(const QString &home)
{
    return QDir(home).absoluteFilePath(QStringLiteral("networks"));
}

QString fileOf(const QString &home, const std::string &name)
{
    return networksFolder(home) + QLatin1Char('/') + QString::fromStdString(name)
           + QStringLiteral("/network.json");
}

bool goodName(const std::string &name)
{
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return !name.empty() && name.size() <= 64 && name.find_first_not_of(kAllowed) == std::string::npos;
}

/// Empty when it is not there: files of before had none of these.
Result<std::string> optionalText(const json &object, const char *key)
{
    return object.contains(key) ? jsonText(object, key) : Result<std::string>(std::string());
}

json toJson(const ContractAddresses &contracts)
{
    json object;
    for (const ContractSlot &slot : kContractSlots)
        object[slot.key] = crypto::checksumAddress(contracts.*slot.address);
    return object;
}

Status readConnection(const json &text, NetworkProfile &profile)
{
    AMANA_TRY(profile.webSocketUrl, optionalText(text, "webSocketUrl"));
    if (text.contains("access")) {
        AMANA_TRY(profile.access, net::accessFromJson(text["access"]));
    }
    if (const auto urls = text.find("moreUrls"); urls != text.end())
        for (const json &url : *urls) {
            AMANA_TRY(std::string more, jsonText(url, ""));
            profile.moreUrls.push_back(std::move(more));
        }
    if (const auto tag = text.find("finalizedTag"); tag != text.end() && tag->is_boolean())
        profile.finalizedTag = tag->get<bool>();
    AMANA_TRY(const std::string currency, optionalText(text, "currency"));
    if (!currency.empty())
        profile.currency = currency;
    return {};
}

Result<NetworkProfile> parse(const QByteArray &bytes)
{
    const json text = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    const auto corrupt = [] { return fail(ErrorCode::StoreCorrupt); };
    if (!text.is_object() || !text.contains("contracts"))
        return corrupt();
    NetworkProfile profile;
    AMANA_TRY(profile.name, jsonText(text, "name"));
    AMANA_TRY(profile.rpcUrl, jsonText(text, "rpcUrl"));
    AMANA_TRY(profile.genesisHash, jsonDigest(text, "genesisHash"));
    const json &contracts = text["contracts"];
    for (const ContractSlot &slot : kContractSlots) {
        AMANA_TRY(profile.contracts.*slot.address, jsonAddress(contracts, slot.key.data()));
    }
    for (const auto &[key, target] :
         {std::pair{"chainId", &profile.chainId}, std::pair{"firstBlock", &profile.firstBlock},
          std::pair{"finalityDepth", &profile.finalityDepth}}) {
        const auto found = text.find(key);
        if (found == text.end() || !found->is_number_unsigned())
            return corrupt();
        *target = found->get<std::uint64_t>();
    }
    AMANA_CHECK(readConnection(text, profile));
    return profile;
}

} // namespace

Result<NetworkProfile> loadNetwork(const QString &home, const std::string &name)
{
    const QString path = fileOf(home, name);
    if (!goodName(name) || !QFileInfo::exists(path))
        return fail(ErrorCode::NetworkUnknown, {{"network", name}});
    AMANA_TRY(const QByteArray bytes, readFile(path, 1 << 20));
    auto profile = parse(bytes);
    if (!profile)
        return fail(Error(ErrorCode::StoreCorrupt, {{"path", path.toStdString()}}).because(profile.error()));
    if (name == kLocalNetwork)
        profile->journal = QFileInfo(path).absolutePath() + QStringLiteral("/journal.jsonl");
    return profile;
}

Status saveNetwork(const QString &home, const NetworkProfile &profile)
{
    if (!goodName(profile.name))
        return fail(ErrorCode::NetworkUnknown, {{"network", profile.name}});
    json text{{"format", kFormat},
                    {"name", profile.name},
                    {"rpcUrl", profile.rpcUrl},
                    {"chainId", profile.chainId},
                    {"genesisHash", hexText(profile.genesisHash)},
                    {"contracts", toJson(profile.contracts)},
                    {"firstBlock", profile.firstBlock},
                    {"finalityDepth", profile.finalityDepth}};
    if (!profile.moreUrls.empty())
        text["moreUrls"] = profile.moreUrls;
    if (!profile.webSocketUrl.empty())
        text["webSocketUrl"] = profile.webSocketUrl;
    if (profile.access != net::Access())
        text["access"] = net::toJson(profile.access);
    if (profile.finalizedTag)
        text["finalizedTag"] = true;
    if (profile.currency != NetworkProfile().currency)
        text["currency"] = profile.currency;
    const QString path = fileOf(home, profile.name);
    AMANA_CHECK(makeFolder(QFileInfo(path).absolutePath()));
    return writeFileAtomic(path, QByteArray::fromStdString(text.dump(2) + "\n"));
}

Result<std::vector<NetworkProfile>> listNetworks(const QString &home)
{
    std::vector<NetworkProfile> list;
    for (const QString &name :
         QDir(networksFolder(home)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        auto profile = loadNetwork(home, name.toStdString());
        if (!profile && profile.error().code == ErrorCode::NetworkUnknown)
            continue; // a folder without network.json: not set up yet
        if (!profile)
            return fail(std::move(profile).error());
        list.push_back(std::move(*profile));
    }
    return list;
}

} // namespace amana::chain
