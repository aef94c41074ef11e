// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/detector.h"

#include <string_view>
#include <vector>

namespace amana::deid {

/// Gives each NAME the role that the text tells of it: "patient", "staff" or "relative", from the words right before and
/// behind it (resources/deid/name-roles.json), from the record (`known.name`: the patient), and from another place of the
/// same document where the same name stands. A role that is not told stays empty: nothing is guessed.
void tellRoles(const std::vector<std::u32string_view> &texts, std::vector<Detections> &found);

} // namespace amana::deid
