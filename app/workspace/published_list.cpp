// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/published_list.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"
#include "core/content/dag_reader.h"

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

} // namespace

Result<std::vector<ports::PublishedRow>> publishedRows(Seat &seat)
{
    chain::DatasetQuery mine;
    mine.owner = seat.address();
    mine.includeWithdrawn = true;
    AMANA_TRY(const auto datasets, seat.index().datasets(mine));
    const auto titles = draftTitles(seat);
    const bool alone = seat.hub().network().status().thisComputer;
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
        rows.push_back(std::move(row));
    }
    std::reverse(rows.begin(), rows.end()); // the registry counts up
    return rows;
}

} // namespace amana::app
