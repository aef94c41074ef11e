// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/rpc.h"

#include "core/chain/node_errors.h"
#include "core/chain/nodes.h"

#include <algorithm>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxBatch = 100; // nodes allow 1000 or more; answers of this many stay small

} // namespace

JsonRpc::JsonRpc(std::string url, std::chrono::milliseconds timeout)
    : JsonRpc(std::move(url), net::Access(), net::ReadSecret(), timeout)
{
}

JsonRpc::JsonRpc(std::string url, net::Access access, net::ReadSecret secrets, std::chrono::milliseconds timeout)
    : m_nodes(std::make_shared<Nodes>(std::vector{std::move(url)}, access, secrets, std::nullopt)), m_timeout(timeout)
{
}

JsonRpc::JsonRpc(std::vector<std::string> urls, net::Access access, net::ReadSecret secrets, ChainIdentity expected,
                 std::chrono::milliseconds timeout)
    : m_nodes(std::make_shared<Nodes>(std::move(urls), access, secrets, expected)), m_timeout(timeout)
{
}

const std::string &JsonRpc::url() const
{
    return m_nodes->preferred();
}

Result<json> JsonRpc::exchange(std::string_view method, const json &params,
                               std::optional<RpcError> &error) const
{
    AMANA_TRY(auto answers, m_nodes->ask({{std::string(method), params}}, m_timeout));
    error = std::move(answers.front().error);
    return std::move(answers.front().result);
}

Result<json> JsonRpc::call(std::string_view method, const json &params) const
{
    std::optional<RpcError> error;
    AMANA_TRY(json result, exchange(method, params, error));
    if (error)
        return fail(meaningOf(*error, method));
    return result;
}

Result<std::vector<RpcAnswer>> JsonRpc::batch(const std::vector<RpcRequest> &requests) const
{
    std::vector<RpcAnswer> answers;
    answers.reserve(requests.size());
    for (std::size_t done = 0; done < requests.size(); done += kMaxBatch) {
        const auto begin = requests.begin() + static_cast<std::ptrdiff_t>(done);
        const auto end = begin + static_cast<std::ptrdiff_t>(std::min(kMaxBatch, requests.size() - done));
        AMANA_TRY(auto part, m_nodes->ask({begin, end}, m_timeout));
        std::move(part.begin(), part.end(), std::back_inserter(answers));
    }
    return answers;
}

} // namespace amana::chain
