// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string_view>
#include <vector>

/// GA4GH Data Use Ontology terms as the contracts carry them: bits of a mask (contracts/src/DuoMatch.sol).
namespace amana::chain {

struct DuoTerm {
    std::uint8_t bit = 0;
    std::string_view id;   ///< "DUO:0000042"
    std::string_view code; ///< "GRU"
    bool modifier = false; ///< a condition, not a use: a request cannot name it
};

inline constexpr std::uint8_t kPurposeGeneral = 0;  ///< GRU
inline constexpr std::uint8_t kPurposeHealth = 1;   ///< HMB
inline constexpr std::uint8_t kPurposeDisease = 2;  ///< DS
inline constexpr std::uint8_t kPurposeAncestry = 3; ///< POA
inline constexpr std::uint8_t kPurposeCare = 4;     ///< CC, clinical care

[[nodiscard]] const std::vector<DuoTerm> &duoTerms();
/// "DUO:0000042" or "GRU", any case: SharingUnknownPurpose.
[[nodiscard]] Result<DuoTerm> duoTerm(std::string_view text);
/// The terms whose bits are set, in order of bits.
[[nodiscard]] std::vector<DuoTerm> duoTermsIn(std::uint64_t mask);
/// Whether a dataset with `mask` permits a request for `purpose`, by the rule of the contract: its bit, or
/// GRU for HMB, DS and POA, or HMB for DS; CC only by its own bit.
[[nodiscard]] bool duoPermits(std::uint64_t mask, std::uint8_t purpose);

} // namespace amana::chain
