// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/abi.h"
#include "core/chain/network.h"

#include <optional>
#include <string>
#include <vector>

/// Typed binding to the shipped contracts. Functions that change something return the Call to hand to
/// Outbox::send; views ask the chain and fail as Chain::view does (a refusal is its contract.* code).
namespace amana::chain {

namespace roles {
inline constexpr std::uint32_t kUploader = 1;
inline constexpr std::uint32_t kPatient = 2;
inline constexpr std::uint32_t kResearcher = 4;
inline constexpr std::uint32_t kInstitutionAdmin = 8;
inline constexpr std::uint32_t kBreakGlass = 16;
inline constexpr std::uint32_t kAuditor = 32;
} // namespace roles

struct Institution {
    Address admin{};
    std::uint64_t since = 0; ///< seconds since 1970
    bool active = false;
};

struct Member {
    std::uint32_t institution = 0; ///< 0: not a member
    std::uint32_t roles = 0;
    std::uint64_t validUntil = 0; ///< seconds since 1970; kForever
    std::uint16_t keyVersion = 0; ///< 0: no key set
    bool suspended = false;
};
inline constexpr std::uint64_t kForever = (std::uint64_t(1) << 40) - 1; ///< the greatest uint40
inline constexpr std::uint8_t kKeyX25519 = 1;

class IdentityRegistry {
public:
    explicit IdentityRegistry(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call setInstitution(std::uint32_t id, const Address &admin, bool active) const;
    [[nodiscard]] Call setMember(const Address &who, std::uint32_t institution, std::uint32_t roles,
                                 std::uint64_t validUntil = kForever) const;
    [[nodiscard]] Call suspend(const Address &who, bool suspended) const;
    [[nodiscard]] Call setKey(const std::array<std::uint8_t, 32> &x25519) const;

    [[nodiscard]] Result<Address> governor() const;
    [[nodiscard]] Result<Institution> institutionOf(std::uint32_t id) const;
    [[nodiscard]] Result<Member> memberOf(const Address &who) const;
    /// The X25519 key of a version; ContractNoKey when there is none.
    [[nodiscard]] Result<std::array<std::uint8_t, 32>> keyOf(const Address &who, std::uint16_t version) const;

private:
    const Chain &m_chain;
};

enum class DatasetKind : std::uint8_t { Dataset = 0, Model = 1 };
enum class DatasetStatus : std::uint8_t { Published = 1, Withdrawn = 2 };

struct PublishParams {
    DatasetKind kind = DatasetKind::Dataset;
    std::uint8_t codec = 0x70; ///< of the CID: 0x55 raw, 0x70 dag-pb
    std::uint8_t threshold = 1;
    std::uint64_t duoMask = 0;
    Uint256 price; ///< below 2^128
    Digest cidDigest{};
    Digest cardDigest{};
    Digest reportHash{};
    Digest subjectsRoot{};
    std::vector<Address> custodians;
};

struct Dataset {
    std::uint64_t id = 0;
    Address owner{};
    std::uint32_t institution = 0;
    DatasetKind kind = DatasetKind::Dataset;
    std::uint8_t codec = 0;
    std::uint8_t threshold = 0;
    DatasetStatus status = DatasetStatus::Published;
    std::uint32_t version = 0;
    std::uint64_t duoMask = 0;
    Uint256 price;
    Digest cidDigest{};
    Digest cardDigest{};
    Digest reportHash{};
    Digest subjectsRoot{};
};

class DatasetRegistry {
public:
    explicit DatasetRegistry(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call publish(const PublishParams &params) const;
    [[nodiscard]] Call withdraw(std::uint64_t id) const;

    /// ContractUnknownDataset.
    [[nodiscard]] Result<Dataset> get(std::uint64_t id) const;
    [[nodiscard]] Result<std::vector<Address>> custodiansOf(std::uint64_t id) const;
    [[nodiscard]] Result<bool> isCustodian(std::uint64_t id, const Address &who) const;
    /// The dataset with this CID digest; 0 when there is none.
    [[nodiscard]] Result<std::uint64_t> byCid(const Digest &cidDigest) const;
    [[nodiscard]] Result<std::uint64_t> count() const;

private:
    const Chain &m_chain;
};

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

struct AccessRequest {
    std::uint64_t id = 0;
    Address requester{};
    std::uint64_t dataset = 0;
    std::uint8_t purpose = 0; ///< bit, see purpose.h
    RequestState state = RequestState::None;
    std::uint32_t revision = 0;
    std::uint16_t keyVersion = 0;
    std::uint8_t votes = 0;
    std::uint64_t until = 0;   ///< seconds since 1970
    std::uint64_t created = 0; ///< seconds since 1970
};

struct Approval {
    std::uint64_t request = 0;
    std::uint32_t revision = 0;
    std::uint16_t keyVersion = 0;
    QByteArray capsule;     ///< at most 1024 bytes; empty before the threshold, or when it is an IPFS object
    Digest capsuleDigest{}; ///< sha2-256
};

class AccessGrants {
public:
    explicit AccessGrants(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call request(std::uint64_t dataset, std::uint8_t purpose, std::uint64_t until,
                               const Digest &messageDigest) const;
    [[nodiscard]] Call resubmit(std::uint64_t id, std::uint8_t purpose, std::uint64_t until,
                                const Digest &messageDigest) const;
    [[nodiscard]] Call returnForChanges(std::uint64_t id, const Digest &commentDigest) const;
    [[nodiscard]] Call approve(const Approval &approval) const;
    [[nodiscard]] Call deny(std::uint64_t id, const Digest &reasonDigest) const;
    [[nodiscard]] Call cancel(std::uint64_t id) const;
    [[nodiscard]] Call revoke(std::uint64_t id) const;

    /// By the clock of the newest block: an approved or open request past its end is Expired.
    /// ContractUnknownRequest.
    [[nodiscard]] Result<RequestState> stateOf(std::uint64_t id) const;
    [[nodiscard]] Result<AccessRequest> requestOf(std::uint64_t id) const;
    [[nodiscard]] Result<bool> isAllowed(std::uint64_t id) const;
    [[nodiscard]] Result<std::uint64_t> count() const;

private:
    const Chain &m_chain;
};

/// The id that a mined publish or request gave, from the events of its receipt: ChainBadReply when there is
/// none.
[[nodiscard]] Result<std::uint64_t> publishedId(const Receipt &receipt);
[[nodiscard]] Result<std::uint64_t> requestedId(const Receipt &receipt);
/// The version that a mined setKey gave.
[[nodiscard]] Result<std::uint16_t> keyVersionSet(const Receipt &receipt);

} // namespace amana::chain
