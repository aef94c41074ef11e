// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/contracts.h"
#include "core/sharing/actor.h"
#include "core/sharing/capsule.h"
#include "core/sharing/card.h"
#include "core/sharing/dataset_keys.h"

#include <QDate>

namespace amana::sharing {

/// What a requester tells the custodians, encrypted to them (and to the requester).
struct RequestMessage {
    std::string name;        ///< as the requester wrote it in the profile
    std::string institution; ///< as the requester says; the chain's own record is the number
    std::string text;
};

/// What somebody asks for.
struct Asking {
    std::vector<std::string> terms; ///< DUO ids or codes: one purpose, and the conditions that the requester undertakes
    std::uint64_t until = 0;        ///< seconds since 1970
    RequestMessage message;
};

/// The purpose and the conditions that terms name. SharingUnknownPurpose when none or several are a purpose, or one is
/// neither.
[[nodiscard]] Result<chain::Wish> wishOf(const std::vector<std::string> &terms);

/// The last second of a day in UTC: the whole day counts. SharingBadDate for anything but YYYY-MM-DD in the future.
[[nodiscard]] Result<std::uint64_t> endOfDay(std::string_view date, const Clock &clock);

/// Asking for access, from the requester's side. Each call waits until its transaction is final.
class Requester {
public:
    explicit Requester(Actor &actor) : m_actor(actor) {}

    /// contract.* when the contract refuses.
    [[nodiscard]] Result<chain::Receipt> request(std::uint64_t dataset, const Asking &asking,
                                                 const std::string &dedupe = {});
    [[nodiscard]] Result<chain::Receipt> resubmit(std::uint64_t request, const Asking &asking);
    [[nodiscard]] Result<chain::Receipt> cancel(std::uint64_t request);

private:
    [[nodiscard]] Result<QByteArray> sealMessage(std::uint64_t dataset, const RequestMessage &message);
    Actor &m_actor;
};

/// Deciding, from a custodian's side.
class CustodianDesk {
public:
    explicit CustodianDesk(Actor &actor);

    /// The message of a request; AgeNoMatch when it is not for this profile.
    [[nodiscard]] Result<RequestMessage> readMessage(const Digest &messageDigest) const;
    /// A comment or reason that was sealed for the requester and the custodian.
    [[nodiscard]] Result<std::string> readComment(const Digest &digest) const;

    /// Opens this custodian's owner's capsule, wraps the keys for the requester and sends them with the vote. `revision` is what was
    /// looked at. A care grant is given only for DUO:0000043 (SharingUnknownPurpose otherwise).
    [[nodiscard]] Result<chain::Receipt> approve(std::uint64_t request, std::uint32_t revision, GrantKind kind);
    [[nodiscard]] Result<chain::Receipt> returnForChanges(std::uint64_t request, const std::string &comment);
    [[nodiscard]] Result<chain::Receipt> deny(std::uint64_t request, const std::string &reason);
    [[nodiscard]] Result<chain::Receipt> revoke(std::uint64_t request);
    /// Ends every grant of a dataset at once.
    [[nodiscard]] Result<chain::Receipt> revokeAll(std::uint64_t dataset);

    /// The keys that would go into a grant: the dataset's, each part's whose subject has not withdrawn and, for care,
    /// the linkage of those.
    [[nodiscard]] Result<std::vector<CapsuleKey>> grantKeys(std::uint64_t dataset, GrantKind kind) const;

private:
    [[nodiscard]] Result<QByteArray> sealComment(std::uint64_t request, const std::string &text);
    Actor &m_actor;
    std::vector<crypto::AgeIdentity> m_identities; ///< made once: a list of requests has many messages
};

/// The public card of a dataset, fetched by its digest.
[[nodiscard]] Result<Card> cardOf(const content::BlockSource &blocks, const chain::Dataset &dataset);

} // namespace amana::sharing
