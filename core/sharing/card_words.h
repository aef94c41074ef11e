// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/event_index.h"
#include "core/content/blocks.h"

#include <chrono>

namespace amana::sharing {

/// Lets the index find datasets by what their cards say: reads each card that it does not know yet, by its digest.
/// A card whose block is not here is asked for again the next time; one that is no card has no words. Of those that
/// lack, only the newest `most` are looked for, and none once `patience` is over. StoreUnavailable.
[[nodiscard]] Status rememberCards(const content::BlockSource &blocks, chain::EventIndex &index,
                                   std::size_t most = SIZE_MAX,
                                   std::chrono::milliseconds patience = std::chrono::hours(1));

} // namespace amana::sharing
