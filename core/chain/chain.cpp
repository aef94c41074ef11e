// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/artifacts.h"
#include "core/chain/journal.h"
#include "core/chain/json_fields.h"
#include "core/chain/network.h"
#include "core/crypto/keccak.h"
#include "core/crypto/secp256k1.h"

#include <QThread>

#include <algorithm>

namespace amana::chain {

namespace {

using nlohmann::json;

Result<Log> readLog(const json &value)
{
    Log log;
    AMANA_TRY(log.address, jsonAddress(value, "address"));
    AMANA_TRY(log.data, jsonBytes(value, "data"));
    AMANA_TRY(log.block, jsonNumber(value, "blockNumber"));
    AMANA_TRY(log.blockHash, jsonDigest(value, "blockHash"));
    AMANA_TRY(log.txHash, jsonDigest(value, "transactionHash"));
    AMANA_TRY(const std::uint64_t index, jsonNumber(value, "logIndex"));
    log.index = static_cast<std::uint32_t>(index);
    const auto topics = value.find("topics");
    if (topics == value.end() || !topics->is_array() || topics->size() > 4)
        return fail(ErrorCode::ChainBadReply, {{"what", "topics"}});
    for (const json &topic : *topics) {
        AMANA_TRY(const Digest digest, jsonDigest(topic, ""));
        log.topics.push_back(digest);
    }
    return log;
}

Result<std::vector<Log>> readLogs(const json &value)
{
    if (!value.is_array())
        return fail(ErrorCode::ChainBadReply, {{"what", "logs"}});
    std::vector<Log> logs;
    logs.reserve(value.size());
    for (const json &item : value) {
        AMANA_TRY(Log log, readLog(item));
        logs.push_back(std::move(log));
    }
    return logs;
}

json callObject(const Call &call, const Address &from)
{
    return {{"from", hexText(from)}, {"to", hexText(call.to)}, {"data", hexText(bytesOf(call.data))}};
}

Status checkCode(const JsonRpc &rpc, const Artifact &artifact, const Address &address)
{
    AMANA_TRY(const json reply, rpc.call("eth_getCode", {hexText(address), "latest"}));
    AMANA_TRY(const QByteArray code, jsonBytes(reply, ""));
    if (crypto::keccak256(bytesOf(code)) != artifact.codeHash)
        return fail(ErrorCode::ChainWrongCode,
                    {{"contract", artifact.name}, {"address", crypto::checksumAddress(address)}});
    return {};
}

} // namespace

Result<Block> fetchBlock(const JsonRpc &rpc, const std::string &tag)
{
    AMANA_TRY(const json reply, rpc.call("eth_getBlockByNumber", {tag, false}));
    Block block;
    AMANA_TRY(block.number, jsonNumber(reply, "number"));
    AMANA_TRY(block.hash, jsonDigest(reply, "hash"));
    AMANA_TRY(block.time, jsonNumber(reply, "timestamp"));
    return block;
}

Result<std::optional<Receipt>> fetchReceipt(const JsonRpc &rpc, const Digest &hash)
{
    AMANA_TRY(const json reply, rpc.call("eth_getTransactionReceipt", {hexText(hash)}));
    if (reply.is_null())
        return std::optional<Receipt>();
    Receipt receipt;
    AMANA_TRY(receipt.txHash, jsonDigest(reply, "transactionHash"));
    AMANA_TRY(receipt.block, jsonNumber(reply, "blockNumber"));
    AMANA_TRY(receipt.blockHash, jsonDigest(reply, "blockHash"));
    AMANA_TRY(receipt.gasUsed, jsonNumber(reply, "gasUsed"));
    AMANA_TRY(const std::uint64_t status, jsonNumber(reply, "status"));
    receipt.succeeded = status == 1;
    if (!reply.contains("logs"))
        return fail(ErrorCode::ChainBadReply, {{"what", "logs"}});
    AMANA_TRY(receipt.logs, readLogs(reply["logs"]));
    AMANA_TRY(const Block block, fetchBlock(rpc, quantity(receipt.block)));
    receipt.time = block.time;
    return std::optional(std::move(receipt));
}

Result<std::optional<Receipt>> awaitReceipt(const JsonRpc &rpc, const Digest &hash,
                                            std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    for (unsigned long pause = 1;; pause = std::min(pause * 2, 500ul)) {
        AMANA_TRY(auto receipt, fetchReceipt(rpc, hash));
        if (receipt || std::chrono::steady_clock::now() >= end)
            return receipt;
        QThread::msleep(pause);
    }
}

Result<std::unique_ptr<Chain>> Chain::connect(const NetworkProfile &profile)
{
    std::unique_ptr<Chain> chain(new Chain(profile));
    AMANA_TRY(const json id, chain->m_rpc.call("eth_chainId", json::array()));
    AMANA_TRY(const std::uint64_t chainId, jsonNumber(id, ""));
    if (chainId != profile.chainId)
        return fail(ErrorCode::ChainWrongChain, {{"network", profile.name},
                                                 {"expected", std::to_string(profile.chainId)},
                                                 {"found", std::to_string(chainId)}});
    AMANA_TRY(const Block genesis, chain->block(0));
    if (genesis.hash != profile.genesisHash)
        return fail(ErrorCode::ChainWrongChain, {{"network", profile.name},
                                                 {"expected", hexText(profile.genesisHash)},
                                                 {"found", hexText(genesis.hash)}});
    const Address addresses[] = {profile.contracts.identity, profile.contracts.datasets,
                                 profile.contracts.access};
    for (std::size_t i = 0; i < artifacts().size(); ++i)
        AMANA_CHECK(checkCode(chain->m_rpc, artifacts()[i], addresses[i]));
    return chain;
}

Result<Block> Chain::head() const
{
    return fetchBlock(m_rpc, "latest");
}

Result<Block> Chain::block(std::uint64_t number) const
{
    return fetchBlock(m_rpc, quantity(number));
}

Result<std::uint64_t> Chain::nextNonce(const Address &account) const
{
    AMANA_TRY(const json reply, m_rpc.call("eth_getTransactionCount", {hexText(account), "pending"}));
    return jsonNumber(reply, "");
}

Result<QByteArray> Chain::view(const Call &call, const Address &from, std::optional<std::uint64_t> at) const
{
    AMANA_TRY(const json reply,
              m_rpc.call("eth_call", {callObject(call, from), at ? quantity(*at) : "latest"}));
    return jsonBytes(reply, "");
}

Result<std::uint64_t> Chain::estimateGas(const Call &call, const Address &from) const
{
    AMANA_TRY(const json reply, m_rpc.call("eth_estimateGas", json::array({callObject(call, from)})));
    return jsonNumber(reply, "");
}

Result<Fees> Chain::suggestFees() const
{
    AMANA_TRY(const json priceReply, m_rpc.call("eth_gasPrice", json::array()));
    AMANA_TRY(const std::uint64_t price, jsonNumber(priceReply, ""));
    if (price == 0)
        return Fees{}; // a chain without fees: an account with nothing can act
    AMANA_TRY(const json history, m_rpc.call("eth_feeHistory", {"0x1", "latest", json::array()}));
    if (!history.contains("baseFeePerGas") || !history["baseFeePerGas"].is_array()
        || history["baseFeePerGas"].empty())
        return fail(ErrorCode::ChainBadReply, {{"what", "baseFeePerGas"}});
    AMANA_TRY(const std::uint64_t base, jsonNumber(history["baseFeePerGas"].back(), ""));
    AMANA_TRY(const json tipReply, m_rpc.call("eth_maxPriorityFeePerGas", json::array()));
    AMANA_TRY(const std::uint64_t tip, jsonNumber(tipReply, ""));
    constexpr std::uint64_t kAbsurd = std::uint64_t(1) << 60; // about one coin for a single unit of gas
    if (base > kAbsurd || tip > kAbsurd)
        return fail(ErrorCode::ChainBadReply, {{"what", "fee"}});
    return Fees{tip, 2 * base + tip}; // room for the base fee to double before the transaction is mined
}

Status Chain::sendRaw(const QByteArray &raw, const Digest &hash) const
{
    if (!m_profile.journal.isEmpty())
        return sendJournalled(*this, m_profile.journal, raw, hash);
    bool refused = false;
    return sendPlain(m_rpc, raw, refused);
}

Result<std::optional<Receipt>> Chain::receipt(const Digest &txHash) const
{
    return fetchReceipt(m_rpc, txHash);
}

Result<std::vector<Log>> Chain::logs(std::uint64_t from, std::uint64_t to) const
{
    const ContractAddresses &at = m_profile.contracts;
    const json filter{{"fromBlock", quantity(from)},
                      {"toBlock", quantity(to)},
                      {"address", {hexText(at.identity), hexText(at.datasets), hexText(at.access)}}};
    AMANA_TRY(const json reply, m_rpc.call("eth_getLogs", json::array({filter})));
    AMANA_TRY(auto logs, readLogs(reply));
    std::stable_sort(logs.begin(), logs.end(), [](const Log &a, const Log &b) {
        return std::pair(a.block, a.index) < std::pair(b.block, b.index);
    });
    return logs;
}

} // namespace amana::chain
