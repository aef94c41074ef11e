// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"

#include <string>
#include <utility>
#include <vector>

namespace amana::app {

/// What a custodian can say of a dataset without opening a record: its manifest and its report.
struct DatasetLook {
    std::size_t records = 0;
    std::size_t subjects = 0;
    std::uint64_t bytes = 0;
    std::string policy;
    std::string policyBase;                ///< of a user's own policy; empty: it came with the program
    std::vector<std::string> policyWeaker; ///< places where it lets more stand than its base
    std::vector<std::pair<std::string, std::size_t>> removed; ///< type of mark → count, rejected ones left out
};

/// Opens both with the owner's capsule of this profile: AgeNoMatch when it has none; content.*,
/// sharing.packageInvalid.
[[nodiscard]] Result<DatasetLook> lookAtDataset(sharing::Actor &actor, std::uint64_t dataset);

} // namespace amana::app
