// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace amana::deid {

/// ASCII digits of a text, everything else dropped.
[[nodiscard]] std::string digitsOf(std::string_view text);

[[nodiscard]] bool luhnValid(std::string_view digits); ///< ISO/IEC 7812-1 annex B
[[nodiscard]] bool cardValid(std::string_view text);   ///< 13…19 digits, a known first digit (3–6), Luhn
[[nodiscard]] bool
npiValid(std::string_view text); ///< US provider number: 10 digits, Luhn behind "80840" (45 CFR 162.406)
[[nodiscard]] bool
ssnPlausible(std::string_view text); ///< area not 000, 666 or 9xx, group not 00, serial not 0000 (SSA)
[[nodiscard]] bool ibanValid(std::string_view text); ///< ISO 13616, mod 97 = 1
[[nodiscard]] bool
rrnPlausible(std::string_view text); ///< Korean resident number: real date, gender digit 1–8
[[nodiscard]] bool
rrnChecksumValid(std::string_view text);            ///< mod 11; numbers issued since October 2020 have none
[[nodiscard]] bool nhsValid(std::string_view text); ///< UK NHS number, mod 11
[[nodiscard]] bool dniValid(std::string_view text); ///< Spanish DNI and NIE letter, mod 23
[[nodiscard]] bool nirValid(std::string_view text); ///< French NIR with key, 97 - n mod 97
[[nodiscard]] bool cpfValid(std::string_view text); ///< Brazilian CPF, two mod 11 digits
[[nodiscard]] bool aadhaarValid(std::string_view text);   ///< Verhoeff, 12 digits, first 2–9
[[nodiscard]] bool chineseIdValid(std::string_view text); ///< 18 signs, mod 11-2 (GB 11643-1999)
[[nodiscard]] bool bsnValid(std::string_view text);       ///< Dutch BSN, eleven test
[[nodiscard]] bool ipv4Valid(std::string_view text);

} // namespace amana::deid
