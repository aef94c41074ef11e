// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/place_client.h"

#include "core/content/cluster.h"

#include <algorithm>

namespace amana::replication {

namespace {

class ClusterClient final : public PlaceClient {
public:
    ClusterClient(const Place &place, const PlaceContext &context)
        : m_cluster({place.url, place.access, context.secrets}), m_copies(place.copies)
    {}

    Result<Copies> keep(const Offer &offer, const Progress &progress) override
    {
        AMANA_TRY(const content::ClusterStatus before, m_cluster.status(offer.graph.root));
        const content::Replication replication{m_copies, m_copies};
        // A copy that is there brings the others without anything being sent again.
        if (before.pinned() > 0)
            AMANA_CHECK(m_cluster.pin(offer.graph.root, offer.graph.name, replication));
        else
            AMANA_CHECK(uploadToCluster(m_cluster, offer.blocks, offer.graph.root, offer.graph.name, replication, progress));
        return look(offer.graph.root);
    }
    Result<Copies> look(const content::Cid &root) override
    {
        AMANA_TRY(content::ClusterStatus status, m_cluster.status(root));
        if (std::any_of(status.copies.begin(), status.copies.end(), hasFailed)) {
            AMANA_TRY(status, m_cluster.recover(root));
        }
        return copiesOf(status);
    }
    Status drop(const content::Cid &root) override { return m_cluster.unpin(root); }
    Result<bool> finds(const content::Cid &cid) override
    {
        AMANA_TRY(const content::ClusterStatus status, m_cluster.status(cid));
        return status.pinned() > 0;
    }

private:
    static bool hasFailed(const content::ClusterCopy &copy)
    {
        return copy.status == "pin_error" || copy.status == "cluster_error";
    }
    /// Peers that are not to keep it ("remote") do not count.
    Copies copiesOf(const content::ClusterStatus &status) const
    {
        Copies copies;
        copies.kept = status.pinned();
        copies.wanted = m_copies > 0 ? m_copies : 0;
        for (const content::ClusterCopy &copy : status.copies) {
            const bool allocated = copy.status != "remote" && copy.status != "unpinned";
            if (m_copies <= 0 && allocated)
                ++copies.wanted;
            if (hasFailed(copy) && copies.detail.empty())
                copies.detail = copy.peerName + ": " + copy.error;
        }
        copies.wanted = std::max(copies.wanted, 1);
        return copies;
    }

    const content::Cluster m_cluster;
    const int m_copies;
};

} // namespace

std::unique_ptr<PlaceClient> clusterClient(const Place &place, const PlaceContext &context)
{
    return std::make_unique<ClusterClient>(place, context);
}

} // namespace amana::replication
