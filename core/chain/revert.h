// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

namespace amana::chain {

/// What a contract's refusal means. The first four bytes are looked up in the union of all shipped ABIs,
/// because errors pass through from the contract that was called by the one we called. Known custom errors
/// become their contract.* code with the arguments as params by their Solidity names (addresses with
/// checksum, times as UTC dates, purposes as DUO terms, other numbers in decimal) and `error` = the Solidity
/// name; Error(string) and Panic(uint256) become ChainReverted with reason/panic; anything else
/// ContractUnknownError{selector}.
[[nodiscard]] Error decodeRevert(ByteView data);

/// Whether a contract said no, for a reason that we know.
[[nodiscard]] bool isRefusal(const Error &error);

} // namespace amana::chain
