// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

/// JSON-RPC 2.0 as text: what is asked, and what came back, judged before it is used. Internal to core/chain.
namespace amana::chain {

struct RpcRequest {
    std::string method;
    nlohmann::json params;
};

/// What the node answered when it did not do what was asked.
struct RpcError {
    std::int64_t code = 0;
    std::string message;
    QByteArray data; ///< revert data, found wherever the node put it; empty when there was none
};

struct RpcAnswer {
    nlohmann::json result; ///< null when there is an error
    std::optional<RpcError> error;
};

/// One request is an object, several are an array (a batch); their ids are 1, 2, 3 …
[[nodiscard]] QByteArray encodeRequests(const std::vector<RpcRequest> &requests);

/// The answers in the order of the requests, whatever order they came in. ChainBadReply{what}: "json";
/// "shape" (neither result nor error, or not as many as were asked); "id" (not ours, missing, twice). One
/// error without an id, as nodes answer to a batch that is too long for them, is the answer to each request.
[[nodiscard]] Result<std::vector<RpcAnswer>> decodeReplies(const QByteArray &body, std::size_t count);

} // namespace amana::chain
