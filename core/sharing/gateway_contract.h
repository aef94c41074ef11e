// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"

#include <functional>

namespace amana::sharing {

/// What the contract says of a request now.
struct GrantNow {
    Address requester{};
    std::uint64_t dataset = 0; ///< 0: there is no such request
    content::Cid root;         ///< of the dataset
    /// Approved, not withdrawn, not revoked, paid, the requester still a member with the role, and not past its end, by the
    /// chain's clock and by this computer's (a quiet chain has an old one).
    bool allowed = false;
};

/// Asks the chain each time; thread-safe. That there is no such request is an answer (`allowed` false), so that whoever asks
/// for it cannot tell it from one of somebody else. Fails as Chain does.
using AskContract = std::function<Result<GrantNow>(std::uint64_t request)>;
/// `actor` outlives it.
[[nodiscard]] AskContract contractOf(Actor &actor);

} // namespace amana::sharing
