// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/catalogue_adapter.h"

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
        row.price = QString::fromStdString(dataset.price.toDecimal());
    row.published = timeOf(entry.time);
    row.cid = QString::fromStdString(
        content::Cid{static_cast<content::Codec>(dataset.codec), dataset.cidDigest}.text());
    row.withdrawn = dataset.status != chain::DatasetStatus::Published;
    return row;
}

bool matches(const ports::CatalogueRow &row, const QString &query)
{
    const QStringList texts = row.keywords
        + QStringList{row.title, row.dataset, row.cid, row.owner.name, row.owner.address, row.owner.institution};
    return query.isEmpty() || std::any_of(texts.begin(), texts.end(), [&](const QString &text) {
               return text.contains(query, Qt::CaseInsensitive);
           });
}

Result<std::vector<ports::CatalogueRow>> rowsOf(Seat &seat, const QString &query, const QString &purpose)
{
    chain::DatasetQuery wanted;
    wanted.includeWithdrawn = true; // shown to those who asked for it or own it
    if (!purpose.isEmpty()) {
        AMANA_TRY(const chain::DuoTerm term, chain::duoTerm(purpose.toStdString()));
        wanted.purpose = term.bit;
    }
    AMANA_TRY(const auto datasets, seat.index().datasets(wanted));
    AMANA_TRY(const auto own, ownRequests(seat));
    std::vector<ports::CatalogueRow> rows;
    for (const chain::IndexedDataset &entry : datasets) {
        ports::CatalogueRow row = rowOf(seat, entry);
        if (const auto it = own.find(entry.dataset.id); it != own.end())
            row.ownRequest = QString::number(it->second);
        const bool concernsMe = !row.ownRequest.isEmpty() || entry.dataset.owner == seat.address();
        if ((!row.withdrawn || concernsMe) && matches(row, query))
            rows.push_back(std::move(row));
    }
    std::reverse(rows.begin(), rows.end()); // the registry counts up: newest first
    return rows;
}

} // namespace

ports::Future<std::vector<ports::CatalogueRow>> CatalogueAdapter::entries(const QString &query,
                                                                          const QString &purpose)
{
    return m_hub.onSeat(m_hub.reading(), [query = query.trimmed(), purpose](Seat &seat) {
        return rowsOf(seat, query, purpose);
    });
}

ports::FutureStatus CatalogueAdapter::refresh()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) -> Status {
        AMANA_TRY(sharing::Actor * actor, seat.hub().network().online(seat));
        return seat.hub().network().refresh(seat, *actor);
    });
}

} // namespace amana::app
