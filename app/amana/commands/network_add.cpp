// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/network_add.h"

#include "app/amana/commands/access_options.h"
#include "app/amana/shown.h"
#include "app/workspace/network_secrets.h"
#include "app/workspace/session.h"
#include "core/chain/amount.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;
/// "identity" of --identity ADDRESS.
QString optionOf(const chain::ContractSlot &slot)
{
    return QString::fromLatin1(slot.key.data(), static_cast<qsizetype>(slot.key.size()));
}

Result<Address> addressOption(const Arguments &arguments, const QString &name)
{
    AMANA_TRY(const QString text, arguments.required(name));
    return crypto::parseAddress(text.toStdString());
}

void declareNetwork(Arguments &arguments)
{
    arguments.option({QStringLiteral("rpc")}, QStringLiteral("URL"),
                     QStringLiteral("https, or http on this machine; further ones are asked when the first fails"));
    arguments.option({QStringLiteral("websocket")}, QStringLiteral("URL"),
                     QStringLiteral("wss: tells of new blocks at once (default: asked every 5 seconds)"));
    arguments.option({QStringLiteral("chain-id")}, QStringLiteral("N"), QStringLiteral("chain number"));
    for (const chain::ContractSlot &slot : chain::kContractSlots)
        arguments.option({optionOf(slot)}, QStringLiteral("ADDRESS"),
                         QString::fromLatin1(slot.artifact.data(), static_cast<qsizetype>(slot.artifact.size())));
    arguments.option({QStringLiteral("genesis")}, QStringLiteral("HASH"),
                     QStringLiteral("hash of block 0 (default: asked)"));
    arguments.option({QStringLiteral("first-block")}, QStringLiteral("N"), QStringLiteral("block of the contracts"));
    arguments.option({QStringLiteral("finality")}, QStringLiteral("N"),
                     QStringLiteral("blocks until final (default 0)"));
    arguments.option({QStringLiteral("currency")}, QStringLiteral("SYMBOL"),
                     QStringLiteral("of its native currency (default ETH)"));
    arguments.flag(QStringLiteral("finalized"), QStringLiteral("the node's own “finalized” block decides"));
}

/// The hash of block 0: as given, else as the chain itself says now (trusted on first use, checked ever after).
Result<Digest> genesisOf(const Arguments &arguments, const chain::NetworkProfile &network,
                         const net::ReadSecret &secrets)
{
    if (arguments.has(QStringLiteral("genesis")))
        return digestFromHex(arguments.text(QStringLiteral("genesis")));
    const chain::JsonRpc node(network.rpcUrl, network.access, secrets);
    AMANA_TRY(const json block, node.call("eth_getBlockByNumber", json::array({"0x0", false})));
    if (!block.is_object() || !block.contains("hash") || !block["hash"].is_string())
        return fail(ErrorCode::ChainBadReply, {{"url", network.rpcUrl}});
    return digestFromHex(block["hash"].get<std::string>());
}

Result<chain::NetworkProfile> networkOf(const Arguments &arguments)
{
    chain::NetworkProfile network;
    network.name = arguments.positional(0).toStdString();
    if (network.name == chain::kLocalNetwork)
        return arguments.misuse("badValue", arguments.positional(0));
    AMANA_CHECK(arguments.required(QStringLiteral("rpc")));
    const QStringList urls = arguments.values(QStringLiteral("rpc"));
    network.rpcUrl = urls.front().toStdString();
    for (const QString &url : urls.mid(1))
        network.moreUrls.push_back(url.toStdString());
    network.webSocketUrl = arguments.text(QStringLiteral("websocket"));
    AMANA_CHECK(arguments.required(QStringLiteral("chain-id")));
    AMANA_TRY(network.chainId, arguments.number(QStringLiteral("chain-id"), 0));
    for (const chain::ContractSlot &slot : chain::kContractSlots) {
        AMANA_TRY(network.contracts.*slot.address, addressOption(arguments, optionOf(slot)));
    }
    AMANA_TRY(network.firstBlock, arguments.number(QStringLiteral("first-block"), 0));
    AMANA_TRY(network.finalityDepth, arguments.number(QStringLiteral("finality"), 0));
    network.finalizedTag = arguments.has(QStringLiteral("finalized"));
    if (arguments.has(QStringLiteral("currency")))
        network.currency = arguments.text(QStringLiteral("currency"));
    if (!chain::isCurrencySymbol(network.currency))
        return arguments.misuse("badValue", arguments.value(QStringLiteral("currency")));
    AMANA_TRY(network.access, accessFrom(arguments, network.name, net::Access::Login::Password));
    return network;
}

} // namespace

json profileToJson(const chain::NetworkProfile &network, const std::string &chosen)
{
    json profile{{"name", network.name},
                 {"rpc", network.rpcUrl},
                 {"moreRpc", network.moreUrls},
                 {"websocket", network.webSocketUrl},
                 {"chainId", network.chainId},
                 {"genesis", hexOf(network.genesisHash)},
                 {"currency", network.currency},
                 {"inUse", network.name == chosen}};
    for (const chain::ContractSlot &slot : chain::kContractSlots)
        profile[slot.key] = crypto::checksumAddress(network.contracts.*slot.address);
    return profile;
}

Status addNetwork(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("network add"), QStringLiteral("NAME"),
                        QStringLiteral("Adds a network and checks chain and contracts before it is kept. Passwords,"
                                       " tokens and keys go into the vault of the profile."));
    declareNetwork(arguments);
    declareAccess(arguments, QStringLiteral("sign in at the nodes (as Besu does), with --password-file"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(chain::NetworkProfile network, networkOf(arguments));
    std::unique_ptr<app::Session> session;
    net::ReadSecret secrets;
    if (!network.access.secret.empty() || !network.access.clientKey.empty()) {
        AMANA_TRY(session, context.session());
        AMANA_CHECK(keepAccessSecrets(arguments, network.access, session->library()));
        secrets = app::networkSecrets(session->library());
    }
    AMANA_TRY(network.genesisHash, genesisOf(arguments, network, secrets));
    AMANA_CHECK(chain::Chain::connect(network, secrets));
    AMANA_CHECK(chain::saveNetwork(context.home, network));
    context.out.json(profileToJson(network, context.network));
    context.out.line(QStringLiteral("%1 added: chain %2, block 0 %3.")
                         .arg(toQ(network.name))
                         .arg(network.chainId)
                         .arg(toQ(hexOf(network.genesisHash))));
    return {};
}

Status loginNetwork(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("network login"), QStringLiteral("NAME"),
                        QStringLiteral("Keeps new sign-in data of a known network for this profile, and tries them."));
    declareAccessSecrets(arguments);
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    AMANA_TRY(const chain::NetworkProfile network,
              chain::loadNetwork(context.home, arguments.positional(0).toStdString()));
    AMANA_TRY(const auto session, context.session());
    AMANA_CHECK(keepAccessSecrets(arguments, network.access, session->library()));
    AMANA_CHECK(chain::Chain::connect(network, app::networkSecrets(session->library())));
    context.out.json(profileToJson(network, context.network));
    context.out.line(QStringLiteral("%1 lets this profile in.").arg(toQ(network.name)));
    return {};
}

} // namespace amana::cli
