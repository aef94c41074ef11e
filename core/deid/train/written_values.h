// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/train/sample.h"

#include <string>

/// Dates, ages, numbers as people of a country write them.
namespace amana::deid::train {

[[nodiscard]] std::u32string writtenDate(const std::string &lang, Random &random);
[[nodiscard]] std::u32string writtenAge(const std::string &lang, Random &random); ///< with its unit in ko and ja
[[nodiscard]] std::u32string writtenPhone(const std::string &lang, Random &random);
[[nodiscard]] std::u32string writtenIdentifier(const std::string &lang, Random &random);
[[nodiscard]] std::u32string writtenTime(Random &random);

[[nodiscard]] std::u32string decimal(int value, int width = 0);
[[nodiscard]] std::u32string lowered(std::u32string text);
[[nodiscard]] std::u32string uppered(std::u32string text);

} // namespace amana::deid::train
