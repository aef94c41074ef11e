// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/decision.h"

#include <QtEndian>

namespace amana::chain {

namespace {

// Where each field begins in the 32 bytes, which are big-endian.
constexpr std::size_t kRequestAt = 24;
constexpr std::size_t kRevisionAt = 20;
constexpr std::size_t kKeyAt = 18;
constexpr std::size_t kWithdrawalsAt = 14;
constexpr std::size_t kGenerationAt = 12;

} // namespace

Uint256 Decision::word() const
{
    Uint256 word;
    std::uint8_t *bytes = word.bytes.data();
    qToBigEndian(request, bytes + kRequestAt);
    qToBigEndian(basis.revision, bytes + kRevisionAt);
    qToBigEndian(basis.keyVersion, bytes + kKeyAt);
    qToBigEndian(basis.withdrawals, bytes + kWithdrawalsAt);
    qToBigEndian(basis.generation, bytes + kGenerationAt);
    return word;
}

Decision Decision::fromWord(const Uint256 &word)
{
    const std::uint8_t *bytes = word.bytes.data();
    return {qFromBigEndian<std::uint64_t>(bytes + kRequestAt),
            {qFromBigEndian<std::uint32_t>(bytes + kRevisionAt), qFromBigEndian<std::uint16_t>(bytes + kKeyAt),
             qFromBigEndian<std::uint32_t>(bytes + kWithdrawalsAt),
             qFromBigEndian<std::uint16_t>(bytes + kGenerationAt)}};
}

} // namespace amana::chain
