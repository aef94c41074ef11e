// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/request_detail.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/dataset_look.h"
#include "app/workspace/payment_rows.h"
#include "app/workspace/request_actions.h"
#include "app/workspace/request_rows.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/chain/purpose.h"
#include "core/sharing/access.h"

#include <algorithm>
#include <set>

namespace amana::app {

namespace {

QString rolesOf(std::uint32_t roles)
{
    static constexpr std::pair<std::uint32_t, const char *> kNames[] = {
        {chain::roles::kUploader, "uploader"},           {chain::roles::kPatient, "patient"},
        {chain::roles::kResearcher, "researcher"},       {chain::roles::kAdministrator, "administrator"},
        {chain::roles::kBreakGlass, "breakGlass"},       {chain::roles::kAuditor, "auditor"}};
    QStringList names;
    for (const auto &[bit, name] : kNames)
        if ((roles & bit) != 0)
            names << QLatin1String(name);
    return names.join(u',');
}

/// Names, or addresses where no name is known.
QString namesOf(Seat &seat, const std::set<Address> &people)
{
    QStringList names;
    for (const Address &who : people) {
        const ports::Party party = seat.contacts().party(who);
        names << (party.name.isEmpty() ? party.address : party.name);
    }
    names.sort();
    return names.join(QStringLiteral(", "));
}

QString dayOf(std::uint64_t seconds)
{
    return seconds == 0 ? QString() : timeOf(seconds).toLocalTime().date().toString(Qt::ISODate);
}

/// Every capsule that went out is in an event for ever; who has one is not forgotten by a revocation.
struct Holders {
    std::set<Address> canOpen; ///< custodians and live grants
    std::set<Address> everHeld;
    std::uint64_t requesterUntil = 0; ///< the latest end of a live grant of this requester
};

Result<Holders> holdersOf(Seat &seat, const chain::IndexedDataset &dataset, const Address &requester)
{
    AMANA_TRY(const auto requests, seat.index().requests(requestsNow(seat, {dataset.dataset.id, {}, {}, 0})));
    Holders holders;
    holders.canOpen.insert(dataset.custodians.begin(), dataset.custodians.end());
    for (const chain::IndexedRequest &entry : requests) {
        const Address &who = entry.request.requester;
        if (entry.capsuleDigest != Digest{})
            holders.everHeld.insert(who);
        if (entry.request.state != chain::RequestState::Approved)
            continue;
        holders.canOpen.insert(who);
        if (who == requester)
            holders.requesterUntil = std::max(holders.requesterUntil, entry.request.until);
    }
    return holders;
}

Result<std::vector<ports::Consequence>> consequencesOf(Seat &seat, const chain::IndexedRequest &entry,
                                                       const chain::IndexedDataset &dataset)
{
    const chain::AccessRequest &request = entry.request;
    AMANA_TRY(const Holders now, holdersOf(seat, dataset, request.requester));
    Holders after = now;
    after.canOpen.insert(request.requester);
    after.everHeld.insert(request.requester);
    const QString votes = QStringLiteral("%1/%2");
    const int threshold = dataset.dataset.threshold;
    const bool care = request.purpose == chain::kPurposeCare;
    std::vector<ports::Consequence> rows;
    rows.push_back({QStringLiteral("canOpen"), QString::number(now.canOpen.size()),
                    QString::number(after.canOpen.size())});
    rows.push_back({QStringLiteral("ends"), dayOf(now.requesterUntil),
                    dayOf(std::max(now.requesterUntil, request.until))});
    rows.push_back({QStringLiteral("votes"), votes.arg(entry.approvals()).arg(threshold),
                    votes.arg(std::min(entry.approvals() + 1, threshold)).arg(threshold)});
    rows.push_back({QStringLiteral("sees"), {}, care ? QStringLiteral("linked") : QStringLiteral("deidentified")});
    rows.push_back({QStringLiteral("cannotRecall"), namesOf(seat, now.everHeld), namesOf(seat, after.everHeld)});
    return rows;
}

/// Comments are sealed; the newest one is the one that can be found.
Result<std::vector<ports::TimelineRow>> timelineOf(Seat &seat, const chain::IndexedRequest &entry,
                                                   const QString &comment)
{
    AMANA_TRY(const auto history, seat.index().history({entry.request.dataset, {}, 5000}));
    AMANA_TRY(const auto members, membersByAddress(seat));
    std::vector<ports::TimelineRow> rows;
    bool commented = false;
    for (const chain::HistoryRow &row : history) { // newest first
        if (row.request != entry.request.id)
            continue;
        ports::TimelineRow shown{timeOf(row.time), eventCode(row.kind), partyOf(seat, members, row.who), {}};
        if (!commented && (row.kind == "AccessReturned" || row.kind == "AccessDenied")) {
            shown.comment = comment;
            commented = true;
        }
        rows.push_back(std::move(shown));
    }
    std::reverse(rows.begin(), rows.end());
    return rows;
}

void fillLook(ports::RequestDetail &detail, const DatasetLook &look)
{
    detail.records = static_cast<int>(look.records);
    detail.subjects = static_cast<int>(look.subjects);
    detail.bytes = static_cast<qint64>(look.bytes);
    detail.policy = QString::fromStdString(look.policy);
    detail.policyBase = QString::fromStdString(look.policyBase);
    detail.policyWeaker = toQStrings(look.policyWeaker);
    for (const auto &[type, count] : look.removed)
        detail.removed.emplace_back(QString::fromStdString(type), static_cast<int>(count));
}

/// What the public card says, for those who are no custodians.
void fillCard(Seat &seat, ports::RequestDetail &detail, const chain::Dataset &dataset)
{
    const sharing::Card card = seat.cards().card(dataset.cardDigest);
    detail.records = QString::fromStdString(card.records).toInt(); // 0 for "<11"
    detail.subjects = QString::fromStdString(card.subjects).toInt();
    detail.policy = QString::fromStdString(card.policy);
}

} // namespace

Result<ports::RequestDetail> requestDetail(Seat &seat, std::uint64_t id)
{
    const auto actor = seat.hub().network().online(seat);
    AMANA_TRY(const chain::IndexedRequest entry, indexedRequest(seat, id));
    AMANA_TRY(const chain::IndexedDataset dataset, indexedDataset(seat, entry.request.dataset));
    AMANA_TRY(const auto members, membersByAddress(seat));
    AMANA_TRY(const auto past, seat.index().requests({{}, entry.request.requester, {}, 0}));
    ports::RequestDetail detail;
    AMANA_TRY(detail.row, requestRow(seat, entry));
    detail.pastRequests = static_cast<int>(std::count_if(
        past.begin(), past.end(), [&](const chain::IndexedRequest &other) { return other.request.id < id; }));
    if (const auto it = members.find(entry.request.requester); it != members.end())
        detail.roles = rolesOf(it->second.roles);
    detail.cid = QString::fromStdString(
        content::Cid{static_cast<content::Codec>(dataset.dataset.codec), dataset.dataset.cidDigest}.text());
    detail.purposeFits = chain::duoPermits(dataset.dataset.duoMask, entry.request.purpose);
    for (const chain::DuoTerm &term : chain::duoTermsIn(entry.conditions))
        detail.conditions << purposeCode(term.bit);
    detail.careAllowed = entry.request.purpose == chain::kPurposeCare;
    AMANA_TRY(detail.consequences, consequencesOf(seat, entry, dataset));
    fillCard(seat, detail, dataset.dataset);
    QString comment;
    if (actor) {
        const sharing::CustodianDesk desk(**actor);
        if (const auto message = desk.readMessage(entry.messageDigest))
            detail.message = QString::fromStdString(message->text);
        if (const auto text = desk.readComment(entry.decisionDigest))
            comment = QString::fromStdString(*text);
        if (const auto look = lookAtDataset(**actor, dataset.dataset.id))
            fillLook(detail, *look);
    }
    AMANA_TRY(detail.payment, paymentOf(seat, entry.request, dataset.dataset));
    detail.actions = actor ? simulateActions(**actor, entry, dataset) : refusedActions(actor.error());
    AMANA_TRY(detail.timeline, timelineOf(seat, entry, comment));
    return detail;
}

} // namespace amana::app
