// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"
#include "core/crypto/secp256k1.h"

#include <optional>
#include <vector>

namespace amana::chain {

/// The numbers are those of EIP-2718. Legacy ones are protected against replay on other chains (EIP-155).
enum class TransactionType : std::uint8_t { Legacy = 0, AccessList = 1, DynamicFee = 2 };

/// Storage that a transaction announces (EIP-2930).
struct AccessListEntry {
    Address address{};
    std::vector<Digest> slots;

    bool operator==(const AccessListEntry &) const = default;
};

struct Transaction {
    TransactionType type = TransactionType::DynamicFee;
    std::uint64_t chainId = 0;
    std::uint64_t nonce = 0;
    Uint256 maxPriorityFeePerGas{}; ///< smallest unit of the currency per unit of gas; DynamicFee only
    Uint256 maxFeePerGas{};         ///< of the other types: the gas price
    std::uint64_t gasLimit = 0;
    std::optional<Address> to{}; ///< none: creates a contract
    Uint256 value{};
    QByteArray data{};
    std::vector<AccessListEntry> accessList{}; ///< not of Legacy

    bool operator==(const Transaction &) const = default;
};

struct SignedTransaction {
    QByteArray raw; ///< what eth_sendRawTransaction takes
    Digest hash{};
};

struct DecodedTransaction {
    Transaction transaction;
    crypto::Signature signature;
    Address sender{};
    Digest hash{};
};

/// What is signed: keccak256 of the type's byte and the fields (EIP-1559, EIP-2930), or of the fields and
/// chainId, 0, 0 (EIP-155).
[[nodiscard]] Digest signingDigest(const Transaction &transaction);
/// Legacy: chainId below 2^62.
[[nodiscard]] SignedTransaction signTransaction(const Transaction &transaction,
                                                const crypto::SigningKey &key);
/// Reads what signTransaction makes, strictly, and finds the sender. ChainBadReply{what: "rlp" or
/// "transaction"}; SignatureInvalid. A legacy one without EIP-155 is refused: it is valid on every chain.
[[nodiscard]] Result<DecodedTransaction> decodeTransaction(ByteView raw);
/// Where the contract that `sender` creates with `nonce` will be: keccak256(rlp([sender, nonce]))[12..].
[[nodiscard]] Address createdAddress(const Address &sender, std::uint64_t nonce);

} // namespace amana::chain
