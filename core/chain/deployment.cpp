// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/deployment.h"

#include "core/chain/abi.h"
#include "core/chain/artifacts.h"
#include "core/chain/fault.h"
#include "core/chain/json_fields.h"
#include "core/crypto/keccak.h"

#include <algorithm>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::size_t kContracts = 3;
constexpr std::size_t kSteps = kContracts + 1; // and the institution
constexpr std::uint64_t kGas = 8'000'000;      // the largest deployment takes under two million

struct Plan {
    Address account{};
    std::uint64_t firstNonce = 0;

    [[nodiscard]] Address contract(std::size_t index) const
    {
        return createdAddress(account, firstNonce + index);
    }
};

Result<std::uint64_t> minedNonce(const JsonRpc &rpc, const Address &account)
{
    AMANA_TRY(const json reply, rpc.call("eth_getTransactionCount", {hexText(account), "latest"}));
    return jsonNumber(reply, "");
}

Result<bool> hasCode(const JsonRpc &rpc, const Address &address, const Digest &hash)
{
    AMANA_TRY(const json reply, rpc.call("eth_getCode", {hexText(address), "latest"}));
    AMANA_TRY(const QByteArray code, jsonBytes(reply, ""));
    return crypto::keccak256(bytesOf(code)) == hash;
}

/// How many of the steps are done, when this account began them with nonce 0; none otherwise.
Result<std::size_t> stepsDone(const JsonRpc &rpc, const Plan &fromStart, std::uint64_t nonce)
{
    if (nonce > kSteps)
        return std::size_t(0);
    for (std::size_t i = 0; i < std::min<std::size_t>(nonce, kContracts); ++i) {
        AMANA_TRY(const bool there, hasCode(rpc, fromStart.contract(i), artifacts()[i].codeHash));
        if (!there)
            return std::size_t(0);
    }
    return static_cast<std::size_t>(nonce);
}

/// Code and constructor arguments of contract `index`.
Result<QByteArray> creationCode(const Plan &plan, std::size_t index)
{
    AbiList arguments;
    std::string types;
    switch (index) {
    case 0:
        types = "(address)";
        arguments = {plan.account};
        break;
    case 1:
        types = "(address)";
        arguments = {plan.contract(0)};
        break;
    default:
        types = "(address,address)";
        arguments = {plan.contract(0), plan.contract(1)};
    }
    AMANA_TRY(const AbiType type, AbiType::parse(types));
    AMANA_TRY(const QByteArray encoded, abiEncode(type, arguments));
    return artifacts()[index].bytecode + encoded;
}

Result<Transaction> step(const Plan &plan, std::size_t index, std::uint64_t chainId)
{
    Transaction transaction;
    transaction.chainId = chainId;
    transaction.nonce = plan.firstNonce + index;
    transaction.gasLimit = kGas;
    if (index < kContracts) {
        AMANA_TRY(transaction.data, creationCode(plan, index));
        return transaction;
    }
    transaction.to = plan.contract(0);
    AMANA_TRY(transaction.data,
              abiCall("setInstitution(uint32,address,bool)", {std::uint64_t(1), plan.account, true}));
    return transaction;
}

} // namespace

Result<Deployment> deployContracts(const JsonRpc &rpc, std::uint64_t chainId, const crypto::SigningKey &key,
                                   const SendRaw &send)
{
    AMANA_TRY(const std::uint64_t nonce, minedNonce(rpc, key.address()));
    Plan plan{key.address(), 0};
    AMANA_TRY(const std::size_t done, stepsDone(rpc, plan, nonce));
    if (done == 0)
        plan.firstNonce = nonce;
    Deployment result{{plan.contract(0), plan.contract(1), plan.contract(2)}, 0};
    for (std::size_t i = done; i < kSteps; ++i) {
        AMANA_TRY(const Transaction transaction, step(plan, i, chainId));
        AMANA_TRY(const Receipt receipt, send(signTransaction(transaction, key)));
        if (!receipt.succeeded)
            return fail(ErrorCode::ChainReverted, {{"label", "deploy"}, {"step", std::to_string(i)}});
        if (i == 0)
            result.firstBlock = receipt.block;
        faultPoint("deploy.step");
    }
    return result; // a deployment that was resumed is read from block 0: only a little slower
}

} // namespace amana::chain
