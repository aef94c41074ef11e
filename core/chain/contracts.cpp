// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/contracts.h"

#include "core/chain/binding.h"
#include "core/chain/events.h"
#include "core/crypto/secp256k1.h"

#include <algorithm>
#include <array>

namespace amana::chain {

namespace {

using binding::Function;

constexpr std::array<std::string_view, 8> kStateNames{"none",   "requested", "returned", "approved",
                                                      "denied", "cancelled", "revoked",  "expired"};

/// Arguments of the binding always fit their types, except numbers wider than the type: those are made to fit
/// here, and the contract judges the value (uint40 times past the year 36,000, amounts past 2^128).
Call make(const Function &function, const Address &to, const AbiList &arguments)
{
    auto data = abiCall(function.signature, arguments);
    const std::string_view name = function.signature.substr(0, function.signature.find('('));
    // An argument that does not fit leaves a call without arguments, which the contract refuses.
    return {to, data ? std::move(*data) : abiSelector(function.signature), std::string(name), {}};
}

AbiValue time40(std::uint64_t seconds)
{
    return std::min(seconds, kForever);
}

/// Asks and decodes; the values are those of the function's return tuple.
Result<AbiList> ask(const Chain &chain, const Function &function, const Address &to, const AbiList &arguments)
{
    AMANA_TRY(const QByteArray reply, chain.view(make(function, to, arguments)));
    AMANA_TRY(const AbiType type, AbiType::parse(function.returns));
    AMANA_TRY(AbiValue values, abiDecode(type, bytesOf(reply)));
    return std::get<AbiList>(std::move(values));
}

std::uint64_t number(const AbiValue &value)
{
    return *std::get<Uint256>(value).toUint64(); // the decoder has checked the width; all are 64 bits or less
}

template <class Small>
Small small(const AbiValue &value)
{
    return static_cast<Small>(number(value));
}

Digest digest(const AbiValue &value)
{
    return digestOf(std::get<QByteArray>(value));
}

AbiList listOf(const std::vector<Address> &addresses)
{
    return AbiList(addresses.begin(), addresses.end());
}

/// The first event of this name in a receipt, its argument `index`.
Result<std::uint64_t> fromEvent(const Receipt &receipt, const binding::Event &event, std::size_t index)
{
    const std::string_view name = event.signature.substr(0, event.signature.find('('));
    for (const Log &log : receipt.logs) {
        // The receipt is of a call to a checked contract; which address it has does not matter here.
        AMANA_TRY(const auto decoded, decodeEvent(log, {log.address, log.address, log.address}));
        if (decoded && decoded->name == name)
            return decoded->number(index);
    }
    return fail(ErrorCode::ChainBadReply, {{"what", std::string(name)}});
}

} // namespace

Call IdentityRegistry::setInstitution(std::uint32_t id, const Address &admin, bool active) const
{
    return make(binding::kSetInstitution, m_chain.contracts().identity, {std::uint64_t(id), admin, active});
}

Call IdentityRegistry::setMember(const Address &who, std::uint32_t institution, std::uint32_t roles,
                                 std::uint64_t validUntil) const
{
    return make(binding::kSetMember, m_chain.contracts().identity,
                {who, std::uint64_t(institution), std::uint64_t(roles), time40(validUntil)});
}

Call IdentityRegistry::suspend(const Address &who, bool suspended) const
{
    return make(binding::kSuspend, m_chain.contracts().identity, {who, suspended});
}

Call IdentityRegistry::setKey(const std::array<std::uint8_t, 32> &x25519) const
{
    return make(binding::kSetKey, m_chain.contracts().identity,
                {std::uint64_t(kKeyX25519), toByteArray(x25519)});
}

Result<Address> IdentityRegistry::governor() const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kGovernor, m_chain.contracts().identity, {}));
    return std::get<Address>(reply[0]);
}

Result<Institution> IdentityRegistry::institutionOf(std::uint32_t id) const
{
    AMANA_TRY(const AbiList reply,
              ask(m_chain, binding::kInstitutionOf, m_chain.contracts().identity, {std::uint64_t(id)}));
    const auto &fields = std::get<AbiList>(reply[0]);
    return Institution{std::get<Address>(fields[0]), number(fields[1]), std::get<bool>(fields[2])};
}

Result<Member> IdentityRegistry::memberOf(const Address &who) const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kMemberOf, m_chain.contracts().identity, {who}));
    const auto &fields = std::get<AbiList>(reply[0]);
    return Member{small<std::uint32_t>(fields[0]), small<std::uint32_t>(fields[1]), number(fields[2]),
                  small<std::uint16_t>(fields[3]), std::get<bool>(fields[4])};
}

Result<std::array<std::uint8_t, 32>> IdentityRegistry::keyOf(const Address &who, std::uint16_t version) const
{
    AMANA_TRY(const AbiList reply,
              ask(m_chain, binding::kKeyOf, m_chain.contracts().identity, {who, std::uint64_t(version)}));
    if (number(reply[0]) != kKeyX25519)
        return fail(ErrorCode::ContractNoKey, {{"who", crypto::checksumAddress(who)}});
    return digest(reply[1]);
}

Call DatasetRegistry::publish(const PublishParams &p) const
{
    const AbiList fields{static_cast<std::uint64_t>(p.kind),
                         std::uint64_t(p.codec),
                         std::uint64_t(p.threshold),
                         p.duoMask,
                         p.price,
                         p.cidDigest,
                         p.cardDigest,
                         p.reportHash,
                         p.subjectsRoot,
                         listOf(p.custodians)};
    return make(binding::kPublish, m_chain.contracts().datasets,
                AbiList{AbiValue(fields)}); // {fields} would copy the list
}

Call DatasetRegistry::withdraw(std::uint64_t id) const
{
    return make(binding::kWithdraw, m_chain.contracts().datasets, {id});
}

Result<Dataset> DatasetRegistry::get(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kGet, m_chain.contracts().datasets, {id}));
    const auto &f = std::get<AbiList>(reply[0]);
    Dataset dataset;
    dataset.id = id;
    dataset.owner = std::get<Address>(f[0]);
    dataset.institution = small<std::uint32_t>(f[1]);
    dataset.kind = static_cast<DatasetKind>(number(f[2]));
    dataset.codec = small<std::uint8_t>(f[3]);
    dataset.threshold = small<std::uint8_t>(f[4]);
    dataset.status = static_cast<DatasetStatus>(number(f[5]));
    dataset.version = small<std::uint32_t>(f[6]);
    dataset.duoMask = number(f[7]);
    dataset.price = std::get<Uint256>(f[8]);
    dataset.cidDigest = digest(f[9]);
    dataset.cardDigest = digest(f[10]);
    dataset.reportHash = digest(f[11]);
    dataset.subjectsRoot = digest(f[12]);
    return dataset;
}

Result<std::vector<Address>> DatasetRegistry::custodiansOf(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kCustodiansOf, m_chain.contracts().datasets, {id}));
    std::vector<Address> custodians;
    for (const AbiValue &value : std::get<AbiList>(reply[0]))
        custodians.push_back(std::get<Address>(value));
    return custodians;
}

Result<bool> DatasetRegistry::isCustodian(std::uint64_t id, const Address &who) const
{
    AMANA_TRY(const AbiList reply,
              ask(m_chain, binding::kIsCustodian, m_chain.contracts().datasets, {id, who}));
    return std::get<bool>(reply[0]);
}

Result<std::uint64_t> DatasetRegistry::byCid(const Digest &cidDigest) const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kByCid, m_chain.contracts().datasets, {cidDigest}));
    return number(reply[0]);
}

Result<std::uint64_t> DatasetRegistry::count() const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kDatasetCount, m_chain.contracts().datasets, {}));
    return number(reply[0]);
}

std::string_view requestStateName(RequestState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

Call AccessGrants::request(std::uint64_t dataset, std::uint8_t purpose, std::uint64_t until,
                           const Digest &messageDigest) const
{
    return make(binding::kRequest, m_chain.contracts().access,
                {dataset, std::uint64_t(purpose), time40(until), messageDigest});
}

Call AccessGrants::resubmit(std::uint64_t id, std::uint8_t purpose, std::uint64_t until,
                            const Digest &messageDigest) const
{
    return make(binding::kResubmit, m_chain.contracts().access,
                {id, std::uint64_t(purpose), time40(until), messageDigest});
}

Call AccessGrants::returnForChanges(std::uint64_t id, const Digest &commentDigest) const
{
    return make(binding::kReturnForChanges, m_chain.contracts().access, {id, commentDigest});
}

Call AccessGrants::approve(const Approval &a) const
{
    return make(
        binding::kApprove, m_chain.contracts().access,
        {a.request, std::uint64_t(a.revision), std::uint64_t(a.keyVersion), a.capsule, a.capsuleDigest});
}

Call AccessGrants::deny(std::uint64_t id, const Digest &reasonDigest) const
{
    return make(binding::kDeny, m_chain.contracts().access, {id, reasonDigest});
}

Call AccessGrants::cancel(std::uint64_t id) const
{
    return make(binding::kCancel, m_chain.contracts().access, {id});
}

Call AccessGrants::revoke(std::uint64_t id) const
{
    return make(binding::kRevoke, m_chain.contracts().access, {id});
}

namespace {

Result<RequestState> stateFrom(const AbiValue &value)
{
    const std::uint64_t state = number(value);
    if (state >= kStateNames.size())
        return fail(ErrorCode::ChainAbiMalformed, {{"what", "state"}});
    return static_cast<RequestState>(state);
}

} // namespace

Result<RequestState> AccessGrants::stateOf(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kStateOf, m_chain.contracts().access, {id}));
    return stateFrom(reply[0]);
}

Result<AccessRequest> AccessGrants::requestOf(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kRequestOf, m_chain.contracts().access, {id}));
    const auto &f = std::get<AbiList>(reply[0]);
    AccessRequest request;
    request.id = id;
    request.requester = std::get<Address>(f[0]);
    request.dataset = number(f[1]);
    request.purpose = small<std::uint8_t>(f[2]);
    AMANA_TRY(request.state, stateFrom(f[3]));
    request.revision = small<std::uint32_t>(f[4]);
    request.keyVersion = small<std::uint16_t>(f[5]);
    request.votes = small<std::uint8_t>(f[6]);
    request.until = number(f[7]);
    request.created = number(f[8]);
    return request;
}

Result<bool> AccessGrants::isAllowed(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kIsAllowed, m_chain.contracts().access, {id}));
    return std::get<bool>(reply[0]);
}

Result<std::uint64_t> AccessGrants::count() const
{
    AMANA_TRY(const AbiList reply, ask(m_chain, binding::kRequestCount, m_chain.contracts().access, {}));
    return number(reply[0]);
}

Result<std::uint64_t> publishedId(const Receipt &receipt)
{
    return fromEvent(receipt, binding::kDatasetPublished, 0);
}

Result<std::uint64_t> requestedId(const Receipt &receipt)
{
    return fromEvent(receipt, binding::kAccessRequested, 0);
}

Result<std::uint16_t> keyVersionSet(const Receipt &receipt)
{
    AMANA_TRY(const std::uint64_t version, fromEvent(receipt, binding::kKeySet, 1));
    return static_cast<std::uint16_t>(version);
}

} // namespace amana::chain
