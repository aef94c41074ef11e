// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/detector.h"
#include "core/deid/known_values.h"

#include <string_view>
#include <vector>

namespace amana::deid {

/// Brings together what rules, model and known values found in the texts of one document: drops guesses that
/// are clinical terms, carries sure names to the places where they stand alone ("spread.name"), merges, and tells the roles of names.
/// One list per text.
[[nodiscard]] std::vector<Detections> documentPass(const std::vector<std::u32string_view> &texts,
                                                   std::vector<Detections> found);

} // namespace amana::deid
