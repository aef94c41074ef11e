// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http_server.h"
#include "core/sharing/gateway_service.h"

#include <future>

namespace amana::app {

struct ServedDataset {
    std::uint64_t id = 0;
    content::Cid root;
};

/// The guarded gateway of one profile: its audit trail is in the profile's folder, its key the profile's account.
class GatewayHost {
public:
    /// Listens when it returns. `host` is the "name:port" that clients use; empty: address and port of `server`, which must
    /// then name one computer. GatewayNeedsTls, GatewayCannotListen, FileUnwritable. `actor` outlives it.
    [[nodiscard]] static Result<std::unique_ptr<GatewayHost>> start(sharing::Actor &actor, net::ServerOptions server,
                                                                    std::string host);
    /// Lets answers under way end, then writes down what was served.
    ~GatewayHost();

    [[nodiscard]] std::string url() const; ///< as clients need it
    [[nodiscard]] const Address &key() const { return m_actor.address(); }
    /// To be called now and then: every half minute it writes down what was served. FileUnwritable, FileDiskFull: until that
    /// is mended nobody is served.
    [[nodiscard]] Status tick();

private:
    explicit GatewayHost(sharing::Actor &actor) : m_actor(actor), m_datasets(actor.blocks.store()) {}

    sharing::Actor &m_actor;
    sharing::DatasetBlocks m_datasets;
    std::unique_ptr<sharing::GatewayAudit> m_audit;
    std::string m_host;
    std::promise<sharing::GatewayService *> m_ready; ///< the host's port is known only once it listens
    std::unique_ptr<sharing::GatewayGuard> m_guard;
    std::unique_ptr<sharing::GatewayService> m_service;
    std::unique_ptr<net::HttpServer> m_server;
    std::chrono::steady_clock::time_point m_ticked = std::chrono::steady_clock::now();
};

/// The published datasets whose root is in this computer's store, by number. Fails as EventIndex does.
[[nodiscard]] Result<std::vector<ServedDataset>> servedDatasets(const sharing::Actor &actor);

} // namespace amana::app
