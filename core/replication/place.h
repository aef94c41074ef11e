// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/net/access.h"

#include <QString>

#include <string>
#include <vector>

/// Who else has the blocks of a network, and what they said about it.
namespace amana::replication {

enum class PlaceKind {
    OwnNode,        ///< a Kubo node that this program starts, for other nodes to fetch from
    Kubo,           ///< somebody's Kubo node, by its RPC
    Cluster,        ///< IPFS Cluster
    PinningService, ///< the Pinning Service API
    Gateway,        ///< a trustless gateway; blocks are read from it only
    GuardedGateway  ///< an Amana gateway: reads only, and only what a grant allows
};

/// "node" "kubo" "cluster" "pinning" "gateway" "guarded"
[[nodiscard]] std::string_view placeKindName(PlaceKind kind);
/// Whether a place of this kind keeps copies for us; the others only give.
[[nodiscard]] bool keepsCopies(PlaceKind kind);

/// One place, as it is stored. Holds names of secrets, never secrets.
struct Place {
    std::string name; ///< letters, digits, "-" and "_", at most 64
    PlaceKind kind = PlaceKind::Gateway;
    std::string url{};     ///< https, or http on this machine; empty for OwnNode
    net::Access access{};
    int copies = 0;        ///< Cluster: how many peers keep one; 0 leaves it to the cluster
    Address key{};         ///< GuardedGateway: the account that it signs with

    // OwnNode, as content::KuboChildOptions
    std::string swarmKey{}; ///< name of a secret of 32 bytes; empty: no private swarm
    std::string swarmHost = "0.0.0.0";
    std::uint16_t swarmPort = 4001;
    std::vector<std::string> peers{};
};

/// The places of the network whose files are in `folder` (storage.json): none when there is no such file. StoreCorrupt.
[[nodiscard]] Result<std::vector<Place>> loadPlaces(const QString &folder);
/// FileUnwritable, FileDiskFull.
[[nodiscard]] Status savePlaces(const QString &folder, const std::vector<Place> &places);
[[nodiscard]] bool isPlaceName(const std::string &name);

} // namespace amana::replication
