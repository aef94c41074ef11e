// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/payment_rows.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/sharing/access.h"
#include "core/sharing/purchases.h"

#include <algorithm>

namespace amana::app {

namespace {

/// A comment that was sealed for this profile; empty offline, and when it was for somebody else.
QString openedText(Seat &seat, const Digest &digest)
{
    const auto actor = seat.hub().network().online(seat);
    if (!actor || digest == Digest{})
        return {};
    const auto text = sharing::CustodianDesk(**actor).readComment(digest);
    return text ? QString::fromStdString(*text) : QString();
}

/// Who decides a dispute: under the terms of the purchase, else under those of now.
Result<ports::Party> arbiterOf(Seat &seat, const std::optional<chain::IndexedPurchase> &purchase, std::uint64_t dataset)
{
    AMANA_TRY(sharing::Actor * actor, seat.hub().network().online(seat));
    const chain::Market market(actor->chain);
    AMANA_TRY(const std::uint64_t listed, market.listingOf(dataset));
    AMANA_TRY(const chain::Terms terms, market.termsOf(purchase ? purchase->purchase.terms : listed));
    AMANA_TRY(const auto members, membersByAddress(seat));
    return partyOf(seat, members, terms.arbiter);
}

bool decides(Seat &seat, const std::vector<Address> &custodians)
{
    return std::find(custodians.begin(), custodians.end(), seat.address()) != custodians.end();
}

} // namespace

Result<ports::Payment> paymentOf(Seat &seat, const chain::AccessRequest &request, const chain::Dataset &dataset)
{
    ports::Payment payment;
    if (dataset.price.isZero())
        return payment;
    payment.price = priceText(seat, {dataset.currency, dataset.price});
    AMANA_TRY(const auto purchase, seat.index().purchase(request.id));
    payment.state = QStringLiteral("unpaid");
    if (purchase) {
        const std::string_view name = chain::purchaseStateName(purchase->purchase.state);
        payment.state = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        payment.reason = openedText(seat, purchase->reasonDigest);
        if (const auto deadline = sharing::deadlineOf(purchase->purchase))
            payment.until = timeOf(*deadline);
    }
    if (const auto arbiter = arbiterOf(seat, purchase, dataset.id))
        payment.arbiter = *arbiter;
    return payment;
}

Result<std::vector<ports::EmergencyRow>> emergencyRows(Seat &seat)
{
    AMANA_TRY(const auto emergencies, seat.index().emergencies());
    AMANA_TRY(const auto members, membersByAddress(seat));
    const auto self = members.find(seat.address());
    const bool reviews = self != members.end() && (self->second.roles & chain::roles::kAuditor) != 0;
    const auto now = static_cast<std::uint64_t>(seat.hub().clock().now().toSecsSinceEpoch());
    std::vector<ports::EmergencyRow> rows;
    for (std::size_t i = 0; i < emergencies.size(); ++i) {
        const chain::IndexedEmergency &entry = emergencies[i];
        AMANA_TRY(const auto dataset, seat.index().dataset(entry.dataset));
        if (!reviews && entry.who != seat.address() && !(dataset && decides(seat, dataset->custodians)))
            continue;
        ports::EmergencyRow row;
        row.id = QString::number(emergencies.size() - i); // the newest has the greatest
        row.dataset = QString::number(entry.dataset);
        row.datasetTitle = datasetTitle(seat, entry.dataset);
        row.who = partyOf(seat, members, entry.who);
        row.declared = timeOf(entry.time);
        row.until = timeOf(entry.until);
        const bool reviewed = entry.auditor != Address{};
        row.state = reviewed              ? QString::fromLatin1(entry.justified ? "justified" : "notJustified")
                    : now < entry.until ? QStringLiteral("open")
                                          : QStringLiteral("reviewDue");
        row.reason = openedText(seat, entry.reasonDigest);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace amana::app
