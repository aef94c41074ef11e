// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/abi.h"
#include "core/chain/binding.h"
#include "core/chain/network.h"
#include "core/chain/typed_messages.h"

/// Between the typed binding and the codec. Internal to core/chain.
namespace amana::chain {

/// The call of a bound function. Arguments of the binding always fit their types, except numbers wider than the
/// type: those are made to fit by the caller, and the contract judges the value.
[[nodiscard]] Call contractCall(const binding::Function &function, const Address &to, const AbiList &arguments);

/// Asks a view and decodes; the values are those of the function's return tuple.
[[nodiscard]] Result<AbiList> contractView(const Chain &chain, const binding::Function &function,
                                           const Address &to, const AbiList &arguments);

/// "publish" of "publish((uint8,…))".
[[nodiscard]] std::string nameOf(std::string_view signature);

/// A time of the ABI: uint40, seconds since 1970.
[[nodiscard]] AbiValue time40(std::uint64_t seconds);

/// The struct Signed of contracts/src/interfaces/ISignatures.sol.
[[nodiscard]] AbiValue abiSigned(const Signed &by);

// The decoder has checked the type and the width of what these read.
[[nodiscard]] std::uint64_t abiNumber(const AbiValue &value);
[[nodiscard]] Digest abiDigest(const AbiValue &value);
template <class Small>
[[nodiscard]] Small abiSmall(const AbiValue &value)
{
    return static_cast<Small>(abiNumber(value));
}
[[nodiscard]] AbiList abiList(const std::vector<Address> &addresses);

/// Argument `index` of the first event of this kind in a receipt: ChainBadReply when there is none.
[[nodiscard]] Result<std::uint64_t> numberInEvent(const Receipt &receipt, const binding::Event &event,
                                                  std::size_t index);

} // namespace amana::chain
