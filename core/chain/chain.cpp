// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/artifacts.h"
#include "core/chain/code_check.h"
#include "core/chain/head_watch.h"
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

json callObject(const Call &call, const Address &from)
{
    json object{{"from", hexText(from)}, {"to", hexText(call.to)}, {"data", hexText(bytesOf(call.data))}};
    if (call.value != Uint256())
        object["value"] = call.value.toQuantity();
    return object;
}

Error wrongCode(const Artifact &artifact, const Address &address)
{
    return Error(ErrorCode::ChainWrongCode,
                 {{"contract", artifact.name}, {"address", crypto::checksumAddress(address)}});
}

Status checkCode(const JsonRpc &rpc, const Artifact &artifact, const Address &address)
{
    AMANA_TRY(const QByteArray code, codeAt(rpc, address));
    if (!codeMatches(bytesOf(code), artifact.code.maskedHash, artifact.code.immutables))
        return fail(wrongCode(artifact, address));
    return {};
}

/// What is at the address is the shipped code, or the shipped proxy before it.
Status checkSlot(const JsonRpc &rpc, const ContractSlot &slot, const Address &address)
{
    const Artifact &contract = artifact(slot.artifact);
    if (!slot.proxied)
        return checkCode(rpc, contract, address);
    if (const Status proxy = checkCode(rpc, artifact("ERC1967Proxy"), address); !proxy) {
        if (proxy.error().code != ErrorCode::ChainWrongCode)
            return proxy;
        return fail(wrongCode(contract, address)); // the reader knows the contract, not its proxy
    }
    const std::array known{contract.code};
    return checkImplementation(rpc, address, known).transform([](const std::string &) {});
}

std::vector<std::string> urlsOf(const NetworkProfile &profile)
{
    std::vector<std::string> urls{profile.rpcUrl};
    urls.insert(urls.end(), profile.moreUrls.begin(), profile.moreUrls.end());
    return urls;
}

} // namespace

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

constexpr int kHeadTries = 20;
constexpr unsigned long kHeadPause = 50; // ms

Result<Block> readBlock(const json &reply)
{
    Block block;
    AMANA_TRY(block.number, jsonNumber(reply, "number"));
    AMANA_TRY(block.hash, jsonDigest(reply, "hash"));
    AMANA_TRY(block.time, jsonNumber(reply, "timestamp"));
    return block;
}

Result<Block> fetchBlock(const JsonRpc &rpc, const std::string &tag)
{
    AMANA_TRY(const json reply, rpc.call("eth_getBlockByNumber", {tag, false}));
    return readBlock(reply);
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

Chain::Chain(NetworkProfile profile, const net::ReadSecret &secrets)
    : m_profile(std::move(profile)),
      m_rpc(urlsOf(m_profile), m_profile.access, secrets,
            {m_profile.name, m_profile.chainId, m_profile.genesisHash}),
      m_heads(m_profile.webSocketUrl.empty()
                  ? nullptr
                  : std::make_unique<HeadWatch>(m_profile.webSocketUrl, m_profile.access, secrets))
{
}

Chain::~Chain() = default;

Result<std::unique_ptr<Chain>> Chain::connect(const NetworkProfile &profile, const net::ReadSecret &secrets)
{
    std::unique_ptr<Chain> chain(new Chain(profile, secrets));
    for (const ContractSlot &slot : kContractSlots)
        AMANA_CHECK(checkSlot(chain->m_rpc, slot, profile.contracts.*slot.address));
    return chain;
}

Result<Block> Chain::head() const
{
    // A node that goes over to another branch has none for a moment (seen with anvil).
    for (int tries = kHeadTries;; --tries) {
        AMANA_TRY(const json reply, m_rpc.call("eth_getBlockByNumber", {"latest", false}));
        if (!reply.is_null() || tries == 0)
            return readBlock(reply);
        QThread::msleep(kHeadPause);
    }
}

Result<Block> Chain::block(std::uint64_t number) const
{
    return fetchBlock(m_rpc, quantity(number));
}

Result<std::optional<Block>> Chain::findBlock(std::uint64_t number) const
{
    AMANA_TRY(const json reply, m_rpc.call("eth_getBlockByNumber", {quantity(number), false}));
    if (reply.is_null())
        return std::optional<Block>();
    AMANA_TRY(const Block block, readBlock(reply));
    return std::optional(block);
}

Result<std::uint64_t> Chain::finalBlock(const Block &head) const
{
    const std::uint64_t byDepth =
        head.number > m_profile.finalityDepth ? head.number - m_profile.finalityDepth : 0;
    if (!m_profile.finalizedTag)
        return byDepth;
    std::optional<RpcError> error;
    AMANA_TRY(const json reply, m_rpc.exchange("eth_getBlockByNumber", {"finalized", false}, error));
    if (error || reply.is_null()) // no such tag here, or nothing finalised yet
        return byDepth;
    AMANA_TRY(const Block block, readBlock(reply));
    return block.number;
}

void Chain::awaitBlock(std::chrono::milliseconds patience) const
{
    if (m_heads)
        (void)m_heads->wait(patience);
    else
        QThread::msleep(static_cast<unsigned long>(patience.count()));
}

Result<std::uint64_t> Chain::nextNonce(const Address &account) const
{
    AMANA_TRY(const json reply, m_rpc.call("eth_getTransactionCount", {hexText(account), "pending"}));
    return jsonNumber(reply, "");
}

Result<std::uint64_t> Chain::minedNonce(const Address &account, std::optional<std::uint64_t> at) const
{
    AMANA_TRY(const json reply,
              m_rpc.call("eth_getTransactionCount", {hexText(account), at ? quantity(*at) : "latest"}));
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

Result<Uint256> Chain::balance(const Address &account) const
{
    AMANA_TRY(const json reply, m_rpc.call("eth_getBalance", {hexText(account), "latest"}));
    AMANA_TRY(const std::string text, jsonText(reply, ""));
    return Uint256::fromQuantity(text);
}

Result<Fees> Chain::suggestFees() const
{
    constexpr std::uint64_t kAbsurd = std::uint64_t(1) << 60; // about one coin for a single unit of gas
    AMANA_TRY(const json priceReply, m_rpc.call("eth_gasPrice", json::array()));
    AMANA_TRY(const std::uint64_t price, jsonNumber(priceReply, ""));
    AMANA_TRY(const json head, m_rpc.call("eth_getBlockByNumber", {"latest", false}));
    const bool legacy = !head.is_object() || !head.contains("baseFeePerGas");
    if (price > kAbsurd)
        return fail(ErrorCode::ChainBadReply, {{"what", "fee"}});
    if (price == 0 || legacy) // 0: a chain without fees, where an account with nothing can act
        return Fees{price, price, legacy};
    AMANA_TRY(const std::uint64_t base, jsonNumber(head, "baseFeePerGas"));
    std::optional<RpcError> unknownMethod;
    AMANA_TRY(const json tipReply, m_rpc.exchange("eth_maxPriorityFeePerGas", json::array(), unknownMethod));
    std::uint64_t tip = price > base ? price - base : 0;
    if (!unknownMethod) {
        AMANA_TRY(tip, jsonNumber(tipReply, ""));
    }
    if (base > kAbsurd || tip > kAbsurd)
        return fail(ErrorCode::ChainBadReply, {{"what", "fee"}});
    return Fees{tip, 2 * base + tip}; // room for the base fee to double before the transaction is mined
}

Result<Handed> Chain::handIn(const QByteArray &raw, const Digest &hash) const
{
    return m_profile.journal.isEmpty() ? handPlain(m_rpc, raw)
                                       : handJournalled(*this, m_profile.journal, raw, hash);
}

Status Chain::sendRaw(const QByteArray &raw, const Digest &hash) const
{
    AMANA_TRY(const Handed handed, handIn(raw, hash));
    if (handed.refusal)
        return fail(*handed.refusal);
    return {};
}

Result<std::optional<Receipt>> Chain::receipt(const Digest &txHash) const
{
    return fetchReceipt(m_rpc, txHash);
}

Result<std::vector<Log>> Chain::logs(std::uint64_t from, std::uint64_t to) const
{
    json addresses = json::array(); // what the credit and the timelock say is of no use to the index
    for (const ContractSlot &slot : kContractSlots)
        if (slot.proxied)
            addresses.push_back(hexText(m_profile.contracts.*slot.address));
    const json filter{{"fromBlock", quantity(from)}, {"toBlock", quantity(to)}, {"address", addresses}};
    AMANA_TRY(const json reply, m_rpc.call("eth_getLogs", json::array({filter})));
    AMANA_TRY(auto logs, readLogs(reply));
    std::stable_sort(logs.begin(), logs.end(), [](const Log &a, const Log &b) {
        return std::pair(a.block, a.index) < std::pair(b.block, b.index);
    });
    return logs;
}

} // namespace amana::chain
