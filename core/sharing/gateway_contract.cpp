// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/gateway_contract.h"

#include "core/chain/contracts.h"
#include "core/chain/registered_dataset.h"
#include "core/sharing/dataset_keys.h"

#include <map>
#include <memory>
#include <mutex>

namespace amana::sharing {

namespace {

/// An entry's CID never changes (a new version is a new entry), so it is looked up once.
struct Roots {
    std::mutex mutex;
    std::map<std::uint64_t, content::Cid> known;

    Result<content::Cid> of(Actor &actor, std::uint64_t dataset)
    {
        const std::lock_guard lock(mutex); // also: one sync of the index at a time
        if (const auto it = known.find(dataset); it != known.end())
            return it->second;
        AMANA_TRY(const chain::Dataset entry, chain::registeredDataset(actor.chain, actor.index, dataset));
        return known.emplace(dataset, rootOf(entry)).first->second;
    }
};

Result<GrantNow> ask(Actor &actor, Roots &roots, std::uint64_t id)
{
    const chain::AccessGrants grants(actor.chain);
    const auto request = grants.requestOf(id);
    if (!request) {
        if (request.error().code == ErrorCode::ContractUnknownRequest)
            return GrantNow();
        return fail(request.error());
    }
    AMANA_TRY(const bool allowed, grants.isAllowed(id));
    GrantNow now{request->requester, request->dataset, {}, false};
    AMANA_TRY(now.root, roots.of(actor, request->dataset));
    now.allowed = allowed && request->state == chain::RequestState::Approved
               && static_cast<std::int64_t>(request->until) > actor.clock.now().toSecsSinceEpoch();
    return now;
}

} // namespace

AskContract contractOf(Actor &actor)
{
    const auto roots = std::make_shared<Roots>(); // shared by the copies of one function
    return [&actor, roots](std::uint64_t request) { return ask(actor, *roots, request); };
}

} // namespace amana::sharing
