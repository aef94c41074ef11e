// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/catalogue_adapter.h"

#include "app/workspace/catalogue_words.h"
#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/chain/purpose.h"
#include "core/content/cid.h"

#include <algorithm>

namespace amana::app {

namespace {

bool isLive(chain::RequestState state)
{
    return state == chain::RequestState::Requested || state == chain::RequestState::Returned
        || state == chain::RequestState::Approved;
}

/// Dataset → number of my newest request that is open or approved.
Result<std::map<std::uint64_t, std::uint64_t>> ownRequests(Seat &seat)
{
    AMANA_TRY(const auto requests, seat.index().requests(requestsNow(seat, {{}, seat.address(), {}, 0})));
    std::map<std::uint64_t, std::uint64_t> own;
    for (const chain::IndexedRequest &entry : requests)
        if (isLive(entry.request.state))
            own[entry.request.dataset] = std::max(own[entry.request.dataset], entry.request.id);
    return own;
}

ports::CatalogueRow rowOf(Seat &seat, const chain::IndexedDataset &entry)
{
    const chain::Dataset &dataset = entry.dataset;
    const sharing::Card card = seat.cards().card(dataset.cardDigest);
    ports::CatalogueRow row;
    row.dataset = QString::number(dataset.id);
    row.kind = dataset.kind == chain::DatasetKind::Model ? QStringLiteral("model") : QStringLiteral("dataset");
    row.title = QString::fromStdString(card.title);
    row.keywords = toQStrings(card.keywords);
    row.owner = seat.contacts().party(dataset.owner, dataset.institution);
    row.records = QString::fromStdString(card.records);
    row.subjects = QString::fromStdString(card.subjects);
    for (const chain::DuoTerm &term : chain::duoTermsIn(dataset.duoMask)) {
        const QString code = purposeCode(term.bit);
        row.purposes << code;
        if (term.role == chain::DuoRole::Condition)
            row.conditions << code;
    }
    row.custody = QString::fromStdString(card.custody);
    if (!dataset.price.isZero())
        row.price = priceText(seat, {dataset.currency, dataset.price});
    row.published = timeOf(entry.time);
    row.cid = QString::fromStdString(
        content::Cid{static_cast<content::Codec>(dataset.codec), dataset.cidDigest}.text());
    row.withdrawn = dataset.status != chain::DatasetStatus::Published;
    return row;
}

/// Positions cross the port as text: "<number>" or "<number> <rank>".
QString textOf(const std::optional<chain::CataloguePosition> &position)
{
    if (!position)
        return {};
    const QString number = QString::number(position->dataset);
    return position->rank ? number + QLatin1Char(' ') + QString::number(*position->rank, 'g', 17) : number;
}

Result<chain::CataloguePosition> positionOf(const QString &text)
{
    chain::CataloguePosition position;
    AMANA_TRY(position.dataset, numberOf(text.section(QLatin1Char(' '), 0, 0)));
    bool hasRank = false;
    const double rank = text.section(QLatin1Char(' '), 1).toDouble(&hasRank);
    if (hasRank)
        position.rank = rank;
    return position;
}

Result<ports::CataloguePage> pageOf(Seat &seat, const ports::CatalogueSearch &search)
{
    chain::CatalogueQuery query = catalogueQuery(seat.contacts(), search.text);
    query.concerning = seat.address(); // withdrawn ones are shown to those who asked for them or own them
    query.limit = static_cast<std::uint32_t>(std::max(1, search.count));
    if (!search.purpose.isEmpty()) {
        AMANA_TRY(const chain::DuoTerm term, chain::duoTerm(search.purpose.toStdString()));
        query.purposes = {term.bit};
    }
    if (!search.after.isEmpty()) {
        AMANA_TRY(query.after, positionOf(search.after));
    } else {
        AMANA_CHECK(seat.readNewCards());
    }
    AMANA_TRY(const chain::CataloguePage found, seat.index().search(query));
    AMANA_TRY(const auto own, ownRequests(seat));
    ports::CataloguePage page;
    for (const chain::IndexedDataset &entry : found.entries) {
        ports::CatalogueRow row = rowOf(seat, entry);
        if (const auto it = own.find(entry.dataset.id); it != own.end())
            row.ownRequest = QString::number(it->second);
        page.rows.push_back(std::move(row));
    }
    page.next = textOf(found.next);
    return page;
}

} // namespace

ports::Future<ports::CataloguePage> CatalogueAdapter::entries(const ports::CatalogueSearch &search)
{
    return m_hub.onSeat(m_hub.reading(), [search](Seat &seat) { return pageOf(seat, search); });
}

ports::FutureStatus CatalogueAdapter::refresh()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) -> Status {
        AMANA_TRY(sharing::Actor * actor, seat.hub().network().online(seat));
        return seat.hub().network().refresh(seat, *actor);
    });
}

} // namespace amana::app
