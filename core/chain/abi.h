// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The contract ABI (Solidity 0.8, "Contract ABI Specification"): uintN, intN, address, bool, bytesN, bytes,
/// string, T[], T[k] and tuples. Fixed point and function types are in no contract of Amana and are refused.
namespace amana::chain {

struct AbiType {
    enum class Kind { Uint, Int, Address, Bool, FixedBytes, Bytes, String, Array, Tuple };

    Kind kind = Kind::Uint;
    unsigned size = 0; ///< bits of Uint and Int, bytes of FixedBytes, length of a fixed Array (0: any length)
    std::vector<AbiType> parts; ///< element of an Array, members of a Tuple

    /// "uint64", "bytes32", "(uint8,address[])", "uint8[3]": ChainAbiMalformed; so is nesting deeper than 8, a
    /// static value of more than 1 MiB, and an array whose elements take no room.
    [[nodiscard]] static Result<AbiType> parse(std::string_view text);
    [[nodiscard]] bool isDynamic() const;
    /// Bytes that a value takes among the heads: its whole encoding when static, else 32 for its offset.
    [[nodiscard]] std::size_t headBytes() const;
};

struct AbiValue;
using AbiList = std::vector<AbiValue>;

/// Uint → Uint256, Int → Int256, FixedBytes and Bytes → QByteArray, Array and Tuple → AbiList.
struct AbiValue : std::variant<Uint256, Int256, Address, bool, QByteArray, std::string, AbiList> {
    using variant::variant;
    AbiValue(std::uint64_t number) : variant(Uint256(number)) {}     // NOLINT: a number is a number
    AbiValue(const Digest &digest) : variant(toByteArray(digest)) {} // NOLINT: bytes32
};

/// No encoding is longer than this: a transaction or an event of Amana has a few KiB.
inline constexpr std::size_t kMaxAbiBytes = std::size_t(1) << 20;

/// ChainAbiMalformed: a value does not fit its type, or the encoding would be longer than kMaxAbiBytes.
[[nodiscard]] Result<QByteArray> abiEncode(const AbiType &type, const AbiValue &value);
/// Reads the strict encoding of the specification and nothing else, which is what Solidity's abi.encode makes:
/// tails follow the heads in order, without gaps, overlaps or bytes left over, and padding is clean. So no offset can
/// point back or twice to one place, and a value takes no more memory than its data. ChainAbiMalformed.
[[nodiscard]] Result<AbiValue> abiDecode(const AbiType &type, ByteView data);

/// First four bytes of keccak256("name(types)").
[[nodiscard]] QByteArray abiSelector(std::string_view signature);
/// keccak256("Name(types)"): topic 0 of an event.
[[nodiscard]] Digest abiTopic(std::string_view signature);
/// Selector and encoded arguments of "name(types)" for a call.
[[nodiscard]] Result<QByteArray> abiCall(std::string_view signature, const AbiList &arguments);

} // namespace amana::chain
