// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/access.h"
#include "core/chain/rpc_codec.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace amana::chain {

class Nodes;

/// Which chain a node must be of.
struct ChainIdentity {
    std::string network; ///< name of the profile, for errors
    std::uint64_t chainId = 0;
    Digest genesisHash{}; ///< of block 0
};

/// Ethereum JSON-RPC. Thread-safe; calls block the caller (never the GUI thread) while one network thread of
/// the process does the work. Replies above 64 MiB are refused. Copies share their connections.
class JsonRpc {
public:
    /// One node, of whatever chain it is.
    explicit JsonRpc(std::string url, std::chrono::milliseconds timeout = std::chrono::seconds(15));
    JsonRpc(std::string url, net::Access access, net::ReadSecret secrets,
            std::chrono::milliseconds timeout = std::chrono::seconds(15));

    /// Several nodes of one chain, the preferred one first. When one cannot be reached, does not answer in
    /// time, or does not let us in, the next is asked; each is asked for chain id and block 0 before it is
    /// used and after each time it failed, and one of another chain is never used: ChainWrongChain when there
    /// is no other.
    JsonRpc(std::vector<std::string> urls, net::Access access, net::ReadSecret secrets, ChainIdentity expected,
            std::chrono::milliseconds timeout = std::chrono::seconds(15));

    /// ChainUnreachable{url,network error}, ChainUntrusted{url} (its certificate), ChainUnauthorized,
    /// ChainTimeout, ChainBadReply; an error of the node itself as meaningOf in node_errors.h gives it: a
    /// contract's own code, ChainReverted, ChainUnderfunded, ChainNonce, else
    /// ChainRpcError{method,rpcCode,detail}.
    [[nodiscard]] Result<nlohmann::json> call(std::string_view method, const nlohmann::json &params) const;

    /// As call, but an error of the node goes to `error` for the caller to judge; the result is then null.
    [[nodiscard]] Result<nlohmann::json> exchange(std::string_view method, const nlohmann::json &params,
                                                  std::optional<RpcError> &error) const;

    /// Several questions in one request, 100 at a time; one node answers them all. Answers in the order of
    /// the questions, each with the node's error where there is one.
    [[nodiscard]] Result<std::vector<RpcAnswer>> batch(const std::vector<RpcRequest> &requests) const;

    /// Of the preferred node.
    [[nodiscard]] const std::string &url() const;

private:
    std::shared_ptr<Nodes> m_nodes; // shared by copies of this value; its methods are thread-safe
    std::chrono::milliseconds m_timeout;
};

} // namespace amana::chain
