// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <cstdint>

/// The messages that contracts/src/interfaces accept by signature, so that somebody else can send and pay for a
/// decision: each names all that is decided. Members are those of the Solidity types, in their order; `deadline` is
/// in Unix seconds, the signature holds while block time ≤ deadline. structHash() is hashStruct of EIP-712, for
/// signTypedData() of eip712.h.
namespace amana::chain {

/// By whose signature a call is made, when somebody else sends it.
struct Signed {
    Address signer{};
    std::uint64_t deadline = 0; ///< seconds since 1970, inclusive
    QByteArray signature;       ///< 65 bytes r ‖ s ‖ v
};

/// AccessGrants.approveBySig
struct ApproveMessage {
    std::uint64_t request = 0;
    std::uint32_t revision = 0;
    std::uint16_t keyVersion = 0;
    std::uint32_t withdrawals = 0;
    std::uint16_t generation = 0;
    Digest capsuleDigest{}; ///< sha2-256; zero before the deciding vote
    std::uint64_t deadline = 0;

    [[nodiscard]] Digest structHash() const;
};

/// AccessGrants.returnBySig
struct ReturnMessage {
    std::uint64_t request = 0;
    std::uint32_t revision = 0;
    Digest commentDigest{};
    std::uint64_t deadline = 0;

    [[nodiscard]] Digest structHash() const;
};

/// AccessGrants.denyBySig
struct DenyMessage {
    std::uint64_t request = 0;
    std::uint32_t revision = 0;
    Digest reasonDigest{};
    std::uint64_t deadline = 0;

    [[nodiscard]] Digest structHash() const;
};

/// AccessGrants.revokeBySig
struct RevokeMessage {
    std::uint64_t request = 0;
    std::uint64_t deadline = 0;

    [[nodiscard]] Digest structHash() const;
};

/// DatasetRegistry.revokeAllBySig
struct RevokeAllMessage {
    std::uint64_t dataset = 0;
    std::uint16_t generation = 0;
    std::uint64_t deadline = 0;

    [[nodiscard]] Digest structHash() const;
};

/// DatasetRegistry.acceptCustodyBySig
struct AcceptCustodyMessage {
    std::uint64_t dataset = 0;
    Address from{};
    std::uint64_t offer = 0; ///< the number of the offer
    Digest ownersCapsuleDigest{};
    std::uint64_t deadline = 0;

    [[nodiscard]] Digest structHash() const;
};

/// DatasetRegistry.withdrawSubjectBySig
struct WithdrawSubjectMessage {
    std::uint64_t dataset = 0;
    std::uint32_t index = 0;
    std::uint64_t deadline = 0;

    [[nodiscard]] Digest structHash() const;
};

} // namespace amana::chain
