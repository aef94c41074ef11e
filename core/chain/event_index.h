// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/chain/catalogue_query.h"
#include "core/chain/contracts.h"

#include <memory>

namespace amana::chain {

struct IndexedDataset {
    Dataset dataset;
    std::vector<Address> custodians;
    std::uint64_t block = 0;
    std::uint64_t time = 0; ///< of publication, seconds since 1970
    Digest txHash{};
    bool pending = false; ///< its block is not final yet
};

struct IndexedRequest {
    AccessRequest request; ///< state as of `now` of the query: Expired, and Revoked with all others, are applied
    std::uint64_t conditions = 0; ///< bits of the mask that the requester undertakes to meet
    std::uint16_t keyVersion = 0; ///< of the requester's key: at the request, then the one the capsule is wrapped for
    std::uint64_t created = 0;    ///< seconds since 1970
    Digest messageDigest{};
    Digest decisionDigest{}; ///< of the comment or reason; zero when there is none
    QByteArray capsule;      ///< of the approval, when it was in the event
    Digest capsuleDigest{};  ///< sha2-256 of the capsule, or of the IPFS object
    Address decidedBy{};     ///< who approved, returned, denied or revoked
    std::uint64_t time = 0;  ///< of the newest event, seconds since 1970
    bool pending = false;    ///< the block of its newest event is not final yet

    /// Custodians who agreed. The contract keeps no count of the deciding vote, which alone comes with a capsule.
    [[nodiscard]] int approvals() const { return request.votes + (capsuleDigest != Digest{} ? 1 : 0); }
};

struct IndexedMember {
    Address who{};
    Member member;
    std::array<std::uint8_t, 32> key{}; ///< X25519, of member.keyVersion; zero when it is of another type
};

struct IndexedInstitution {
    std::uint32_t id = 0;
    Address admin{};
    bool active = false;
};

struct IndexedBatch {
    std::uint64_t id = 0;
    Address who{};
    Batch batch;
    std::uint64_t time = 0; ///< seconds since 1970
    Digest txHash{};
};

struct IndexedEmergency {
    std::uint64_t dataset = 0;
    Address who{};
    std::uint64_t until = 0; ///< seconds since 1970
    Digest reasonDigest{};
    Address auditor{}; ///< zero: not reviewed
    bool justified = false;
    Digest noteDigest{};
    std::uint64_t time = 0; ///< seconds since 1970
};

struct IndexedPurchase {
    std::uint64_t request = 0;
    Purchase purchase; ///< `since` is the time of its newest event
    Digest reasonDigest{}; ///< of the buyer's dispute; zero: none
};

/// An offer of a custodian's seat that nobody has taken.
struct IndexedOffer {
    std::uint64_t dataset = 0;
    Address from{};
    Address to{};
};

/// One event in words of our own: a row of history and of the audit list.
struct HistoryRow {
    std::uint64_t block = 0;
    std::uint32_t logIndex = 0;
    std::uint64_t time = 0; ///< seconds since 1970
    Digest txHash{};
    std::string kind;          ///< Solidity name of the event: "DatasetPublished" …
    Address who{};             ///< who the event names as actor or as affected; zero when it names nobody
    std::uint64_t dataset = 0; ///< 0: none
    std::uint64_t request = 0; ///< 0: none
    bool pending = false;      ///< its block is not final yet
};

/// Above every number of a dataset.
inline constexpr std::uint64_t kAnyDataset = std::uint64_t(1) << 62;

struct CataloguePage {
    std::vector<IndexedDataset> entries; ///< of a text that finds at most kMaxRanked the best first, else the newest
    std::optional<CataloguePosition> next; ///< where the next page starts; nothing after the last one
};

/// A dataset whose card was not seen yet.
struct WantedCard {
    std::uint64_t dataset = 0;
    Digest card{};
};

struct DatasetQuery {
    std::optional<Address> owner{};
    std::optional<Address> custodian{};
    std::optional<std::uint8_t> purpose{}; ///< only datasets that permit it
    bool includeWithdrawn = false;  ///< superseded ones too
};

struct RequestQuery {
    std::optional<std::uint64_t> dataset{};
    std::optional<Address> requester{};
    std::optional<Address> custodian{}; ///< of the request's dataset
    std::uint64_t now = 0; ///< seconds since 1970, for Expired; 0: the time of the newest block seen
};

struct HistoryQuery {
    std::optional<std::uint64_t> dataset{}; ///< its own rows and those of its requests
    std::optional<Address> who{};
    int limit = 1000;
};

/// A local copy of what the contracts said, for lists and searches. It holds nothing that is not public on
/// the chain and can be thrown away at any time. One SQLite file; several processes may use it. Thread-safe.
class EventIndex {
public:
    /// StoreUnavailable. A damaged or older file is made anew.
    [[nodiscard]] static Result<std::unique_ptr<EventIndex>> open(const QString &file);
    ~EventIndex();

    /// Reads the new events. When blocks that were read are no longer part of the chain, what came after the
    /// last common one is taken back and read anew; on another chain everything is. Fails as Chain does,
    /// StoreUnavailable, Cancelled; what was stored stays whole, and the next call goes on there.
    [[nodiscard]] Status sync(const Chain &chain, const Progress &progress = {});

    [[nodiscard]] Result<std::vector<IndexedDataset>> datasets(const DatasetQuery &query = {}) const;
    [[nodiscard]] Result<std::optional<IndexedDataset>> dataset(std::uint64_t id) const;
    /// One page. StoreUnavailable.
    [[nodiscard]] Result<CataloguePage> search(const CatalogueQuery &query) const;
    /// Cards of datasets below `before` that were not remembered, newest first.
    [[nodiscard]] Result<std::vector<WantedCard>> wantedCards(std::uint64_t before = kAnyDataset,
                                                              int limit = 500) const;
    /// What cards say, by the sha2-256 of their bytes: the caller has checked it. The datasets that have them, now or
    /// later, are found by it. A card that is known already stays as it is.
    [[nodiscard]] Status rememberCards(const std::vector<std::pair<Digest, CardText>> &cards);
    [[nodiscard]] Result<std::vector<IndexedRequest>> requests(const RequestQuery &query = {}) const;
    [[nodiscard]] Result<std::optional<IndexedRequest>> request(std::uint64_t id) const;
    [[nodiscard]] Result<std::vector<IndexedMember>> members() const;
    /// In order of their numbers.
    [[nodiscard]] Result<std::vector<IndexedInstitution>> institutions() const;
    /// Places of the subjects of a dataset that withdrew, in order.
    [[nodiscard]] Result<std::vector<std::uint32_t>> withdrawnSubjects(std::uint64_t dataset) const;
    [[nodiscard]] Result<std::optional<IndexedBatch>> batch(std::uint64_t id) const;
    /// Newest first; without a dataset those of all.
    [[nodiscard]] Result<std::vector<IndexedEmergency>> emergencies(std::optional<std::uint64_t> dataset = {}) const;
    [[nodiscard]] Result<std::optional<IndexedPurchase>> purchase(std::uint64_t request) const;
    /// In order of their requests.
    [[nodiscard]] Result<std::vector<IndexedPurchase>> purchases() const;
    /// What stands for the owner's capsule of a custodian who took over a seat; zero for a custodian of the
    /// beginning, whose capsule is in the package.
    [[nodiscard]] Result<Digest> ownersCapsuleOf(std::uint64_t dataset, const Address &custodian) const;
    [[nodiscard]] Result<std::vector<IndexedOffer>> custodyOffers(std::uint64_t dataset) const;
    /// Newest first.
    [[nodiscard]] Result<std::vector<HistoryRow>> history(const HistoryQuery &query = {}) const;

private:
    struct Private;
    explicit EventIndex(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace amana::chain
