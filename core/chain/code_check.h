// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/rpc.h"

#include <span>
#include <string>
#include <vector>

/// Whether the code on the chain is the code that was shipped.
namespace amana::chain {

/// Bytes of deployed code that the constructor fills in (solc: evm.deployedBytecode.immutableReferences).
struct ImmutableRange {
    std::size_t start = 0;
    std::size_t length = 0;
};

struct KnownCode {
    std::string name; ///< of the contract
    Digest maskedHash{};
    std::vector<ImmutableRange> immutables;
};

/// Whether keccak256 of `code`, its immutables set to zero, is `maskedHash`. False when a range lies outside
/// of the code. Without ranges: the plain hash.
[[nodiscard]] bool codeMatches(ByteView code, const Digest &maskedHash,
                               std::span<const ImmutableRange> immutables);

/// The code at an address on the newest block. Fails as JsonRpc::call.
[[nodiscard]] Result<QByteArray> codeAt(const JsonRpc &rpc, const Address &address);

/// The implementation that a proxy delegates to: its ERC-1967 slot, keccak256("eip1967.proxy.implementation")
/// - 1. ChainWrongCode when the slot holds no address.
[[nodiscard]] Result<Address> implementationOf(const JsonRpc &rpc, const Address &proxy);

/// The implementation behind `proxy` has the code of one of `known`; its name is returned.
/// ChainWrongCode{contract,address} otherwise, `contract` being that of the first known one.
[[nodiscard]] Result<std::string> checkImplementation(const JsonRpc &rpc, const Address &proxy,
                                                      std::span<const KnownCode> known);

} // namespace amana::chain
