// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string_view>
#include <vector>

/// GA4GH Data Use Ontology terms as the contracts carry them: bits of a mask (contracts/src/common/DuoMatch.sol).
namespace amana::chain {

enum class DuoRole : std::uint8_t {
    Use,        ///< a permission of a dataset and a purpose of a request
    Purpose,    ///< a purpose of a request only
    Permission, ///< a permission of a dataset only
    Exclusion,  ///< takes one purpose out of what the permissions allow
    Condition   ///< the requester undertakes to meet it; custodians judge whether it does
};

struct DuoTerm {
    std::uint8_t bit = 0;
    std::string_view id;   ///< "DUO:0000042"; "methods" for the purpose that DUO has no term for
    std::string_view code; ///< "GRU"
    DuoRole role = DuoRole::Use;

    [[nodiscard]] bool isPurpose() const { return role == DuoRole::Use || role == DuoRole::Purpose; }
    [[nodiscard]] bool isPermission() const { return role == DuoRole::Use || role == DuoRole::Permission; }
};

inline constexpr std::uint8_t kPurposeGeneral = 0;  ///< GRU
inline constexpr std::uint8_t kPurposeHealth = 1;   ///< HMB
inline constexpr std::uint8_t kPurposeDisease = 2;  ///< DS
inline constexpr std::uint8_t kPurposeAncestry = 3; ///< POA
inline constexpr std::uint8_t kPurposeCare = 4;     ///< CC, clinical care
inline constexpr std::uint8_t kPurposeMethods = 5;  ///< development of methods

[[nodiscard]] const std::vector<DuoTerm> &duoTerms();
/// "DUO:0000042" or "GRU", any case: SharingUnknownPurpose.
[[nodiscard]] Result<DuoTerm> duoTerm(std::string_view text);
/// The terms whose bits are set, in order of bits.
[[nodiscard]] std::vector<DuoTerm> duoTermsIn(std::uint64_t mask);
/// What makes a mask permit a purpose: one of the first bits is set and none of the second.
struct DuoRule {
    std::uint64_t permittedBy = 0; ///< 0: no mask permits it
    std::uint64_t excludedBy = 0;
};
/// DUOS version 4, as the contract has it.
[[nodiscard]] DuoRule duoRule(std::uint8_t purpose);
/// Whether a dataset with `mask` permits a request for `purpose`.
[[nodiscard]] bool duoPermits(std::uint64_t mask, std::uint8_t purpose);
/// The conditions of a dataset with `mask`: a request has to undertake all of them.
[[nodiscard]] std::uint64_t duoConditions(std::uint64_t mask);

} // namespace amana::chain
