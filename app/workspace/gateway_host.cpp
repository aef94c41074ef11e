// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/gateway_host.h"

#include "core/sharing/dataset_keys.h"

#include <QString>

#include <algorithm>

namespace amana::app {

namespace {

constexpr std::chrono::seconds kWriteEvery{30};

/// "127.0.0.1" and 8080 as in a URL.
std::string joined(const std::string &address, std::uint16_t port)
{
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? '[' + address + ']' : address) + ':' + std::to_string(port);
}

} // namespace

Result<std::unique_ptr<GatewayHost>> GatewayHost::start(sharing::Actor &actor, net::ServerOptions options,
                                                        std::string host)
{
    std::unique_ptr<GatewayHost> made(new GatewayHost(actor));
    AMANA_TRY(made->m_audit, sharing::GatewayAudit::open(actor.folder, actor.clock));
    const std::string address = options.address;
    // Whoever comes before the service is there waits for it.
    const std::shared_future<sharing::GatewayService *> ready = made->m_ready.get_future().share();
    AMANA_TRY(made->m_server, net::HttpServer::start(std::move(options), [ready](const net::ServerRequest &request) {
                  return ready.get()->answer(request);
              }));
    made->m_host = host.empty() ? joined(address, made->m_server->port())
                                : QString::fromStdString(host).toLower().toStdString();
    sharing::GatewaySettings settings{.host = made->m_host,
                                      .chainId = actor.chain.profile().chainId,
                                      .contract = actor.chain.contracts().access};
    made->m_guard = std::make_unique<sharing::GatewayGuard>(std::move(settings), actor.chainKey, sharing::contractOf(actor),
                                                            made->m_datasets, *made->m_audit, actor.clock);
    made->m_service = std::make_unique<sharing::GatewayService>(*made->m_guard, actor.blocks.store());
    made->m_ready.set_value(made->m_service.get());
    return made;
}

GatewayHost::~GatewayHost()
{
    m_server.reset(); // first: its threads use all the others
}

std::string GatewayHost::url() const
{
    return (m_server->hasTls() ? "https://" : "http://") + m_host;
}

Status GatewayHost::tick()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_ticked < kWriteEvery)
        return {};
    m_ticked = now;
    return m_guard->flush();
}

Result<std::vector<ServedDataset>> servedDatasets(const sharing::Actor &actor)
{
    AMANA_TRY(const std::vector<chain::IndexedDataset> all, actor.index.datasets());
    std::vector<ServedDataset> served;
    for (const chain::IndexedDataset &entry : all)
        if (const content::Cid root = sharing::rootOf(entry.dataset); actor.blocks.store().has(root))
            served.push_back({entry.dataset.id, root});
    std::sort(served.begin(), served.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
    return served;
}

} // namespace amana::app
