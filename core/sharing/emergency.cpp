// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/emergency.h"

#include "core/chain/registered_dataset.h"
#include "core/crypto/hash.h"
#include "core/sharing/own_keys.h"

#include <algorithm>

namespace amana::sharing {

namespace {

/// Members who review, and have a key to read with.
Result<std::vector<crypto::AgeRecipient>> auditors(const Actor &actor)
{
    AMANA_TRY(const auto members, actor.index.members());
    std::vector<crypto::AgeRecipient> recipients;
    const auto now = static_cast<std::uint64_t>(actor.clock.now().toSecsSinceEpoch());
    for (const chain::IndexedMember &row : members) {
        const bool reviews = (row.member.roles & chain::roles::kAuditor) != 0 && chain::inGoodStanding(row.member, now);
        if (reviews && !row.member.keyRevoked && row.key != std::array<std::uint8_t, 32>{})
            recipients.push_back({row.key});
    }
    return recipients;
}

} // namespace

Status checkEmergency(Actor &actor, std::uint64_t dataset, const Address &who)
{
    AMANA_TRY(const bool allowed, chain::AccessGrants(actor.chain).isAllowedInEmergency(dataset, who));
    // The contract's clock is that of the newest block, and a quiet chain has an old one.
    AMANA_CHECK(actor.index.sync(actor.chain));
    AMANA_TRY(const auto emergencies, actor.index.emergencies(dataset));
    const auto now = static_cast<std::uint64_t>(actor.clock.now().toSecsSinceEpoch());
    const bool holds = std::any_of(emergencies.begin(), emergencies.end(), [&](const chain::IndexedEmergency &row) {
        return row.who == who && row.auditor == Address{} && now < row.until;
    });
    if (!allowed || !holds)
        return fail(ErrorCode::SharingNoEmergency,
                    {{"dataset", std::to_string(dataset)}, {"who", crypto::checksumAddress(who)}});
    return {};
}

Result<chain::Receipt> EmergencyDesk::declare(std::uint64_t id, const std::string &reason)
{
    const chain::AccessGrants grants(m_actor.chain);
    AMANA_CHECK(m_actor.chain.view(grants.breakGlass(id, Digest{}), m_actor.address()));
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, id));
    AMANA_TRY(std::vector<crypto::AgeRecipient> readers, custodianRecipients(m_actor, dataset));
    AMANA_TRY(const auto reviewers, auditors(m_actor));
    readers.insert(readers.end(), reviewers.begin(), reviewers.end());
    readers.push_back(ownRecipient(m_actor));
    AMANA_TRY(const QByteArray sealed, crypto::ageSeal(bytesOf(reason), readers));
    return sendWithObject(m_actor, grants.breakGlass(id, crypto::sha256(bytesOf(sealed))), sealed);
}

Result<QByteArray> EmergencyDesk::keysFor(std::uint64_t id, const Address &who, GrantKind kind)
{
    AMANA_CHECK(checkEmergency(m_actor, id, who));
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, id));
    AMANA_TRY(std::vector<CapsuleKey> all, anyKeysHere(m_actor, dataset));
    AMANA_TRY(const std::vector<CapsuleKey> keys, keysForGrant(m_actor, dataset, std::move(all), kind));
    AMANA_TRY(const crypto::AgeRecipient receiver, newestRecipient(m_actor.chain, who));
    return sealCapsule(keys, receiver);
}

Result<chain::Receipt> EmergencyDesk::review(const Address &who, std::uint64_t id, bool justified, const std::string &note)
{
    const chain::AccessGrants grants(m_actor.chain);
    AMANA_CHECK(m_actor.chain.view(grants.reviewBreakGlass(who, id, justified, Digest{}), m_actor.address()));
    if (note.empty())
        return sendWithObject(m_actor, grants.reviewBreakGlass(who, id, justified, Digest{}), {});
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, id));
    AMANA_TRY(std::vector<crypto::AgeRecipient> readers, custodianRecipients(m_actor, dataset));
    AMANA_TRY(const crypto::AgeRecipient declarer, newestRecipient(m_actor.chain, who));
    readers.push_back(declarer);
    readers.push_back(ownRecipient(m_actor));
    AMANA_TRY(const QByteArray sealed, crypto::ageSeal(bytesOf(note), readers));
    return sendWithObject(m_actor, grants.reviewBreakGlass(who, id, justified, crypto::sha256(bytesOf(sealed))), sealed);
}

} // namespace amana::sharing
