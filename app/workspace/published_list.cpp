// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/published_list.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/content/dag_reader.h"
#include "core/replication/place.h"
#include "core/replication/records.h"

#include <algorithm>

namespace amana::app {

namespace {

/// Every folder of the package is read and verified, and of every file at least the first block is there.
bool isStored(const content::BlockStore &blocks, const content::Cid &folder)
{
    const auto entries = content::listDirectory(blocks, folder);
    if (!entries)
        return false;
    for (const content::DirectoryEntry &entry : *entries) {
        if (!blocks.has(entry.cid))
            return false;
        if (entry.cid.codec != content::Codec::DagPb)
            continue;
        const auto info = content::inspectNode(blocks, entry.cid);
        if (!info || (info->kind == content::NodeKind::Directory && !isStored(blocks, entry.cid)))
            return false;
    }
    return true;
}

void countRequests(Seat &seat, std::uint64_t dataset, ports::PublishedRow &row)
{
    const auto requests = seat.index().requests(requestsNow(seat, {dataset, {}, {}, 0}));
    for (std::size_t i = 0; requests && i < requests->size(); ++i) {
        const chain::RequestState state = (*requests)[i].request.state;
        row.openRequests += state == chain::RequestState::Requested;
        row.grants += state == chain::RequestState::Approved;
    }
}

/// Titles are known here even where the public card has none.
std::map<std::uint64_t, QString> draftTitles(Seat &seat)
{
    std::map<std::uint64_t, QString> titles;
    if (const auto drafts = seat.session().drafts().list())
        for (const sharing::Draft &draft : *drafts)
            if (draft.state == sharing::DraftState::Published)
                titles.emplace(draft.dataset, QString::fromStdString(draft.title));
    return titles;
}

std::shared_ptr<const Error> problemOf(const replication::Receipt &receipt)
{
    if (receipt.problem.empty())
        return {};
    const auto &codes = allErrorCodes();
    const auto code = std::find_if(codes.begin(), codes.end(), [&](ErrorCode known) { return errorId(known) == receipt.problem; });
    return std::make_shared<const Error>(code == codes.end() ? ErrorCode::InternalUnexpected : *code,
                                         Error::Params{{"url", receipt.place}, {"detail", receipt.detail}});
}

/// What others last said, as it was recorded.
void showRecord(const replication::Record &record, ports::PublishedRow &row)
{
    row.foundBy = QString::fromStdString(record.foundBy);
    row.foundAt = timeOf(static_cast<std::uint64_t>(record.foundAt));
    row.foundByOthers = record.foundBy.empty() ? ports::Truth::NotProved : ports::Truth::Proved;
    bool whole = !record.receipts.empty();
    for (const replication::Receipt &receipt : record.receipts) {
        whole = whole && receipt.isWhole();
        row.keeping.push_back({QString::fromStdString(receipt.place), receipt.kept, receipt.wanted,
                               receipt.checked == 0 ? QDateTime() : timeOf(static_cast<std::uint64_t>(receipt.checked)),
                               problemOf(receipt)});
    }
    row.keptByOthers = whole ? ports::Truth::Proved : ports::Truth::NotProved;
}

/// Nobody else is set up to keep anything.
bool isAlone(const QString &network)
{
    const auto places = replication::loadPlaces(network);
    return places && std::none_of(places->begin(), places->end(), [](const auto &place) { return replication::keepsCopies(place.kind); });
}

} // namespace

Result<std::vector<ports::PublishedRow>> publishedRows(Seat &seat)
{
    chain::DatasetQuery mine;
    mine.owner = seat.address();
    mine.includeWithdrawn = true;
    AMANA_TRY(const auto datasets, seat.index().datasets(mine));
    const auto titles = draftTitles(seat);
    const QString network = networkFolder(seat.session().home(), seat.hub().networkName());
    const replication::Records records(network + QStringLiteral("/kept"));
    const bool alone = isAlone(network);
    std::vector<ports::PublishedRow> rows;
    for (const chain::IndexedDataset &entry : datasets) {
        const content::Cid cid{static_cast<content::Codec>(entry.dataset.codec), entry.dataset.cidDigest};
        const auto title = titles.find(entry.dataset.id);
        ports::PublishedRow row;
        row.dataset = QString::number(entry.dataset.id);
        row.title = title != titles.end() ? title->second : datasetTitle(seat, entry.dataset.id);
        row.cid = QString::fromStdString(cid.text());
        row.transaction = QStringLiteral("0x") + QString::fromStdString(toHex(entry.txHash));
        row.when = timeOf(entry.time);
        row.withdrawn = entry.dataset.status == chain::DatasetStatus::Withdrawn;
        countRequests(seat, entry.dataset.id, row);
        row.storedHere = isStored(seat.blocks(), cid) ? ports::Truth::Proved : ports::Truth::NotProved;
        row.foundByOthers = row.keptByOthers = alone ? ports::Truth::OnlyThisComputer : ports::Truth::NotProved;
        if (const auto record = records.of(cid); record && *record && !alone)
            showRecord(**record, row);
        rows.push_back(std::move(row));
    }
    std::reverse(rows.begin(), rows.end()); // the registry counts up
    return rows;
}

} // namespace amana::app
