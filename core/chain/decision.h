// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/uint256.h"

namespace amana::chain {

/// What a custodian saw when it decided; an approval is refused when any of it has changed.
struct Basis {
    std::uint32_t revision = 0;
    std::uint16_t keyVersion = 0;
    std::uint32_t withdrawals = 0;
    std::uint16_t generation = 0;
    bool operator==(const Basis &) const = default;
};

/// What is approved, in one word of the ABI (contracts/src/common/Decision.sol), from the lowest bit: request 64,
/// revision 32, keyVersion 16, withdrawals 32, generation 16.
struct Decision {
    std::uint64_t request = 0;
    Basis basis;
    bool operator==(const Decision &) const = default;

    [[nodiscard]] Uint256 word() const;
    [[nodiscard]] static Decision fromWord(const Uint256 &word);
};

} // namespace amana::chain
