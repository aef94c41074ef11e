// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/event_index.h"

namespace amana::chain {

/// The entry as the contract has it now, with the digests that its event told, which must give the contract's
/// commitment: the index is a copy, the contract decides. Reads new events when the index does not know it yet.
/// ContractUnknownDataset; ChainBadReply{what: commitment} when the index tells other digests.
[[nodiscard]] Result<Dataset> registeredDataset(const Chain &chain, EventIndex &index, std::uint64_t id);

} // namespace amana::chain
