// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/dataset_registry.h"

#include "core/chain/contract_call.h"
#include "core/crypto/keccak.h"

namespace amana::chain {

namespace bound = binding::datasets;

namespace {

AbiValue tuple(const Details &d)
{
    return AbiList{d.cidDigest, d.cardDigest, d.reportHash, d.subjectsRoot};
}

AbiValue list(const std::vector<Digest> &digests)
{
    return AbiList(digests.begin(), digests.end());
}

} // namespace

Digest commitmentOf(const Details &details)
{
    QByteArray words;
    for (const Digest &digest :
         {details.cidDigest, details.cardDigest, details.reportHash, details.subjectsRoot})
        words += toByteArray(digest);
    return crypto::keccak256(bytesOf(words));
}

Call DatasetRegistry::publish(const PublishParams &p) const
{
    const AbiList fields{static_cast<std::uint64_t>(p.kind),
                         std::uint64_t(p.codec),
                         std::uint64_t(p.threshold),
                         static_cast<std::uint64_t>(p.currency),
                         p.breakGlass,
                         p.duoMask,
                         p.price,
                         p.supersedes,
                         tuple(static_cast<const Details &>(p)),
                         abiList(p.custodians)};
    return contractCall(bound::kPublish, m_chain.contracts().datasets,
                        AbiList{AbiValue(fields)}); // {fields} would copy the list
}

Call DatasetRegistry::withdraw(std::uint64_t id) const
{
    return contractCall(bound::kWithdraw, m_chain.contracts().datasets, {id});
}

Call DatasetRegistry::revokeAll(std::uint64_t id) const
{
    return contractCall(bound::kRevokeAll, m_chain.contracts().datasets, {id});
}

Call DatasetRegistry::revokeAllBySig(std::uint64_t id, const Signed &by) const
{
    return contractCall(bound::kRevokeAllBySig, m_chain.contracts().datasets, {id, abiSigned(by)});
}

Call DatasetRegistry::offerCustody(std::uint64_t id, const Address &to) const
{
    return contractCall(bound::kOfferCustody, m_chain.contracts().datasets, {id, to});
}

Call DatasetRegistry::acceptCustody(std::uint64_t id, const Address &from, const Digest &ownersCapsule) const
{
    return contractCall(bound::kAcceptCustody, m_chain.contracts().datasets, {id, from, ownersCapsule});
}

Call DatasetRegistry::acceptCustodyBySig(std::uint64_t id, const Address &from, const Digest &ownersCapsule,
                                         const Signed &by) const
{
    return contractCall(bound::kAcceptCustodyBySig, m_chain.contracts().datasets,
                        {id, from, ownersCapsule, abiSigned(by)});
}

Call DatasetRegistry::withdrawSubject(std::uint64_t id, const Details &details, const SubjectProof &proof) const
{
    return contractCall(bound::kWithdrawSubject, m_chain.contracts().datasets,
                        {id, tuple(details), std::uint64_t(proof.index), proof.salt, list(proof.siblings)});
}

Call DatasetRegistry::withdrawSubjectBySig(std::uint64_t id, const Details &details, const SubjectProof &proof,
                                           const Signed &by) const
{
    return contractCall(
        bound::kWithdrawSubjectBySig, m_chain.contracts().datasets,
        {id, tuple(details), std::uint64_t(proof.index), proof.salt, list(proof.siblings), abiSigned(by)});
}

Call DatasetRegistry::anchorBatch(const Batch &batch) const
{
    return contractCall(bound::kAnchorBatch, m_chain.contracts().datasets,
                        {batch.root, batch.leaves, batch.manifestDigest});
}

Result<DatasetEntry> DatasetRegistry::entry(std::uint64_t id) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kGet, m_chain.contracts().datasets, {id}));
    const auto &f = std::get<AbiList>(reply[0]);
    DatasetEntry entry;
    entry.id = id;
    entry.owner = std::get<Address>(f[0]);
    entry.institution = abiSmall<std::uint32_t>(f[1]);
    entry.previous = abiNumber(f[2]);
    entry.kind = static_cast<DatasetKind>(abiNumber(f[3]));
    entry.codec = abiSmall<std::uint8_t>(f[4]);
    entry.threshold = abiSmall<std::uint8_t>(f[5]);
    entry.status = static_cast<DatasetStatus>(abiNumber(f[6]));
    entry.currency = static_cast<Currency>(abiNumber(f[7]));
    entry.breakGlass = std::get<bool>(f[8]);
    entry.duoMask = abiNumber(f[9]);
    entry.price = std::get<Uint256>(f[10]);
    entry.withdrawals = abiSmall<std::uint32_t>(f[11]);
    entry.generation = abiSmall<std::uint16_t>(f[12]);
    entry.commitment = abiDigest(f[13]);
    return entry;
}

Result<std::uint8_t> DatasetRegistry::seatOf(std::uint64_t id, const Address &who) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kSeatOf, m_chain.contracts().datasets, {id, who}));
    return abiSmall<std::uint8_t>(reply[0]);
}

Result<CustodyOffer> DatasetRegistry::offerOf(std::uint64_t id, const Address &from) const
{
    AMANA_TRY(const AbiList reply,
              contractView(m_chain, bound::kOfferOf, m_chain.contracts().datasets, {id, from}));
    const auto &f = std::get<AbiList>(reply[0]);
    return CustodyOffer{std::get<Address>(f[0]), abiNumber(f[1])};
}

Result<bool> DatasetRegistry::isSubjectWithdrawn(std::uint64_t id, std::uint32_t index) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kIsSubjectWithdrawn, m_chain.contracts().datasets,
                                                {id, std::uint64_t(index)}));
    return std::get<bool>(reply[0]);
}

Result<bool> DatasetRegistry::verifyLeaf(std::uint64_t batch, const Digest &leaf,
                                         const std::vector<Digest> &siblings) const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kVerifyLeaf, m_chain.contracts().datasets,
                                                {batch, leaf, list(siblings)}));
    return std::get<bool>(reply[0]);
}

Result<std::uint64_t> DatasetRegistry::byCid(const Digest &cidDigest) const
{
    AMANA_TRY(const AbiList reply,
              contractView(m_chain, bound::kByCid, m_chain.contracts().datasets, {cidDigest}));
    return abiNumber(reply[0]);
}

Result<std::uint64_t> DatasetRegistry::count() const
{
    AMANA_TRY(const AbiList reply, contractView(m_chain, bound::kCount, m_chain.contracts().datasets, {}));
    return abiNumber(reply[0]);
}

Result<std::uint64_t> publishedId(const Receipt &receipt)
{
    return numberInEvent(receipt, bound::kDatasetPublishedEvent, 0);
}

Result<std::uint64_t> anchoredBatch(const Receipt &receipt)
{
    return numberInEvent(receipt, bound::kBatchAnchoredEvent, 0);
}

} // namespace amana::chain
