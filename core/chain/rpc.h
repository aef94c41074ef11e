// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace amana::chain {

/// What the node answered when it did not do what was asked.
struct RpcError {
    std::int64_t code = 0;
    std::string message;
    QByteArray data; ///< revert data, found wherever the node put it; empty when there was none
};

/// The code for an error of the node, as JsonRpc::call gives it.
[[nodiscard]] Error meaningOf(const RpcError &error, std::string_view method);

/// Ethereum JSON-RPC over HTTP. Thread-safe; calls block the caller (never the GUI thread) while one network
/// thread of the process does the work. Replies above 64 MiB are refused.
class JsonRpc {
public:
    explicit JsonRpc(std::string url, std::chrono::milliseconds timeout = std::chrono::seconds(15));

    /// ChainUnreachable{url,network error}, ChainTimeout, ChainBadReply; an error of the node itself:
    /// ChainReverted (with `data`, see revert.h: then the contract's own code), ChainUnderfunded, ChainNonce,
    /// else ChainRpcError{method,rpcCode,detail}.
    [[nodiscard]] Result<nlohmann::json> call(std::string_view method, const nlohmann::json &params) const;

    /// As call, but an error of the node goes to `error` for the caller to judge; the result is then null.
    [[nodiscard]] Result<nlohmann::json> exchange(std::string_view method, const nlohmann::json &params,
                                                  std::optional<RpcError> &error) const;

    [[nodiscard]] const std::string &url() const { return m_url; }

private:
    std::string m_url;
    std::chrono::milliseconds m_timeout;
};

} // namespace amana::chain
