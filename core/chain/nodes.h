// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/rpc.h"
#include "core/chain/transport.h"

#include <mutex>
#include <vector>

namespace amana::chain {

/// The nodes of one network and which of them is asked. Thread-safe. Internal to core/chain.
class Nodes {
public:
    Nodes(std::vector<std::string> urls, const net::Access &access, const net::ReadSecret &secrets,
          std::optional<ChainIdentity> expected);

    /// From the node in use, or the first after it that can be had; see JsonRpc. The error is that of the
    /// node that was asked first.
    [[nodiscard]] Result<std::vector<RpcAnswer>> ask(const std::vector<RpcRequest> &requests,
                                                     std::chrono::milliseconds timeout);
    [[nodiscard]] const std::string &preferred() const { return m_nodes.front().url; }

private:
    struct Node {
        std::string url;
        std::unique_ptr<Transport> transport;
        bool checked = false; ///< of the expected chain, since it last failed
    };

    [[nodiscard]] Result<std::vector<RpcAnswer>> askNode(std::size_t index,
                                                         const std::vector<RpcRequest> &requests,
                                                         std::chrono::milliseconds timeout);
    [[nodiscard]] Status check(Node &node, std::chrono::milliseconds timeout) const;

    std::vector<Node> m_nodes; // never changed in number; only `checked` is, under the mutex
    const std::optional<ChainIdentity> m_expected;
    std::mutex m_mutex; // guards m_current and Node::checked; never held during a call
    std::size_t m_current = 0;
};

} // namespace amana::chain
