// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/identity_registry.h"

#include "core/chain/contract_call.h"
#include "core/crypto/secp256k1.h"

namespace amana::chain {

namespace bound = binding::identity;

bool inGoodStanding(const Member &member, std::uint64_t now)
{
    return member.institution != 0 && !member.suspended && member.validFrom <= now && now < member.validUntil;
}

Call IdentityRegistry::setInstitution(std::uint32_t id, const Address &admin, bool active) const
{
    return contractCall(bound::kSetInstitution, m_chain.contracts().identity, {std::uint64_t(id), admin, active});
}

Call IdentityRegistry::setMember(const Address &who, std::uint32_t institution, std::uint32_t roles,
                                 std::uint64_t validUntil, std::uint64_t validFrom) const
{
    return contractCall(bound::kSetMember, m_chain.contracts().identity,
                        {who, std::uint64_t(institution), std::uint64_t(roles), time40(validFrom), time40(validUntil)});
}

Call IdentityRegistry::suspend(const Address &who, bool suspended) const
{
    return contractCall(bound::kSuspend, m_chain.contracts().identity, {who, suspended});
}

Call IdentityRegistry::setKey(const std::array<std::uint8_t, 32> &x25519) const
{
    return contractCall(bound::kSetKey, m_chain.contracts().identity,
                        {std::uint64_t(kKeyX25519), toByteArray(x25519)});
}

Call IdentityRegistry::revokeKey(const Address &who, std::uint16_t version) const
{
    return contractCall(bound::kRevokeKey, m_chain.contracts().identity, {who, std::uint64_t(version)});
}

Call IdentityRegistry::pause() const
{
    return contractCall(bound::kPause, m_chain.contracts().identity, {});
}

Call IdentityRegistry::unpause() const
{
    return contractCall(bound::kUnpause, m_chain.contracts().identity, {});
}

Result<Address> IdentityRegistry::governor() const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kGovernor, m_chain.contracts().identity, {}));
    return std::get<Address>(reply[0]);
}

Result<bool> IdentityRegistry::paused() const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kPaused, m_chain.contracts().identity, {}));
    return std::get<bool>(reply[0]);
}

Result<Institution> IdentityRegistry::institutionOf(std::uint32_t id) const
{
    AMANA_TRY(const AbiList reply,
              contractView(m_chain, bound::kInstitutionOf, m_chain.contracts().identity, {std::uint64_t(id)}));
    const auto &fields = std::get<AbiList>(reply[0]);
    return Institution{std::get<Address>(fields[0]), abiNumber(fields[1]), std::get<bool>(fields[2])};
}

Result<Member> IdentityRegistry::memberOf(const Address &who) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kMemberOf, m_chain.contracts().identity, {who}));
    const auto &f = std::get<AbiList>(reply[0]);
    return Member{abiSmall<std::uint32_t>(f[0]), abiSmall<std::uint32_t>(f[1]), abiNumber(f[2]),
                  abiNumber(f[3]),               abiSmall<std::uint16_t>(f[4]), std::get<bool>(f[5]),
                  std::get<bool>(f[6])};
}

Result<std::uint32_t> IdentityRegistry::rolesInSeat(std::uint32_t institution, const Address &who,
                                                    std::uint32_t roles) const
{
    AMANA_TRY(const Institution seat, institutionOf(institution));
    return seat.admin == who ? roles | roles::kAdministrator : roles;
}

Result<bool> IdentityRegistry::isAdministrator(std::uint32_t institution, const Address &who) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kIsAdministrator, m_chain.contracts().identity,
                                                {std::uint64_t(institution), who}));
    return std::get<bool>(reply[0]);
}

Result<MemberKey> IdentityRegistry::keyAt(const Address &who, std::uint16_t version) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kKeyOf, m_chain.contracts().identity,
                                                {who, std::uint64_t(version)}));
    if (abiNumber(reply[0]) != kKeyX25519)
        return fail(ErrorCode::ContractNoKey, {{"who", crypto::checksumAddress(who)}});
    return MemberKey{abiDigest(reply[1]), std::get<bool>(reply[2])};
}

Result<std::array<std::uint8_t, 32>> IdentityRegistry::keyOf(const Address &who, std::uint16_t version) const
{
    AMANA_TRY(const MemberKey key, keyAt(who, version));
    if (key.revoked)
        return fail(ErrorCode::ContractNoKey, {{"who", crypto::checksumAddress(who)}});
    return key.x25519;
}

Result<std::uint16_t> keyVersionSet(const Receipt &receipt)
{
    AMANA_TRY(const std::uint64_t version, numberInEvent(receipt, bound::kKeySetEvent, 1));
    return static_cast<std::uint16_t>(version);
}

} // namespace amana::chain
