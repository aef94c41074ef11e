// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/detector.h"

#include <string_view>

namespace amana::deid {

/// Phone numbers that exist in the numbering plan of a country where the language around them is spoken, or that begin
/// with + and a country's code: PHONE, by "rule.phone.plan". Checked by libphonenumber (ITU-T E.164 and the national
/// plans); digits in a row without 0 or + before them are left to other rules, for most of them are no phones.
[[nodiscard]] Detections findPhones(std::u32string_view text);

} // namespace amana::deid
