// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/nodes.h"

#include "core/chain/json_fields.h"
#include "core/chain/node_errors.h"

namespace amana::chain {

namespace {

using nlohmann::json;

/// Another node may do better. What the node itself answered would be the same elsewhere.
bool isFailure(ErrorCode code)
{
    return code == ErrorCode::ChainUnreachable || code == ErrorCode::ChainTimeout
           || code == ErrorCode::ChainUntrusted || code == ErrorCode::ChainUnauthorized
           || code == ErrorCode::ChainBadReply || code == ErrorCode::ChainWrongChain
           || code == ErrorCode::NetworkInsecure;
}

Result<std::vector<RpcAnswer>> exchange(Transport &transport, const std::string &url,
                                        const std::vector<RpcRequest> &requests,
                                        std::chrono::milliseconds timeout)
{
    AMANA_TRY(const QByteArray body, transport.exchange(encodeRequests(requests), timeout));
    auto answers = decodeReplies(body, requests.size());
    if (!answers)
        return fail(ErrorCode::ChainBadReply, {{"url", url},
                                               {"method", requests.front().method},
                                               {"what", answers.error().param("what")}});
    return answers;
}

} // namespace

Nodes::Nodes(std::vector<std::string> urls, const net::Access &access, const net::ReadSecret &secrets,
             std::optional<ChainIdentity> expected)
    : m_expected(std::move(expected))
{
    for (std::string &url : urls) {
        auto transport = makeHttpTransport(url, access, secrets);
        m_nodes.push_back({std::move(url), std::move(transport), !m_expected.has_value()});
    }
}

Status Nodes::check(Node &node, std::chrono::milliseconds timeout) const
{
    const auto ask = [&](const char *method, const json &params) -> Result<json> {
        AMANA_TRY(auto answers, exchange(*node.transport, node.url, {{method, params}}, timeout));
        if (answers.front().error)
            return fail(meaningOf(*answers.front().error, method));
        return std::move(answers.front().result);
    };
    const auto wrong = [&](const std::string &expected, const std::string &found) {
        return fail(ErrorCode::ChainWrongChain, {{"network", m_expected->network},
                                                 {"url", node.url},
                                                 {"expected", expected},
                                                 {"found", found}});
    };
    AMANA_TRY(const json id, ask("eth_chainId", json::array()));
    AMANA_TRY(const std::uint64_t chainId, jsonNumber(id, ""));
    if (chainId != m_expected->chainId)
        return wrong(std::to_string(m_expected->chainId), std::to_string(chainId));
    AMANA_TRY(const json genesis, ask("eth_getBlockByNumber", {"0x0", false}));
    AMANA_TRY(const Digest hash, jsonDigest(genesis, "hash"));
    if (hash != m_expected->genesisHash)
        return wrong(hexText(m_expected->genesisHash), hexText(hash));
    return {};
}

Result<std::vector<RpcAnswer>> Nodes::askNode(std::size_t index, const std::vector<RpcRequest> &requests,
                                              std::chrono::milliseconds timeout)
{
    Node &node = m_nodes[index];
    const bool checked = [&] {
        const std::lock_guard guard(m_mutex);
        return node.checked;
    }();
    auto answers = [&]() -> Result<std::vector<RpcAnswer>> {
        if (!checked)
            AMANA_CHECK(check(node, timeout));
        return exchange(*node.transport, node.url, requests, timeout);
    }();
    const std::lock_guard guard(m_mutex);
    if (answers) {
        node.checked = true;
        m_current = index;
    } else if (m_expected && isFailure(answers.error().code)) {
        node.checked = false; // whatever listens there the next time
    }
    return answers;
}

Result<std::vector<RpcAnswer>> Nodes::ask(const std::vector<RpcRequest> &requests,
                                          std::chrono::milliseconds timeout)
{
    const std::size_t first = [&] {
        const std::lock_guard guard(m_mutex);
        return m_current;
    }();
    auto answers = askNode(first, requests, timeout);
    for (std::size_t i = 1; i < m_nodes.size() && !answers && isFailure(answers.error().code); ++i)
        // What a node said tells more than that another one is not there.
        if (auto other = askNode((first + i) % m_nodes.size(), requests, timeout);
            other || answers.error().code == ErrorCode::ChainUnreachable)
            answers = std::move(other);
    return answers;
}

} // namespace amana::chain
