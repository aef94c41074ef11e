// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QDateTime>
#include <QStringList>

#include <memory>
#include <utility>
#include <vector>

namespace amana::ports {

/// Somebody who can be given the right to decide on a dataset.
struct CustodianChoice {
    QString id;    ///< address, or "institution"
    Party party;
    bool hasKey = true; ///< without a published key nothing can be sealed for them
};

struct PublishSpec {
    QString draft;
    QString title;
    QStringList keywords;
    QStringList custodians; ///< ids of CustodianChoice
    int threshold = 1;
    QStringList purposes;   ///< DUO codes, uses and modifiers
    QString price{};        ///< of one request, "5 AMC"; empty: free
    QString arbiter{};      ///< id of a CustodianChoice who decides disputes; empty: free
    bool emergencyAccess = false; ///< whether an emergency may be declared
};

/// What will happen, before it happens. `problems` empty: it may be started.
struct PublishPreview {
    QString title;                                 ///< as the catalogue will show it, after de-identification
    QStringList keywords;
    int documents = 0;
    int subjects = 0;
    int parts = 0;
    qint64 bytes = 0;                              ///< released, before sealing
    std::vector<std::pair<QString, int>> removed;  ///< edit type → number of edits applied
    std::vector<Party> custodians;
    int threshold = 1;
    QString policy;                                ///< id; a user's own has a base
    QString policyBase;                            ///< empty: bundled
    QStringList policyWeaker;                      ///< places where it lets more stand than its base
    QString custody;                               ///< "patient" | "committee" | "institution"
    bool publisherCanOpen = false;                 ///< later, from the network, with the own keys
    QString network;
    bool thisComputer = true;
    QString price;                                 ///< "5 AMC"; empty: free
    Party arbiter;
    bool emergencyAccess = false;
    QString fee;                                   ///< "0" or amount with unit
    bool sampled = true;                           ///< unmarked text was sampled in review
    std::vector<Error> problems;                   ///< review.undecided, sharing.*, contract.* (simulated)
};

/// "Published" is three truths, each with its own proof.
enum class Truth { NotProved, Proved, OnlyThisComputer };

/// What somebody else last said about the copies that he keeps.
struct Keeping {
    QString place; ///< the user's name for it
    int kept = 0;
    int wanted = 1;
    QDateTime checked; ///< invalid: no answer yet
    std::shared_ptr<const Error> problem; ///< of the last attempt; null: none
};

struct PublishedRow {
    QString dataset; ///< number in the registry
    QString title;
    QString cid;
    QString transaction;
    QDateTime when;
    bool withdrawn = false;
    int openRequests = 0;
    int grants = 0;
    Truth storedHere = Truth::NotProved;
    Truth foundByOthers = Truth::NotProved;
    Truth keptByOthers = Truth::NotProved;
    QString foundBy;   ///< the place that found it
    QDateTime foundAt;
    std::vector<Keeping> keeping;
};

/// From a reviewed draft to an entry in the registry.
class PublishPort {
public:
    virtual ~PublishPort() = default;

    virtual Future<std::vector<CustodianChoice>> custodianChoices() = 0;
    [[nodiscard]] virtual QStringList purposes() const = 0; ///< DUO codes this program knows, uses first
    virtual Future<PublishPreview> preview(const PublishSpec &spec) = 0;
    virtual Future<JobId> start(const PublishSpec &spec) = 0;
    virtual Future<std::vector<PublishedRow>> published() = 0;
    /// A job that asks everybody who keeps copies, and gives what is missing.
    virtual Future<JobId> keep(const QString &dataset) = 0;
};

} // namespace amana::ports
