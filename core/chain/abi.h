// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The contract ABI (Solidity 0.8, "Contract ABI Specification"): uintN, address, bool, bytesN, bytes,
/// string, T[], T[k] and tuples. intN and fixed point are not used by Amana's contracts and are refused.
namespace amana::chain {

struct AbiType {
    enum class Kind { Uint, Address, Bool, FixedBytes, Bytes, String, Array, Tuple };

    Kind kind = Kind::Uint;
    unsigned size = 0; ///< bits of Uint, bytes of FixedBytes, length of a fixed Array (0: any length)
    std::vector<AbiType> parts; ///< element of an Array, members of a Tuple

    /// "uint64", "bytes32", "(uint8,address[])", "uint8[3]": ChainAbiMalformed.
    [[nodiscard]] static Result<AbiType> parse(std::string_view text);
    [[nodiscard]] bool isDynamic() const;
};

struct AbiValue;
using AbiList = std::vector<AbiValue>;

/// Uint → Uint256, FixedBytes and Bytes → QByteArray, Array and Tuple → AbiList.
struct AbiValue : std::variant<Uint256, Address, bool, QByteArray, std::string, AbiList> {
    using variant::variant;
    AbiValue(std::uint64_t number) : variant(Uint256(number)) {}     // NOLINT: a number is a number
    AbiValue(const Digest &digest) : variant(toByteArray(digest)) {} // NOLINT: bytes32
};

/// Limits against hostile replies: depth 8, 1 MiB of data, 65,536 elements in all.
/// ChainAbiMalformed: a value does not fit its type / the bytes are no clean encoding (bounds, dirty
/// padding).
[[nodiscard]] Result<QByteArray> abiEncode(const AbiType &type, const AbiValue &value);
[[nodiscard]] Result<AbiValue> abiDecode(const AbiType &type, ByteView data);

/// First four bytes of keccak256("name(types)").
[[nodiscard]] QByteArray abiSelector(std::string_view signature);
/// keccak256("Name(types)"): topic 0 of an event.
[[nodiscard]] Digest abiTopic(std::string_view signature);
/// Selector and encoded arguments of "name(types)" for a call.
[[nodiscard]] Result<QByteArray> abiCall(std::string_view signature, const AbiList &arguments);

} // namespace amana::chain
