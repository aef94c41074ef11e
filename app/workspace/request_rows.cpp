// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/request_rows.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"

#include <algorithm>

namespace amana::app {

namespace {

bool isCustodian(const Seat &seat, const chain::IndexedDataset &dataset)
{
    return std::find(dataset.custodians.begin(), dataset.custodians.end(), seat.address()) != dataset.custodians.end();
}

/// With k of n: a vote of mine on the newest revision. The history has the newest first.
bool hasVoted(const Seat &seat, const chain::IndexedRequest &entry)
{
    if (entry.request.votes == 0)
        return false;
    const auto history = seat.index().history({entry.request.dataset, {}, 1000});
    for (std::size_t i = 0; history && i < history->size(); ++i) {
        const chain::HistoryRow &row = (*history)[i];
        if (row.request != entry.request.id)
            continue;
        if (row.kind == "AccessRequested")
            return false;
        if (row.kind == "AccessVoted" && row.who == seat.address())
            return true;
    }
    return false;
}

Result<std::vector<ports::RequestRow>> rowsOf(Seat &seat, const chain::RequestQuery &query)
{
    AMANA_TRY(const auto entries, seat.index().requests(requestsNow(seat, query)));
    std::vector<ports::RequestRow> rows;
    for (const chain::IndexedRequest &entry : entries) {
        AMANA_TRY(ports::RequestRow row, requestRow(seat, entry));
        rows.push_back(std::move(row));
    }
    std::reverse(rows.begin(), rows.end()); // the contract counts up
    return rows;
}

} // namespace

Result<chain::IndexedDataset> indexedDataset(Seat &seat, std::uint64_t id)
{
    AMANA_TRY(auto dataset, seat.index().dataset(id));
    if (!dataset)
        return fail(ErrorCode::StoreNotFound, {{"id", std::to_string(id)}});
    return std::move(*dataset);
}

Result<chain::IndexedRequest> indexedRequest(Seat &seat, std::uint64_t id)
{
    AMANA_TRY(auto request, seat.index().request(id));
    if (!request)
        return fail(ErrorCode::StoreNotFound, {{"id", std::to_string(id)}});
    // By our clock: the index knows only the time of the newest block.
    AMANA_TRY(const auto all, seat.index().requests(requestsNow(seat, {request->request.dataset, {}, {}, 0})));
    for (const chain::IndexedRequest &entry : all)
        if (entry.request.id == id)
            return entry;
    return std::move(*request);
}

Result<ports::RequestRow> requestRow(Seat &seat, const chain::IndexedRequest &entry)
{
    const chain::AccessRequest &request = entry.request;
    AMANA_TRY(const chain::IndexedDataset dataset, indexedDataset(seat, request.dataset));
    AMANA_TRY(const auto members, membersByAddress(seat));
    ports::RequestRow row;
    row.id = QString::number(request.id);
    row.dataset = QString::number(request.dataset);
    row.datasetTitle = datasetTitle(seat, request.dataset);
    row.requester = partyOf(seat, members, request.requester);
    row.purpose = purposeCode(request.purpose);
    row.until = timeOf(request.until);
    row.created = timeOf(entry.created);
    row.state = portState(request.state);
    row.revision = request.revision;
    row.votes = entry.approvals();
    row.threshold = dataset.dataset.threshold;
    if (request.state == chain::RequestState::Requested && isCustodian(seat, dataset))
        row.waitsForMe = !hasVoted(seat, entry);
    if (request.state == chain::RequestState::Returned)
        row.waitsForMe = request.requester == seat.address();
    return row;
}

Result<std::vector<ports::RequestRow>> incomingRequests(Seat &seat)
{
    return rowsOf(seat, {{}, {}, seat.address(), 0});
}

Result<std::vector<ports::RequestRow>> outgoingRequests(Seat &seat)
{
    return rowsOf(seat, {{}, seat.address(), {}, 0});
}

} // namespace amana::app
