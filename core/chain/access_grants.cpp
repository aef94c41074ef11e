// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/access_grants.h"

#include "core/chain/contract_call.h"

#include <array>

namespace amana::chain {

namespace bound = binding::access;

namespace {

constexpr std::array<std::string_view, 8> kStateNames{"none",   "requested", "returned", "approved",
                                                      "denied", "cancelled", "revoked",  "expired"};

AbiValue decisionOf(const Approval &a)
{
    return Decision{a.request, a.basis}.word();
}

Result<RequestState> stateFrom(const AbiValue &value)
{
    const std::uint64_t state = abiNumber(value);
    if (state >= kStateNames.size())
        return fail(ErrorCode::ChainAbiMalformed, {{"what", "state"}});
    return static_cast<RequestState>(state);
}

} // namespace

std::string_view requestStateName(RequestState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

Call AccessGrants::request(std::uint64_t dataset, const Wish &wish) const
{
    return contractCall(
        bound::kRequest, m_chain.contracts().access,
        {dataset, std::uint64_t(wish.purpose), wish.conditions, time40(wish.until), wish.messageDigest});
}

Call AccessGrants::resubmit(std::uint64_t id, const Wish &wish) const
{
    return contractCall(bound::kResubmit, m_chain.contracts().access,
                        {id, std::uint64_t(wish.purpose), wish.conditions, time40(wish.until), wish.messageDigest});
}

Call AccessGrants::cancel(std::uint64_t id) const
{
    return contractCall(bound::kCancel, m_chain.contracts().access, {id});
}

Call AccessGrants::approve(const Approval &a) const
{
    if (a.capsule.isEmpty() && a.capsuleDigest != Digest{})
        return contractCall(bound::kApproveStored, m_chain.contracts().access, {decisionOf(a), a.capsuleDigest});
    return contractCall(bound::kApprove, m_chain.contracts().access, {decisionOf(a), a.capsule});
}

Call AccessGrants::approveBySig(const Approval &a, const Signed &by) const
{
    return contractCall(bound::kApproveBySig, m_chain.contracts().access,
                        {decisionOf(a), a.capsuleDigest, a.capsule, abiSigned(by)});
}

Call AccessGrants::returnForChanges(std::uint64_t id, const Digest &commentDigest) const
{
    return contractCall(bound::kReturnForChanges, m_chain.contracts().access, {id, commentDigest});
}

Call AccessGrants::returnBySig(std::uint64_t id, const Digest &commentDigest, const Signed &by) const
{
    return contractCall(bound::kReturnBySig, m_chain.contracts().access, {id, commentDigest, abiSigned(by)});
}

Call AccessGrants::deny(std::uint64_t id, const Digest &reasonDigest) const
{
    return contractCall(bound::kDeny, m_chain.contracts().access, {id, reasonDigest});
}

Call AccessGrants::denyBySig(std::uint64_t id, const Digest &reasonDigest, const Signed &by) const
{
    return contractCall(bound::kDenyBySig, m_chain.contracts().access, {id, reasonDigest, abiSigned(by)});
}

Call AccessGrants::revoke(std::uint64_t id) const
{
    return contractCall(bound::kRevoke, m_chain.contracts().access, {id});
}

Call AccessGrants::revokeBySig(std::uint64_t id, const Signed &by) const
{
    return contractCall(bound::kRevokeBySig, m_chain.contracts().access, {id, abiSigned(by)});
}

Call AccessGrants::breakGlass(std::uint64_t dataset, const Digest &reasonDigest) const
{
    return contractCall(bound::kBreakGlass, m_chain.contracts().access, {dataset, reasonDigest});
}

Call AccessGrants::reviewBreakGlass(const Address &who, std::uint64_t dataset, bool justified,
                                    const Digest &noteDigest) const
{
    return contractCall(bound::kReviewBreakGlass, m_chain.contracts().access, {who, dataset, justified, noteDigest});
}

Result<RequestState> AccessGrants::stateOf(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kStateOf, m_chain.contracts().access, {id}));
    return stateFrom(reply[0]);
}

Result<AccessRequest> AccessGrants::requestOf(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kRequestOf, m_chain.contracts().access, {id}));
    const auto &f = std::get<AbiList>(reply[0]);
    AccessRequest request;
    request.id = id;
    request.requester = std::get<Address>(f[0]);
    request.dataset = abiNumber(f[1]);
    request.purpose = abiSmall<std::uint8_t>(f[2]);
    AMANA_TRY(request.state, stateFrom(f[3]));
    request.revision = abiSmall<std::uint32_t>(f[4]);
    request.generation = abiSmall<std::uint16_t>(f[5]);
    request.votes = abiSmall<std::uint8_t>(f[6]);
    request.until = abiNumber(f[7]);
    return request;
}

Result<bool> AccessGrants::isAllowed(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kIsAllowed, m_chain.contracts().access, {id}));
    return std::get<bool>(reply[0]);
}

Result<bool> AccessGrants::isAllowedInEmergency(std::uint64_t dataset, const Address &who) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kIsAllowedInEmergency, m_chain.contracts().access,
                                                {dataset, who}));
    return std::get<bool>(reply[0]);
}

Result<std::uint64_t> AccessGrants::count() const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kCount, m_chain.contracts().access, {}));
    return abiNumber(reply[0]);
}

Result<std::uint64_t> requestedId(const Receipt &receipt)
{
    return numberInEvent(receipt, bound::kAccessRequestedEvent, 0);
}

} // namespace amana::chain
