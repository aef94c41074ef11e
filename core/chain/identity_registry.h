// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/network.h"

/// Who is who on the chain (contracts/src/interfaces/IIdentityRegistry.sol). Functions that change something return
/// the Call to hand to Outbox::send; views ask the chain and fail as Chain::view does (a refusal is its contract.*
/// code).
namespace amana::chain {

namespace roles {
inline constexpr std::uint32_t kUploader = 1;
inline constexpr std::uint32_t kPatient = 2;
inline constexpr std::uint32_t kResearcher = 4;
inline constexpr std::uint32_t kAdministrator = 8; ///< deputy of the institution's administrator
inline constexpr std::uint32_t kBreakGlass = 16;
inline constexpr std::uint32_t kAuditor = 32;
} // namespace roles

struct Institution {
    Address admin{};         ///< in the administrator's seat; need not be a member
    std::uint64_t since = 0; ///< seconds since 1970
    bool active = false;
};

inline constexpr std::uint64_t kForever = (std::uint64_t(1) << 40) - 1; ///< the greatest uint40
inline constexpr std::uint8_t kKeyX25519 = 1;
inline constexpr std::uint8_t kKeyHybrid = 2; ///< X25519 with ML-KEM-768, 1,216 bytes

struct Member {
    std::uint32_t institution = 0; ///< 0: not a member
    std::uint32_t roles = 0;
    std::uint64_t validFrom = 0;   ///< seconds since 1970, inclusive
    std::uint64_t validUntil = 0;  ///< seconds since 1970, exclusive; kForever
    std::uint16_t keyVersion = 0;  ///< of the newest key; 0: none was set
    bool keyRevoked = false;       ///< that newest key
    bool suspended = false;

    /// Whether something can be encrypted for the member.
    [[nodiscard]] bool hasKey() const { return keyVersion > 0 && !keyRevoked; }
    bool operator==(const Member &) const = default;
};

/// Whether the institution lets the member act at `now` (seconds since 1970), its institution being open.
[[nodiscard]] bool inGoodStanding(const Member &member, std::uint64_t now);

/// One version of a member's encryption key.
struct MemberKey {
    std::array<std::uint8_t, 32> x25519{};
    bool revoked = false;
};

class IdentityRegistry {
public:
    explicit IdentityRegistry(const Chain &chain) : m_chain(chain) {}

    [[nodiscard]] Call setInstitution(std::uint32_t id, const Address &admin, bool active) const;
    [[nodiscard]] Call setMember(const Address &who, std::uint32_t institution, std::uint32_t roles,
                                 std::uint64_t validUntil = kForever, std::uint64_t validFrom = 0) const;
    [[nodiscard]] Call suspend(const Address &who, bool suspended) const;
    [[nodiscard]] Call setKey(const std::array<std::uint8_t, 32> &x25519) const;
    [[nodiscard]] Call revokeKey(const Address &who, std::uint16_t version) const;
    [[nodiscard]] Call pause() const;
    [[nodiscard]] Call unpause() const;

    [[nodiscard]] Result<Address> governor() const;
    [[nodiscard]] Result<bool> paused() const;
    [[nodiscard]] Result<Institution> institutionOf(std::uint32_t id) const;
    [[nodiscard]] Result<Member> memberOf(const Address &who) const;
    /// `roles`, and Administrator for whoever is in the institution's seat: the contract lets them act as such anyway.
    [[nodiscard]] Result<std::uint32_t> rolesInSeat(std::uint32_t institution, const Address &who,
                                                    std::uint32_t roles) const;
    /// As administrator or deputy; false for a closed institution.
    [[nodiscard]] Result<bool> isAdministrator(std::uint32_t institution, const Address &who) const;
    /// The X25519 key of a version, revoked or not; ContractNoKey when there is none or it is of another type.
    [[nodiscard]] Result<MemberKey> keyAt(const Address &who, std::uint16_t version) const;
    /// The key to encrypt for: as keyAt, and ContractNoKey when it was revoked.
    [[nodiscard]] Result<std::array<std::uint8_t, 32>> keyOf(const Address &who, std::uint16_t version) const;

private:
    const Chain &m_chain;
};

/// The version that a mined setKey gave: ChainBadReply when it is not in the receipt.
[[nodiscard]] Result<std::uint16_t> keyVersionSet(const Receipt &receipt);

} // namespace amana::chain
