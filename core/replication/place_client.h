// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/block_store.h"
#include "core/content/gateway.h"
#include "core/content/kubo_child.h"
#include "core/replication/place.h"

#include <memory>
#include <optional>

namespace amana::replication {

/// What a place says about a graph.
struct Copies {
    int kept = 0;         ///< copies that are there, by its own word
    int wanted = 1;
    std::string id{};     ///< of the request, where the place gives one
    std::string detail{}; ///< its own words when copies are missing; shortened; may be empty
};

/// A graph to be kept: all of its blocks, and nodes of ours from which they can be fetched.
struct Offer {
    content::Pin graph;
    const content::BlockSource &blocks;
    std::vector<std::string> origins{}; ///< multiaddresses
};

/// A place, spoken to in its own way. What a kind of place cannot do has an answer that says so. Thread-safe; blocks.
/// Every call may fail as those of content::KuboNode, and for OwnNode as content::KuboChild::ensureRunning.
class PlaceClient {
public:
    virtual ~PlaceClient() = default;

    /// Gives it the whole graph, and its name, for good; run again, only what is missing is sent where the place can be
    /// asked. Failures of `blocks`. Progress counts bytes. For places that keep copies only.
    [[nodiscard]] virtual Result<Copies> keep(const Offer &offer, const Progress &progress);
    /// How many copies there are now. Those that failed are tried anew by the place, where it can be told to.
    [[nodiscard]] virtual Result<Copies> look(const content::Cid &root);
    /// It need not keep the graph any longer; no copy is success.
    [[nodiscard]] virtual Status drop(const content::Cid &root);

    /// Whether a computer other than this one can give the block.
    [[nodiscard]] virtual Result<bool> finds(const content::Cid &cid) = 0;
    /// The bytes, unverified: BlockMissing, IpfsNotFound.
    [[nodiscard]] virtual Result<QByteArray> block(const content::Cid &cid);
    /// Where whole archives can be had from it, if they can.
    [[nodiscard]] virtual Result<std::optional<content::Gateway>> gateway();
    /// Multiaddresses where others can fetch from it.
    [[nodiscard]] virtual std::vector<std::string> origins();
};

/// What the making of clients needs.
struct PlaceContext {
    QString folder; ///< of the network: an own node lives in <folder>/node-<name>
    net::ReadSecret secrets{};
};

/// Asks nobody yet.
[[nodiscard]] std::unique_ptr<PlaceClient> clientOf(const Place &place, const PlaceContext &context);

// One a kind, in a file each.
[[nodiscard]] std::unique_ptr<PlaceClient> kuboClient(const Place &place, const PlaceContext &context);
[[nodiscard]] std::unique_ptr<PlaceClient> ownNodeClient(const Place &place, const PlaceContext &context);
[[nodiscard]] std::unique_ptr<PlaceClient> clusterClient(const Place &place, const PlaceContext &context);
[[nodiscard]] std::unique_ptr<PlaceClient> pinningClient(const Place &place, const PlaceContext &context);
[[nodiscard]] std::unique_ptr<PlaceClient> gatewayClient(const Place &place, const PlaceContext &context);

/// The options that an own node is started with. KeychainNoEntry and the like when its swarm key cannot be read.
[[nodiscard]] Result<content::KuboChildOptions> ownNodeOptions(const Place &place, const PlaceContext &context);
[[nodiscard]] QString ownNodeFolder(const Place &place, const PlaceContext &context);

} // namespace amana::replication
