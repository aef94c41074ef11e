// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace amana::formats {

/// "born:1974-12-25|chalmers peter": the same for every order, case and width of the same name parts. Empty when
/// there are fewer than two parts or no full birth date: too little to say that two records mean one person. Parts of
/// a Korean, Chinese or Japanese name are joined in the order given (family first); there one part is a name.
[[nodiscard]] std::string bornLink(std::string_view birthDate, std::vector<std::string> nameParts);

/// "Chalmers, Peter James" → the parts, without titles ("Mr", "Dr.", "씨").
[[nodiscard]] std::vector<std::string> nameParts(std::string_view name);

/// Appends when it is not empty and not yet there.
void addOnce(std::vector<std::string> &list, std::string value);

} // namespace amana::formats
