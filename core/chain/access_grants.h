// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/dataset_registry.h"
#include "core/chain/decision.h"

/// Who may open what (contracts/src/interfaces/IAccessGrants.sol). Calls and views as in identity_registry.h.
namespace amana::chain {

enum class RequestState : std::uint8_t {
    None,
    Requested,
    Returned,
    Approved,
    Denied,
    Cancelled,
    Revoked,
    Expired
};
[[nodiscard]] std::string_view requestStateName(RequestState state); ///< "requested" …

/// What the contract keeps of a request; its events tell the rest (IndexedRequest).
struct AccessRequest {
    std::uint64_t id = 0;
    Address requester{};
    std::uint64_t dataset = 0;
    std::uint8_t purpose = 0; ///< see purpose.h
    RequestState state = RequestState::None;
    std::uint32_t revision = 0;
    std::uint16_t generation = 0; ///< of the dataset when it was approved
    std::uint8_t votes = 0;       ///< of this revision, the deciding one not counted
    std::uint64_t until = 0;      ///< seconds since 1970
};

/// What is asked for.
struct Wish {
    std::uint8_t purpose = 0;
    std::uint64_t conditions = 0; ///< bits of the mask that the requester undertakes to meet
    std::uint64_t until = 0;      ///< seconds since 1970
    Digest messageDigest{};       ///< of the message sealed to the custodians
};

struct Approval {
    std::uint64_t request = 0;
    Basis basis;
    QByteArray capsule;     ///< at most 1,024 bytes; empty before the threshold, or when it is an IPFS object
    Digest capsuleDigest{}; ///< sha2-256 of the capsule; zero before the threshold
};

class AccessGrants {
public:
    explicit AccessGrants(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call request(std::uint64_t dataset, const Wish &wish) const;
    [[nodiscard]] Call resubmit(std::uint64_t id, const Wish &wish) const;
    [[nodiscard]] Call cancel(std::uint64_t id) const;
    [[nodiscard]] Call approve(const Approval &approval) const;
    [[nodiscard]] Call approveBySig(const Approval &approval, const Signed &by) const;
    [[nodiscard]] Call returnForChanges(std::uint64_t id, const Digest &commentDigest) const;
    [[nodiscard]] Call returnBySig(std::uint64_t id, const Digest &commentDigest, const Signed &by) const;
    [[nodiscard]] Call deny(std::uint64_t id, const Digest &reasonDigest) const;
    [[nodiscard]] Call denyBySig(std::uint64_t id, const Digest &reasonDigest, const Signed &by) const;
    [[nodiscard]] Call revoke(std::uint64_t id) const;
    [[nodiscard]] Call revokeBySig(std::uint64_t id, const Signed &by) const;
    [[nodiscard]] Call breakGlass(std::uint64_t dataset, const Digest &reasonDigest) const;
    [[nodiscard]] Call reviewBreakGlass(const Address &who, std::uint64_t dataset, bool justified,
                                        const Digest &noteDigest) const;

    /// By the clock of the newest block: an approved or open request past its end is Expired.
    [[nodiscard]] Result<RequestState> stateOf(std::uint64_t id) const;
    /// ContractUnknownRequest.
    [[nodiscard]] Result<AccessRequest> requestOf(std::uint64_t id) const;
    [[nodiscard]] Result<bool> isAllowed(std::uint64_t id) const;
    [[nodiscard]] Result<bool> isAllowedInEmergency(std::uint64_t dataset, const Address &who) const;
    [[nodiscard]] Result<std::uint64_t> count() const;

private:
    const Chain &m_chain;
};

/// The id that a mined request gave: ChainBadReply when it is not in the receipt.
[[nodiscard]] Result<std::uint64_t> requestedId(const Receipt &receipt);

} // namespace amana::chain
