// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/place_client.h"

#include "core/content/kubo_upload.h"

#include <algorithm>
#include <mutex>

namespace amana::replication {

namespace {

using std::chrono::seconds;

constexpr seconds kBlockPatience(10);
constexpr seconds kProvidePatience(5);
constexpr seconds kLookupPatience(5);

/// What both kinds of Kubo node are asked.
class KuboClient : public PlaceClient {
public:
    Result<Copies> keep(const Offer &offer, const Progress &progress) override
    {
        AMANA_TRY(const auto node, this->node());
        AMANA_CHECK(content::uploadToKubo(*node, offer.blocks, offer.graph.root, offer.graph.name, {}, progress));
        // A node that is connected to nobody cannot tell anybody: it keeps the graph all the same.
        (void)node->provide(offer.graph.root, kProvidePatience);
        return Copies{1, 1};
    }
    Result<Copies> look(const content::Cid &root) override
    {
        AMANA_TRY(const auto node, this->node());
        AMANA_TRY(const auto pin, node->pinOf(root));
        return Copies{pin ? 1 : 0, 1};
    }
    Status drop(const content::Cid &root) override
    {
        AMANA_TRY(const auto node, this->node());
        return node->unpin(root);
    }
    Result<QByteArray> block(const content::Cid &cid) override
    {
        AMANA_TRY(const auto node, this->node());
        return node->fetch(cid, false, kBlockPatience);
    }
    std::vector<std::string> origins() override
    {
        const auto node = this->node();
        auto identity = node ? (*node)->identity() : Result<content::KuboIdentity>(content::KuboIdentity());
        return identity ? std::move(identity->addresses) : std::vector<std::string>();
    }

protected:
    virtual Result<std::shared_ptr<content::KuboNode>> node() = 0;
};

class OtherNode final : public KuboClient {
public:
    explicit OtherNode(content::IpfsEndpoint endpoint) : m_node(std::make_shared<content::KuboNode>(std::move(endpoint))) {}

    /// It is another computer's, or at least another program's: what it has itself counts.
    Result<bool> finds(const content::Cid &cid) override { return m_node->has(cid); }

protected:
    Result<std::shared_ptr<content::KuboNode>> node() override { return m_node; }

private:
    const std::shared_ptr<content::KuboNode> m_node;
};

class OwnNode final : public KuboClient {
public:
    OwnNode(const Place &place, const PlaceContext &context)
        : m_place(place), m_context(context), m_child(ownNodeFolder(place, context))
    {}

    /// Our own copy proves nothing: somebody else must say that he has the block.
    Result<bool> finds(const content::Cid &cid) override
    {
        AMANA_TRY(const auto node, this->node());
        AMANA_TRY(const content::KuboIdentity own, node->identity());
        AMANA_TRY(const auto providers, node->providers(cid, kLookupPatience));
        return std::any_of(providers.begin(), providers.end(), [&own](const std::string &peer) { return peer != own.peer; });
    }

protected:
    Result<std::shared_ptr<content::KuboNode>> node() override
    {
        const std::lock_guard lock(m_mutex);
        if (m_node)
            return m_node;
        AMANA_TRY(const content::KuboChildOptions options, ownNodeOptions(m_place, m_context));
        AMANA_TRY(content::IpfsEndpoint endpoint, m_child.ensureRunning(options));
        m_node = std::make_shared<content::KuboNode>(std::move(endpoint));
        return m_node;
    }

private:
    const Place m_place;
    const PlaceContext m_context;
    const content::KuboChild m_child;
    std::mutex m_mutex;
    std::shared_ptr<content::KuboNode> m_node;
};

} // namespace

QString ownNodeFolder(const Place &place, const PlaceContext &context)
{
    return context.folder + QStringLiteral("/node-") + QString::fromStdString(place.name);
}

Result<content::KuboChildOptions> ownNodeOptions(const Place &place, const PlaceContext &context)
{
    content::KuboChildOptions options;
    options.swarmHost = place.swarmHost;
    options.swarmPort = place.swarmPort;
    options.peers = place.peers;
    if (!place.swarmKey.empty()) {
        AMANA_TRY(options.swarmKey, context.secrets(place.swarmKey));
    }
    return options;
}

std::unique_ptr<PlaceClient> kuboClient(const Place &place, const PlaceContext &context)
{
    return std::make_unique<OtherNode>(content::IpfsEndpoint{place.url, place.access, context.secrets});
}

std::unique_ptr<PlaceClient> ownNodeClient(const Place &place, const PlaceContext &context)
{
    return std::make_unique<OwnNode>(place, context);
}

} // namespace amana::replication
