// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/custody.h"

#include "core/chain/registered_dataset.h"
#include "core/crypto/hash.h"
#include "core/sharing/dataset_keys.h"
#include "core/sharing/own_keys.h"

namespace amana::sharing {

Result<CustodyHandOver::Offered> CustodyHandOver::offer(std::uint64_t id, const Address &to)
{
    const chain::DatasetRegistry registry(m_actor.chain);
    // Before the keys: who has no seat has none to open, and the contract's reason says more.
    AMANA_CHECK(m_actor.chain.view(registry.offerCustody(id, to), m_actor.address()));
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, id));
    AMANA_TRY(const std::vector<CapsuleKey> keys, custodianKeys(m_actor, dataset));
    AMANA_TRY(const crypto::AgeRecipient receiver, newestRecipient(m_actor.chain, to));
    Offered offered;
    AMANA_TRY(offered.capsule, sealCapsule(keys, receiver));
    AMANA_TRY(const chain::CustodyOffer before, registry.offerOf(id, m_actor.address()));
    if (before.to == to)
        return offered;
    chain::Call call = registry.offerCustody(id, to);
    call.dedupeKey = "offerCustody/" + std::to_string(id) + "/" + std::to_string(before.number);
    AMANA_TRY(offered.receipt, m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call));
    return offered;
}

Result<chain::Receipt> CustodyHandOver::takeBack(std::uint64_t id)
{
    const chain::DatasetRegistry registry(m_actor.chain);
    AMANA_TRY(const chain::CustodyOffer before, registry.offerOf(id, m_actor.address()));
    if (before.to == Address{})
        return fail(ErrorCode::ContractNoOffer, {{"id", std::to_string(id)},
                                                 {"from", crypto::checksumAddress(m_actor.address())}});
    chain::Call call = registry.offerCustody(id, {});
    call.dedupeKey = "offerCustody/" + std::to_string(id) + "/" + std::to_string(before.number);
    return m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call);
}

Result<Address> CustodyHandOver::offerer(std::uint64_t id, std::optional<Address> from) const
{
    if (from)
        return *from;
    AMANA_CHECK(m_actor.index.sync(m_actor.chain));
    AMANA_TRY(const auto offers, m_actor.index.custodyOffers(id));
    std::vector<Address> mine;
    for (const chain::IndexedOffer &offer : offers)
        if (offer.to == m_actor.address())
            mine.push_back(offer.from);
    if (mine.size() != 1)
        return fail(ErrorCode::ContractNoOffer, {{"id", std::to_string(id)},
                                                 {"to", crypto::checksumAddress(m_actor.address())}});
    return mine.front();
}

Result<chain::Receipt> CustodyHandOver::accept(std::uint64_t id, std::optional<Address> from, const QByteArray &capsule)
{
    const chain::DatasetRegistry registry(m_actor.chain);
    AMANA_TRY(const Address giver, offerer(id, from));
    const chain::Call call = registry.acceptCustody(id, giver, crypto::sha256(bytesOf(capsule)));
    AMANA_CHECK(m_actor.chain.view(call, m_actor.address()));
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, id));
    const auto identities = ownIdentities(m_actor.profile);
    AMANA_TRY(const std::vector<CapsuleKey> keys, openCapsule(bytesOf(capsule), identities));
    AMANA_CHECK(checkKeysOpen(m_actor, dataset, keys));
    return sendWithObject(m_actor, call, capsule);
}

} // namespace amana::sharing
