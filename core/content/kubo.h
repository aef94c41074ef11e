// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/blocks.h"
#include "core/content/ipfs_endpoint.h"

#include "core/base/progress.h"

#include <chrono>
#include <memory>
#include <optional>

namespace amana::content {

class CarPiece;
class IpfsHttp;

struct KuboIdentity {
    std::string peer;                   ///< "12D3…"
    std::string agent;                  ///< "kubo/0.40.1"
    std::vector<std::string> addresses; ///< multiaddresses, each ending in /p2p/<peer>
};

struct KuboPin {
    Cid cid;
    std::string name; ///< may be empty
};

/// How long to wait for a pin: a block that nobody has keeps Kubo waiting without end.
struct PinPatience {
    std::chrono::seconds stall{60};      ///< without another block
    std::chrono::seconds whole{24 * 3600}; ///< the node itself gives up then
};

/// A Kubo node by its RPC (https://docs.ipfs.tech/reference/kubo/rpc/), tried with 0.40.1. Administers the node: reach
/// nodes of other machines only through TLS and a token. Thread-safe; blocks. Every call may fail with
/// IpfsUnreachable, IpfsTimeout, IpfsUntrusted, IpfsInsecure, IpfsUnauthorized, IpfsBadReply, IpfsRefused, Cancelled.
class KuboNode {
public:
    explicit KuboNode(IpfsEndpoint endpoint);
    ~KuboNode();

    [[nodiscard]] Result<KuboIdentity> identity() const;

    /// It is in the node's own store; asks nobody else.
    [[nodiscard]] Result<bool> has(const Cid &cid) const;
    /// All blocks of the piece, and with `pin` its root too, with no garbage collection in between: IpfsPinFailed{cid,
    /// detail}. Progress counts bytes of the piece.
    [[nodiscard]] Status import(const CarPiece &piece, bool pin, const Progress &progress = {}) const;

    /// Pins recursively; the node fetches what it lacks from others. Pinning anew changes the name. IpfsPinFailed{cid,
    /// detail}. Progress counts bytes of the graph that the node has seen.
    [[nodiscard]] Status pin(const Cid &cid, const std::string &name, const PinPatience &patience = {},
                             const Progress &progress = {}) const;
    /// The pin of this root; nothing when it is not pinned recursively.
    [[nodiscard]] Result<std::optional<KuboPin>> pinOf(const Cid &cid) const;
    /// All recursive pins that Cid can name.
    [[nodiscard]] Result<std::vector<KuboPin>> pins() const;
    /// Nothing happens when it is not pinned.
    [[nodiscard]] Status unpin(const Cid &cid) const;

    /// Tells the network that this node has the block. IpfsRefused when it is connected to nobody.
    [[nodiscard]] Status provide(const Cid &cid, std::chrono::seconds patience) const;
    /// Peers that say they have the block: at most `atMost`, what was found within `patience`.
    [[nodiscard]] Result<std::vector<std::string>> providers(const Cid &cid, std::chrono::seconds patience,
                                                             int atMost = 20) const;

    /// Connected peers.
    [[nodiscard]] Result<std::vector<std::string>> peers() const;
    /// "/ip4/192.0.2.1/tcp/4001/p2p/12D3…"
    [[nodiscard]] Status connect(const std::string &multiaddress) const;

    /// The bytes, unverified; BlockMissing{cid}. With `offline` from the node's own store only.
    [[nodiscard]] Result<QByteArray> fetch(const Cid &cid, bool offline, std::chrono::seconds patience) const;

private:
    std::unique_ptr<IpfsHttp> m_http;
};

/// What a node has or can fetch from others.
class KuboBlocks final : public BlockSource {
public:
    explicit KuboBlocks(const KuboNode &node, std::chrono::seconds patience = std::chrono::seconds(30), bool offline = false)
        : m_node(node), m_patience(patience), m_offline(offline)
    {}

protected:
    [[nodiscard]] Result<QByteArray> fetch(const Cid &cid) const override
    {
        return m_node.fetch(cid, m_offline, m_patience);
    }

private:
    const KuboNode &m_node;
    const std::chrono::seconds m_patience;
    const bool m_offline;
};

} // namespace amana::content
