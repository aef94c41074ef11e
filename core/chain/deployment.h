// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/network.h"
#include "core/chain/transaction.h"
#include "core/crypto/secp256k1.h"

#include <functional>

/// Putting the contracts on a chain without fees. Internal to core/chain.
namespace amana::chain {

using SendRaw = std::function<Result<Receipt>(const SignedTransaction &)>;

struct Deployment {
    ContractAddresses contracts;
    std::uint64_t firstBlock = 0;
};

/// Deploys the contracts behind their proxies and makes `key`'s account governor, guardian and
/// administrator of institution 1: twelve transactions of one account, nonces in a row. Begun before and cut
/// short, it goes on where it stopped. Errors of `send` and of the node; ChainReverted when a deployment
/// fails.
[[nodiscard]] Result<Deployment> deployContracts(const JsonRpc &rpc, std::uint64_t chainId,
                                                 const crypto::SigningKey &key, const SendRaw &send);

} // namespace amana::chain
