// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/settings.h"
#include "app/amana/shown.h"
#include "app/workspace/session.h"
#include "core/chain/local_node.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

const std::string kLocal{chain::kLocalNetwork};

/// "identity" of --identity ADDRESS.
QString optionOf(const chain::ContractSlot &slot)
{
    return QString::fromLatin1(slot.key.data(), static_cast<qsizetype>(slot.key.size()));
}

json profileToJson(const chain::NetworkProfile &network, const std::string &chosen)
{
    json profile{{"name", network.name},
                 {"rpc", network.rpcUrl},
                 {"chainId", network.chainId},
                 {"genesis", hexOf(network.genesisHash)},
                 {"inUse", network.name == chosen}};
    for (const chain::ContractSlot &slot : chain::kContractSlots)
        profile[slot.key] = crypto::checksumAddress(network.contracts.*slot.address);
    return profile;
}

Status listNetworks(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("network list"), {},
                        QStringLiteral("The networks that this home knows."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const std::vector<chain::NetworkProfile> networks, chain::listNetworks(context.home));
    json rows = json::array();
    std::vector<QStringList> table;
    bool local = false;
    for (const chain::NetworkProfile &network : networks) {
        local = local || network.name == kLocal;
        rows.push_back(profileToJson(network, context.network));
        table.push_back({network.name == context.network ? QStringLiteral("*") : QString(), toQ(network.name),
                         QString::number(network.chainId), toQ(network.rpcUrl)});
    }
    if (!local) { // it is always there to be started
        rows.push_back({{"name", kLocal}, {"inUse", context.network == kLocal}, {"started", false}});
        table.push_back({context.network == kLocal ? QStringLiteral("*") : QString(),
                         toQ(kLocal),
                         {},
                         QStringLiteral("this computer, not started yet")});
    }
    context.out.json({{"networks", rows}});
    context.out.table({QString(), QStringLiteral("Name"), QStringLiteral("Chain"), QStringLiteral("Address")},
                      table, {});
    return {};
}

Result<Address> addressOption(const Arguments &arguments, const QString &name)
{
    AMANA_TRY(const QString text, arguments.required(name));
    return crypto::parseAddress(text.toStdString());
}

/// The hash of block 0: as given, else as the chain itself says now (trusted on first use, checked ever
/// after).
Result<Digest> genesisOf(const Arguments &arguments, const std::string &rpcUrl)
{
    if (arguments.has(QStringLiteral("genesis")))
        return digestFromHex(arguments.text(QStringLiteral("genesis")));
    AMANA_TRY(const json block,
              chain::JsonRpc(rpcUrl).call("eth_getBlockByNumber", json::array({"0x0", false})));
    if (!block.is_object() || !block.contains("hash") || !block["hash"].is_string())
        return fail(ErrorCode::ChainBadReply, {{"url", rpcUrl}});
    return digestFromHex(block["hash"].get<std::string>());
}

Status addNetwork(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("network add"), QStringLiteral("NAME"),
                        QStringLiteral("Adds a network and checks chain and contracts before it is kept."));
    arguments.option({QStringLiteral("rpc")}, QStringLiteral("URL"),
                     QStringLiteral("https, or http on this machine"));
    arguments.option({QStringLiteral("chain-id")}, QStringLiteral("N"), QStringLiteral("chain number"));
    for (const chain::ContractSlot &slot : chain::kContractSlots)
        arguments.option({optionOf(slot)}, QStringLiteral("ADDRESS"),
                         QString::fromLatin1(slot.artifact.data(), static_cast<qsizetype>(slot.artifact.size())));
    arguments.option({QStringLiteral("genesis")}, QStringLiteral("HASH"),
                     QStringLiteral("hash of block 0 (default: asked)"));
    arguments.option({QStringLiteral("first-block")}, QStringLiteral("N"),
                     QStringLiteral("block of the contracts"));
    arguments.option({QStringLiteral("finality")}, QStringLiteral("N"),
                     QStringLiteral("blocks until final (default 0)"));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    chain::NetworkProfile network;
    network.name = arguments.positional(0).toStdString();
    if (network.name == kLocal)
        return arguments.misuse("badValue", arguments.positional(0));
    AMANA_TRY(const QString rpc, arguments.required(QStringLiteral("rpc")));
    AMANA_CHECK(arguments.required(QStringLiteral("chain-id")));
    AMANA_TRY(network.chainId, arguments.number(QStringLiteral("chain-id"), 0));
    for (const chain::ContractSlot &slot : chain::kContractSlots) {
        AMANA_TRY(network.contracts.*slot.address, addressOption(arguments, optionOf(slot)));
    }
    AMANA_TRY(network.firstBlock, arguments.number(QStringLiteral("first-block"), 0));
    AMANA_TRY(network.finalityDepth, arguments.number(QStringLiteral("finality"), 0));
    network.rpcUrl = rpc.toStdString();
    AMANA_TRY(network.genesisHash, genesisOf(arguments, network.rpcUrl));
    AMANA_CHECK(chain::Chain::connect(network));
    AMANA_CHECK(chain::saveNetwork(context.home, network));
    context.out.json(profileToJson(network, context.network));
    context.out.line(QStringLiteral("%1 added: chain %2, block 0 %3.")
                         .arg(toQ(network.name))
                         .arg(network.chainId)
                         .arg(toQ(hexOf(network.genesisHash))));
    return {};
}

Status useNetwork(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("network use"), QStringLiteral("NAME"),
                        QStringLiteral("The network that commands use when none is named."));
    AMANA_CHECK(arguments.parse(context, list, 1, 1));
    const std::string name = arguments.positional(0).toStdString();
    if (name != kLocal)
        AMANA_CHECK(chain::loadNetwork(context.home, name));
    AMANA_CHECK(chooseNetwork(context.home, name));
    context.out.json({{"network", name}});
    context.out.line(QStringLiteral("Commands now use “%1”.").arg(toQ(name)));
    return {};
}

/// Status of the local node, or of a remote chain that was just checked.
Status showStatus(const Context &context, const std::string &name)
{
    if (name == kLocal) {
        AMANA_TRY(const chain::NodeStatus node, chain::LocalNode::status(context.home));
        context.out.json({{"network", kLocal},
                          {"running", node.running},
                          {"pid", node.pid},
                          {"rpc", node.rpcUrl},
                          {"block", node.block},
                          {"journalled", node.journalled}});
        context.out.line(node.running ? QStringLiteral("This computer: running at %1, block %2, process %3.")
                                            .arg(toQ(node.rpcUrl))
                                            .arg(node.block)
                                            .arg(node.pid)
                                      : QStringLiteral("This computer: not running."));
        return {};
    }
    AMANA_TRY(const chain::NetworkProfile profile, chain::loadNetwork(context.home, name));
    AMANA_TRY(const auto chain, chain::Chain::connect(profile));
    AMANA_TRY(const chain::Block head, chain->head());
    context.out.json({{"network", name}, {"running", true}, {"rpc", profile.rpcUrl}, {"block", head.number}});
    context.out.line(QStringLiteral("%1: chain %2 answers, block %3, contracts as shipped.")
                         .arg(toQ(name))
                         .arg(profile.chainId)
                         .arg(head.number));
    return {};
}

Status networkStatus(Context &context, const QStringList &list)
{
    Arguments arguments(QStringLiteral("network status"), {},
                        QStringLiteral("Whether the network answers. Starts nothing."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    return showStatus(context, context.network);
}

Status startNetwork(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("network start"), {},
        QStringLiteral("Starts the chain of this computer, for the chosen profile. The profile that starts"
                       " it first becomes governor and administrator of institution 1."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_TRY(const auto session, context.session());
    context.network = kLocal;
    AMANA_CHECK(context.connect(*session));
    return showStatus(context, kLocal);
}

Status stopNetwork(Context &context, const QStringList &list)
{
    Arguments arguments(
        QStringLiteral("network stop"), {},
        QStringLiteral("Stops the chain of this computer. Its state stays; any command starts it again."));
    AMANA_CHECK(arguments.parse(context, list, 0, 0));
    AMANA_CHECK(chain::LocalNode::stop(context.home));
    return showStatus(context, kLocal);
}

} // namespace

std::vector<Command> networkCommands()
{
    return {{QStringLiteral("network"), QStringLiteral("list, add, use, start, stop, status: the chain"),
             dispatch(QStringLiteral("network"), {{QStringLiteral("list"), listNetworks},
                                                  {QStringLiteral("add"), addNetwork},
                                                  {QStringLiteral("use"), useNetwork},
                                                  {QStringLiteral("start"), startNetwork},
                                                  {QStringLiteral("stop"), stopNetwork},
                                                  {QStringLiteral("status"), networkStatus}})}};
}

} // namespace amana::cli
