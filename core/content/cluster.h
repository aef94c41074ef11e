// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/blocks.h"
#include "core/content/ipfs_endpoint.h"

#include "core/base/progress.h"

#include <memory>

namespace amana::content {

class CarPiece;
class IpfsHttp;

struct ClusterPeer {
    std::string id;
    std::string name;
    std::string version;
    std::string ipfsPeer; ///< of its own IPFS node
    std::string error;    ///< of the peer or of its node; empty: both answer
};

/// How many peers keep a copy: 0 leaves it to the cluster, -1 is all of them.
struct Replication {
    int min = 0;
    int max = 0;
};

/// One peer's part in a pin.
struct ClusterCopy {
    std::string peer;
    std::string peerName;
    std::string status; ///< "pinned", "pinning", "pin_queued", "pin_error", "remote", "unpinned", "cluster_error", …
    std::string error;
};

struct ClusterStatus {
    Cid cid;
    std::string name;
    std::vector<ClusterCopy> copies;

    [[nodiscard]] int pinned() const; ///< copies that are there
};

struct ClusterAlert {
    std::string peer;
    std::string metric;      ///< "ping": the peer is silent
    std::string triggeredAt; ///< RFC 3339
};

/// IPFS Cluster by its REST API (https://ipfscluster.io/documentation/reference/api/), tried with 1.1.6. Every call may
/// fail as those of KuboNode. Thread-safe; blocks.
class Cluster {
public:
    explicit Cluster(IpfsEndpoint endpoint);
    ~Cluster();

    [[nodiscard]] Result<std::vector<ClusterPeer>> peers() const;

    /// Blocks go to the node of the peer that is asked; pin() then makes the others fetch them. Progress counts bytes of
    /// the piece.
    [[nodiscard]] Status add(const CarPiece &piece, const Progress &progress = {}) const;
    /// The cluster has agreed on the pin when this succeeds; the copies come later (status). IpfsRefused when there are
    /// fewer peers than `replication.min`.
    [[nodiscard]] Status pin(const Cid &cid, const std::string &name, const Replication &replication) const;
    /// Nothing happens when it is not pinned.
    [[nodiscard]] Status unpin(const Cid &cid) const;
    [[nodiscard]] Result<ClusterStatus> status(const Cid &cid) const;
    /// Peers whose copy failed try again.
    [[nodiscard]] Result<ClusterStatus> recover(const Cid &cid) const;
    [[nodiscard]] Result<std::vector<ClusterAlert>> alerts() const;

private:
    Result<ClusterStatus> statusOf(const char *method, const Cid &cid, const char *action) const;
    std::unique_ptr<IpfsHttp> m_http;
};

/// Gives the graph under `root` to a cluster and pins it. It sends everything: a cluster cannot be asked for blocks.
/// Failures of Cluster and of `source`, DagMalformed, DagTooLarge. Progress counts bytes of blocks.
[[nodiscard]] Status uploadToCluster(const Cluster &cluster, const BlockSource &source, const Cid &root,
                                     const std::string &name, const Replication &replication,
                                     const Progress &progress = {});

} // namespace amana::content
