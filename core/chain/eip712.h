// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"
#include "core/crypto/secp256k1.h"

#include <QByteArray>

#include <string_view>

/// Typed structured data as wallets show and sign it (EIP-712). Each message of Amana has typed code of its own
/// on top of this; nothing here reads a description of types from outside.
namespace amana::chain {

/// hashStruct(s) = keccak256(typeHash ‖ encodeData(s)): one call a member, in the order of the type. The names in
/// `encodedType` are part of the hash, the calls are not checked against them; vectors are.
class StructHash {
public:
    /// encodeType: "Mail(Person from,Person to,string contents)Person(string name,address wallet)".
    explicit StructHash(std::string_view encodedType);

    StructHash &number(const Uint256 &value);      ///< uintN
    StructHash &flag(bool value);                  ///< bool
    StructHash &address(const Address &value);     ///< address
    StructHash &word(const Digest &value);         ///< bytes32, or the hash() of a member that is a struct
    StructHash &text(std::string_view value);      ///< string
    StructHash &bytes(ByteView value);             ///< bytes
    [[nodiscard]] Digest hash() const;

private:
    QByteArray m_words;
};

/// The domain of every message of Amana: name "Amana", version "1", the chain and the contract that will check it.
[[nodiscard]] Digest domainSeparator(std::uint64_t chainId, const Address &contract);

/// What is signed for a message: keccak256(0x1901 ‖ domainSeparator ‖ hashStruct(message)).
[[nodiscard]] Digest typedDataDigest(const Digest &domain, const Digest &structHash);

/// The signature over a message to `contract` as ISignatures.Signed carries it: 65 bytes r ‖ s ‖ v, v 27 or 28.
[[nodiscard]] QByteArray signTypedData(const Digest &structHash, std::uint64_t chainId, const Address &contract,
                                       const crypto::SigningKey &key);

/// Who signed it: SignatureInvalid for anything but 65 bytes with v 27 or 28 and a low s.
[[nodiscard]] Result<Address> typedDataSigner(const Digest &structHash, std::uint64_t chainId, const Address &contract,
                                              ByteView signature);

/// What is signed for plain text: keccak256("\x19Ethereum Signed Message:\n" ‖ length in bytes ‖ text), EIP-191
/// version 0x45. It can never be a transaction or a typed message.
[[nodiscard]] Digest plainTextDigest(std::string_view text);

} // namespace amana::chain
