// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/deployment.h"

#include "core/chain/artifacts.h"
#include "core/chain/contract_call.h"
#include "core/chain/fault.h"
#include "core/chain/identity_registry.h"
#include "core/chain/json_fields.h"
#include "core/crypto/keccak.h"

#include <array>

namespace amana::chain {

namespace {

using nlohmann::json;

constexpr std::uint64_t kGas = 8'000'000; // the largest deployment takes under six million; small blocks have room for this
constexpr std::uint64_t kUpgradeDelay = 48 * 3600;

/// The transactions of a deployment, one nonce each (contracts/README.md, "Deployment").
enum Step : std::uint64_t {
    Timelock,
    IdentityCode,
    Identity,
    Credit,
    DatasetsCode,
    Datasets,
    AccessCode,
    Access,
    MarketCode,
    MarketProxy,
    Institution,
    Governor,
    Steps
};

struct Plan {
    Address account{};
    std::uint64_t firstNonce = 0;

    /// Where a contract will be is known before it is: the contracts name each other.
    [[nodiscard]] Address at(Step step) const { return createdAddress(account, firstNonce + step); }
    [[nodiscard]] ContractAddresses contracts() const
    {
        return {at(Identity), at(Datasets), at(Access), at(MarketProxy), at(Credit), at(Timelock)};
    }
};

Result<QByteArray> creation(std::string_view name, std::string_view types, const AbiList &arguments)
{
    AMANA_TRY(const AbiType type, AbiType::parse(types));
    AMANA_TRY(const QByteArray encoded, abiEncode(type, arguments));
    return artifact(name).bytecode + encoded;
}

/// A proxy that runs its initializer in the transaction that makes it: nobody can come between.
Result<QByteArray> proxy(const Address &implementation, const QByteArray &initializer)
{
    return creation("ERC1967Proxy", "(address,bytes)", {implementation, initializer});
}

Result<QByteArray> code(const Plan &plan, Step step)
{
    const Address &governor = plan.account;
    switch (step) {
    case Timelock: {
        const AbiValue only = AbiList{governor};
        return creation("TimelockController", "(uint256,address[],address[],address)",
                        {kUpgradeDelay, only, only, Address{}});
    }
    case IdentityCode:
        return creation("IdentityRegistry", "()", {});
    case Identity: {
        AMANA_TRY(const QByteArray start, abiCall(binding::identity::kInitialize.signature,
                                                  {governor, governor, plan.at(Timelock)}));
        return proxy(plan.at(IdentityCode), start);
    }
    case Credit:
        return creation("ConsortiumCredit", "(address)", {governor});
    case DatasetsCode:
        return creation("DatasetRegistry", "(address)", {plan.at(Identity)});
    case AccessCode:
        return creation("AccessGrants", "(address,address,address)",
                        {plan.at(Identity), plan.at(Datasets), plan.at(MarketProxy)});
    case MarketCode:
        return creation("Market", "(address,address,address,address)",
                        {plan.at(Identity), plan.at(Datasets), plan.at(Access), plan.at(Credit)});
    case Datasets:
    case Access:
    case MarketProxy: {
        AMANA_TRY(const QByteArray start, abiCall(binding::datasets::kInitialize.signature, {}));
        return proxy(plan.at(Step(step - 1)), start);
    }
    case Institution:
        return abiCall(binding::identity::kSetInstitution.signature, {std::uint64_t(1), governor, true});
    default: // so that the lists of members have it
        return abiCall(binding::identity::kSetMember.signature,
                       {governor, std::uint64_t(1), std::uint64_t(roles::kAdministrator), std::uint64_t(0), kForever});
    }
}

Result<std::uint64_t> minedNonce(const JsonRpc &rpc, const Address &account)
{
    AMANA_TRY(const json reply, rpc.call("eth_getTransactionCount", {hexText(account), "latest"}));
    return jsonNumber(reply, "");
}

/// How many of the steps are done, when this account began them with nonce 0; none otherwise.
Result<std::uint64_t> stepsDone(const JsonRpc &rpc, const Plan &fromStart, std::uint64_t nonce)
{
    if (nonce > Steps)
        return std::uint64_t(0);
    for (std::uint64_t step = 0; step < std::min<std::uint64_t>(nonce, Institution); ++step) {
        AMANA_TRY(const QByteArray there, codeAt(rpc, fromStart.at(Step(step))));
        if (there.isEmpty())
            return std::uint64_t(0);
    }
    return nonce;
}

Result<Transaction> transactionOf(const Plan &plan, Step step, std::uint64_t chainId)
{
    Transaction transaction;
    transaction.chainId = chainId;
    transaction.nonce = plan.firstNonce + step;
    transaction.gasLimit = kGas;
    if (step >= Institution)
        transaction.to = plan.at(Identity);
    AMANA_TRY(transaction.data, code(plan, step));
    return transaction;
}

} // namespace

Result<Deployment> deployContracts(const JsonRpc &rpc, std::uint64_t chainId, const crypto::SigningKey &key,
                                   const SendRaw &send)
{
    AMANA_TRY(const std::uint64_t nonce, minedNonce(rpc, key.address()));
    Plan plan{key.address(), 0};
    AMANA_TRY(const std::uint64_t done, stepsDone(rpc, plan, nonce));
    if (done == 0)
        plan.firstNonce = nonce;
    Deployment result{plan.contracts(), 0};
    for (std::uint64_t step = done; step < Steps; ++step) {
        AMANA_TRY(const Transaction transaction, transactionOf(plan, Step(step), chainId));
        AMANA_TRY(const Receipt receipt, send(signTransaction(transaction, key)));
        if (!receipt.succeeded)
            return fail(ErrorCode::ChainReverted, {{"label", "deploy"}, {"step", std::to_string(step)}});
        if (step == 0)
            result.firstBlock = receipt.block;
        faultPoint("deploy.step");
    }
    return result; // a deployment that was resumed is read from block 0: only a little slower
}

} // namespace amana::chain
