// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/commands.h"
#include "app/amana/commands/network_add.h"
#include "app/amana/settings.h"
#include "app/amana/shown.h"
#include "app/workspace/network_secrets.h"
#include "app/workspace/session.h"
#include "core/chain/local_node.h"

#include <nlohmann/json.hpp>

namespace amana::cli {

namespace {

using nlohmann::json;

const std::string kLocal{chain::kLocalNetwork};

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

Result<std::unique_ptr<chain::Chain>> connectRemote(const Context &context, const chain::NetworkProfile &profile)
{
    if (profile.access == net::Access())
        return chain::Chain::connect(profile);
    AMANA_TRY(const auto session, context.session()); // for its secrets
    return chain::Chain::connect(profile, app::networkSecrets(session->library()));
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
    AMANA_TRY(const auto chain, connectRemote(context, profile));
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
    return {{QStringLiteral("network"), QStringLiteral("list, add, login, use, start, stop, status: the chain"),
             dispatch(QStringLiteral("network"), {{QStringLiteral("list"), listNetworks},
                                                  {QStringLiteral("add"), addNetwork},
                                                  {QStringLiteral("login"), loginNetwork},
                                                  {QStringLiteral("use"), useNetwork},
                                                  {QStringLiteral("start"), startNetwork},
                                                  {QStringLiteral("stop"), stopNetwork},
                                                  {QStringLiteral("status"), networkStatus}})}};
}

} // namespace amana::cli
