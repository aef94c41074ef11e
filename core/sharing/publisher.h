// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sharing/actor.h"
#include "core/sharing/card.h"
#include "core/sharing/drafts.h"
#include "core/sharing/package.h"
#include "core/sharing/release.h"
#include "core/sharing/sale.h"

namespace amana::sharing {

struct Custodian {
    Address address{};
    crypto::AgeRecipient recipient;
    bool institution = false;
};

struct PublishOptions {
    std::string draft;
    std::string title;
    std::vector<std::string> keywords;
    std::vector<std::string> purposes; ///< DUO codes or abbreviations
    std::vector<Custodian> custodians;
    int threshold = 1;
    Sale sale{};             ///< free unless it has a price
    bool breakGlass = false; ///< whether an emergency may be declared
};

/// The consequences page: what will be public, and for whom.
struct PublishPreview {
    Card card;
    std::size_t documents = 0;
    std::size_t subjects = 0;
    std::uint64_t bytes = 0; ///< released, before sealing
    std::vector<std::pair<std::string, std::size_t>> removed; ///< edit type → count
    deid::risk::PeopleRisk people{}; ///< how alike the people are by what the released records will tell of them
};

struct Published {
    std::uint64_t dataset = 0;
    content::Cid cid;
    Digest transaction{};
    std::uint64_t gasUsed = 0;
    std::uint64_t bytes = 0; ///< sealed
    std::size_t parts = 0;
};

/// What waits, sealed, to be registered and announced.
struct SealedSize {
    content::Cid cid;
    std::uint64_t bytes = 0; ///< of all files
};

/// "DUO:0000042" or "GRU" … to the mask of the contract; at least one use. SharingUnknownPurpose (purpose).
[[nodiscard]] Result<std::uint64_t> duoMask(const std::vector<std::string> &terms);

/// A custodian by account: its newest published key. SharingUnknownCustodian (custodian) when it has none.
[[nodiscard]] Result<Custodian> custodianAt(const Actor &actor, const Address &address);
/// The administrator of the publisher's own institution.
[[nodiscard]] Result<Custodian> institutionCustodian(const Actor &actor);

/// Publishing, step by step; each step may run again after a crash and goes on where the last one ended. Order: all is built and
/// sealed here, then registered, and only when that is final do bytes reach the shared block store.
/// After a refusal (contract.*) nothing is left outside and the review is as it was.
class Publisher {
public:
    Publisher(Actor &actor, const deid::Deidentifier &engine, PublishOptions options);

    /// Title and keywords as they would be public, and counts. Changes nothing.
    [[nodiscard]] Result<PublishPreview> preview(const Progress &progress = {});

    /// What the contract would say to this account: contract.*, sharing.unknownCustodian, sharing.unknownPurpose,
    /// money.noArbiter. Changes nothing.
    [[nodiscard]] Status simulate() const;

    /// Ends the review (review.undecided), then simulates.
    [[nodiscard]] Status check();
    /// Writes the released documents, reads them back, scans them (DeidResidue: count, document), seals them.
    [[nodiscard]] Status seal(const Progress &progress = {});
    /// Between seal() and announce().
    [[nodiscard]] Result<SealedSize> sealed() const;
    /// Registers and, when there is a price, offers it for sale.
    [[nodiscard]] Status registerDataset();
    [[nodiscard]] Status announce(const Progress &progress = {});

    /// After announce().
    [[nodiscard]] const Published &published() const { return m_published; }

private:
    struct Staged;
    [[nodiscard]] Result<Staged> staged() const;
    [[nodiscard]] Status stage(const SealedPackage &package, const QByteArray &card, const QByteArray &attestation);
    [[nodiscard]] Status unstage();
    [[nodiscard]] std::string optionsText() const;
    [[nodiscard]] Result<Release> release(const Draft &draft, const Progress &progress);
    [[nodiscard]] Result<bool> wasSent() const;
    [[nodiscard]] Status offerForSale();
    [[nodiscard]] Status adoptStaged(const content::Cid &root, const Progress &progress);
    [[nodiscard]] Status restorePublished(const Draft &draft);
    [[nodiscard]] bool isDone() const { return m_done; }
    [[nodiscard]] Result<chain::Call> publishCall(const chain::Details &details) const;
    [[nodiscard]] Result<Card> makeCard(std::size_t subjects, std::size_t documents,
                                        const std::vector<std::string> &formats) const;
    [[nodiscard]] Result<std::string> publicText(const std::string &text) const;
    [[nodiscard]] QString stagingFolder() const;

    Actor &m_actor;
    const deid::Deidentifier &m_engine;
    PublishOptions m_options;
    Drafts m_drafts;
    Published m_published;
    bool m_done = false;
};

} // namespace amana::sharing
