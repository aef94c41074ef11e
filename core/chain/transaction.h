// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"
#include "core/crypto/secp256k1.h"

#include <optional>

namespace amana::chain {

/// An EIP-1559 transaction (type 2) with an empty access list.
struct Transaction {
    std::uint64_t chainId = 0;
    std::uint64_t nonce = 0;
    Uint256 maxPriorityFeePerGas;
    Uint256 maxFeePerGas;
    std::uint64_t gasLimit = 0;
    std::optional<Address> to; ///< none: creates a contract
    Uint256 value;
    QByteArray data;
};

struct SignedTransaction {
    QByteArray raw; ///< what eth_sendRawTransaction takes
    Digest hash{};
};

/// keccak256(0x02 ‖ rlp(fields)), what is signed (EIP-1559).
[[nodiscard]] Digest signingDigest(const Transaction &transaction);
[[nodiscard]] SignedTransaction signTransaction(const Transaction &transaction,
                                                const crypto::SigningKey &key);
/// Where the contract that `sender` creates with `nonce` will be: keccak256(rlp([sender, nonce]))[12..].
[[nodiscard]] Address createdAddress(const Address &sender, std::uint64_t nonce);

} // namespace amana::chain
