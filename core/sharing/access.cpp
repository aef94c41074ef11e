// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/access.h"

#include "core/chain/purpose.h"
#include "core/chain/registered_dataset.h"
#include "core/crypto/hash.h"
#include "core/sharing/own_keys.h"

#include <nlohmann/json.hpp>

namespace amana::sharing {

namespace {

using nlohmann::json;

constexpr qsizetype kCapsuleInEvent = 1024; // contracts/src/AccessGrants.sol

Result<crypto::AgeRecipient> recipientOf(const chain::Chain &chain, const Address &who, std::uint16_t keyVersion)
{
    AMANA_TRY(const auto key, chain::IdentityRegistry(chain).keyOf(who, keyVersion));
    return crypto::AgeRecipient{key};
}

/// A repeated click or a repeated job sends one transaction, not two.
std::string once(const char *what, std::uint64_t id, std::uint32_t revision)
{
    return std::string(what) + "/" + std::to_string(id) + "/" + std::to_string(revision);
}

/// What the chain carries of a sealed comment: nothing for none.
Digest digestOf(const QByteArray &sealed)
{
    return sealed.isEmpty() ? Digest{} : crypto::sha256(bytesOf(sealed));
}

} // namespace

Result<std::uint64_t> endOfDay(std::string_view text, const Clock &clock)
{
    const QString given = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const QDate date = QDate::fromString(given, QStringLiteral("yyyy-MM-dd"));
    const QDateTime end(date, QTime(23, 59, 59), Qt::UTC);
    if (!date.isValid() || end <= clock.now())
        return fail(ErrorCode::SharingBadDate, {{"date", std::string(text)}});
    return static_cast<std::uint64_t>(end.toSecsSinceEpoch());
}

Result<Card> cardOf(const content::BlockSource &blocks, const chain::Dataset &dataset)
{
    AMANA_TRY(const QByteArray json, getObject(blocks, dataset.cardDigest));
    return cardFromJson(json);
}

Result<QByteArray> Requester::sealMessage(std::uint64_t datasetId, const RequestMessage &message)
{
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, datasetId));
    AMANA_TRY(std::vector<crypto::AgeRecipient> recipients, custodianRecipients(m_actor, dataset));
    recipients.push_back(ownRecipient(m_actor));
    const std::string text =
        json{{"name", message.name}, {"institution", message.institution}, {"text", message.text}}.dump();
    return crypto::ageSeal(bytesOf(text), recipients);
}

Result<chain::Wish> wishOf(const std::vector<std::string> &terms)
{
    chain::Wish wish;
    std::string asked; // as the person gave them
    int purposes = 0;
    for (const std::string &text : terms) {
        AMANA_TRY(const chain::DuoTerm term, chain::duoTerm(text));
        if (term.isPurpose()) {
            wish.purpose = term.bit;
            asked += (purposes++ == 0 ? "" : ", ") + text;
        } else if (term.role == chain::DuoRole::Condition) {
            wish.conditions |= std::uint64_t(1) << term.bit;
        } else {
            return fail(ErrorCode::SharingUnknownPurpose, {{"purpose", text}});
        }
    }
    if (purposes != 1)
        return fail(ErrorCode::SharingUnknownPurpose, {{"purpose", asked}});
    return wish;
}

Result<chain::Receipt> Requester::request(std::uint64_t dataset, const Asking &asking, const std::string &dedupe)
{
    AMANA_TRY(chain::Wish wish, wishOf(asking.terms));
    wish.until = asking.until;
    const chain::AccessGrants grants(m_actor.chain);
    // The contract first: its refusal says more than a card that is not here.
    AMANA_CHECK(m_actor.chain.view(grants.request(dataset, wish), m_actor.address()));
    AMANA_TRY(const QByteArray sealed, sealMessage(dataset, asking.message));
    wish.messageDigest = crypto::sha256(bytesOf(sealed));
    chain::Call call = grants.request(dataset, wish);
    call.dedupeKey = dedupe;
    return sendWithObject(m_actor, call, sealed);
}

Result<chain::Receipt> Requester::resubmit(std::uint64_t request, const Asking &asking)
{
    const chain::AccessGrants grants(m_actor.chain);
    AMANA_TRY(const chain::AccessRequest before, grants.requestOf(request));
    AMANA_TRY(chain::Wish wish, wishOf(asking.terms));
    AMANA_TRY(const QByteArray sealed, sealMessage(before.dataset, asking.message));
    wish.until = asking.until;
    wish.messageDigest = crypto::sha256(bytesOf(sealed));
    chain::Call call = grants.resubmit(request, wish);
    call.dedupeKey = once("resubmit", request, before.revision);
    return sendWithObject(m_actor, call, sealed);
}

Result<chain::Receipt> Requester::cancel(std::uint64_t request)
{
    chain::Call call = chain::AccessGrants(m_actor.chain).cancel(request);
    call.dedupeKey = once("cancel", request, 0);
    return m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call);
}

CustodianDesk::CustodianDesk(Actor &actor) : m_actor(actor), m_identities(ownIdentities(actor.profile)) {}

Result<RequestMessage> CustodianDesk::readMessage(const Digest &messageDigest) const
{
    AMANA_TRY(const QByteArray sealed, getObject(m_actor.blocks, messageDigest));
    AMANA_TRY(const SecretBytes text, crypto::ageOpen(bytesOf(sealed), m_identities));
    const json object = json::parse(text.text(), nullptr, false);
    if (!object.is_object())
        return fail(ErrorCode::SharingPackageInvalid, {{"reason", "message"}});
    try {
        return RequestMessage{object.value("name", ""), object.value("institution", ""), object.value("text", "")};
    } catch (const json::exception &) {
        return fail(ErrorCode::SharingPackageInvalid, {{"reason", "message"}});
    }
}

Result<std::string> CustodianDesk::readComment(const Digest &digest) const
{
    if (digest == Digest{})
        return std::string();
    AMANA_TRY(const QByteArray sealed, getObject(m_actor.blocks, digest));
    AMANA_TRY(const SecretBytes text, crypto::ageOpen(bytesOf(sealed), m_identities));
    return std::string(text.text());
}

Result<std::vector<CapsuleKey>> CustodianDesk::grantKeys(std::uint64_t datasetId, GrantKind kind) const
{
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(m_actor.chain, m_actor.index, datasetId));
    AMANA_TRY(std::vector<CapsuleKey> all, custodianKeys(m_actor, dataset));
    return keysForGrant(m_actor, dataset, std::move(all), kind);
}

Result<chain::Receipt> CustodianDesk::approve(std::uint64_t id, std::uint32_t revision, GrantKind kind)
{
    const chain::AccessGrants grants(m_actor.chain);
    AMANA_TRY(const chain::AccessRequest request, grants.requestOf(id));
    if (kind == GrantKind::Care && request.purpose != chain::kPurposeCare)
        return fail(ErrorCode::SharingUnknownPurpose, {{"purpose", "care"}});
    const chain::DatasetRegistry registry(m_actor.chain);
    AMANA_TRY(const chain::DatasetEntry dataset, registry.entry(request.dataset));
    // Who is no custodian has no owner's capsule to open either: the contract's reason says more than "no key fits".
    AMANA_TRY(const std::uint8_t seat, registry.seatOf(request.dataset, m_actor.address()));
    if (seat == 0)
        return fail(ErrorCode::ContractNotCustodian, {{"dataset", std::to_string(request.dataset)},
                                                      {"who", crypto::checksumAddress(m_actor.address())}});
    // Wrapped for the key that the requester has now, without the subjects that have withdrawn by now; the contract
    // refuses when either changes before this is mined.
    AMANA_TRY(const chain::Member member, chain::IdentityRegistry(m_actor.chain).memberOf(request.requester));
    chain::Approval approval{
        id, {revision, member.keyVersion, dataset.withdrawals, dataset.generation}, {}, {}};
    QByteArray stored; // a capsule that is too large for the event
    if (request.votes + 1 >= dataset.threshold) { // only the deciding vote may carry keys
        AMANA_TRY(const auto keys, grantKeys(request.dataset, kind));
        AMANA_TRY(const auto receiver, recipientOf(m_actor.chain, request.requester, member.keyVersion));
        AMANA_TRY(QByteArray sealed, sealCapsule(keys, receiver));
        approval.capsuleDigest = crypto::sha256(bytesOf(sealed));
        if (sealed.size() <= kCapsuleInEvent)
            approval.capsule = std::move(sealed);
        else
            stored = std::move(sealed);
    }
    chain::Call call = grants.approve(approval);
    call.dedupeKey = once("approve", id, revision);
    return sendWithObject(m_actor, call, stored);
}

Result<QByteArray> CustodianDesk::sealComment(std::uint64_t id, const std::string &text)
{
    if (text.empty())
        return QByteArray();
    AMANA_TRY(const chain::AccessRequest request, chain::AccessGrants(m_actor.chain).requestOf(id));
    AMANA_TRY(const chain::Member member, chain::IdentityRegistry(m_actor.chain).memberOf(request.requester));
    AMANA_TRY(const auto requester, recipientOf(m_actor.chain, request.requester, member.keyVersion));
    const std::array recipients{
        requester, ownRecipient(m_actor)};
    return crypto::ageSeal(bytesOf(text), recipients);
}

Result<chain::Receipt> CustodianDesk::returnForChanges(std::uint64_t request, const std::string &comment)
{
    AMANA_TRY(const QByteArray sealed, sealComment(request, comment));
    const chain::AccessGrants grants(m_actor.chain);
    return sendWithObject(m_actor, grants.returnForChanges(request, digestOf(sealed)), sealed);
}

Result<chain::Receipt> CustodianDesk::deny(std::uint64_t request, const std::string &reason)
{
    AMANA_TRY(const QByteArray sealed, sealComment(request, reason));
    const chain::AccessGrants grants(m_actor.chain);
    return sendWithObject(m_actor, grants.deny(request, digestOf(sealed)), sealed);
}

Result<chain::Receipt> CustodianDesk::revoke(std::uint64_t request)
{
    chain::Call call = chain::AccessGrants(m_actor.chain).revoke(request);
    call.dedupeKey = once("revoke", request, 0);
    return m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call);
}

Result<chain::Receipt> CustodianDesk::revokeAll(std::uint64_t dataset)
{
    const chain::DatasetRegistry registry(m_actor.chain);
    AMANA_TRY(const chain::DatasetEntry entry, registry.entry(dataset));
    chain::Call call = registry.revokeAll(dataset);
    call.dedupeKey = once("revokeAll", dataset, entry.generation);
    return m_actor.outbox.send(m_actor.chain, m_actor.chainKey, call);
}

} // namespace amana::sharing
