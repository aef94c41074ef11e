// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"
#include "core/content/ipfs_endpoint.h"

#include <QString>

namespace amana::content {

struct KuboChildOptions {
    /// 32 bytes that all nodes of a private swarm share: the node talks to no others, and not at all without them.
    /// Empty: no private swarm.
    SecretBytes swarmKey;
    std::string swarmHost = "0.0.0.0"; ///< address of this machine where other nodes reach it
    std::uint16_t swarmPort = 4001;    ///< 0: any, another one at each start
    /// Nodes to stay connected with: "/dns4/ipfs.hospital.example/tcp/4001/p2p/12D3…".
    std::vector<std::string> peers;
};

struct KuboChildStatus {
    bool running = false;
    std::int64_t pid = 0;
    std::string rpcUrl;
    std::string gatewayUrl;
};

/// A Kubo node of our own: one process a folder, with its own repository, that outlives the program. Other nodes reach
/// its swarm port; RPC and gateway are on loopback at free ports, the RPC opens with a token that only this user can
/// read. Nothing is asked of the internet: no bootstrap nodes, no AutoConf, no mDNS, no AutoTLS, no telemetry. Files in
/// the folder: repo/, node.json (process), rpc-token, lock, node.log. Functions block and may be called by several
/// processes at once.
class KuboChild {
public:
    explicit KuboChild(const QString &folder);

    /// Finds the node or starts one; one that runs with other options, or does not answer, is started anew.
    /// IpfsProgramMissing, IpfsNodeFailed{detail, log}, FileUnwritable, StoreLocked.
    [[nodiscard]] Result<IpfsEndpoint> ensureRunning(const KuboChildOptions &options) const;
    /// Never starts anything.
    [[nodiscard]] KuboChildStatus status() const;
    /// Ends the recorded process if it is still the one that was started; nothing running is success.
    [[nodiscard]] Status stop() const;

    /// AMANA_IPFS, beside the program, PATH. IpfsProgramMissing.
    [[nodiscard]] static Result<QString> findProgram();

private:
    QString m_folder;
};

} // namespace amana::content
