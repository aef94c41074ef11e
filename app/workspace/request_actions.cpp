// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/request_actions.h"

#include "core/chain/purpose.h"
#include "core/crypto/hash.h"
#include "core/sharing/access.h"
#include "core/sharing/downloader.h"

#include <array>

namespace amana::app {

namespace {

using ports::RequestAction;

constexpr std::array kMoneyActions{RequestAction::Pay, RequestAction::Accept, RequestAction::Refund,
                                   RequestAction::Dispute};
constexpr std::array kActions{RequestAction::Approve, RequestAction::Return, RequestAction::Deny,
                              RequestAction::Revoke,  RequestAction::Cancel, RequestAction::Resubmit,
                              RequestAction::Download};

Status ask(sharing::Actor &actor, const chain::Call &call)
{
    return actor.chain.view(call, actor.address()).transform([](const QByteArray &) {});
}

/// The newest block of a quiet chain may be days old: what is too early for it is judged for the next block, by estimating.
Status askInTime(sharing::Actor &actor, const chain::Call &call)
{
    const Status answer = ask(actor, call);
    if (answer || answer.error().code != ErrorCode::ContractTooEarly)
        return answer;
    return actor.chain.estimateGas(call, actor.address()).transform([](std::uint64_t) {});
}

/// The contract looks at size and digest of a capsule only, so a stand-in of one byte gets the same answer. The
/// true one is not made for looking.
Status askApprove(sharing::Actor &actor, const chain::AccessRequest &request, const chain::Dataset &dataset)
{
    AMANA_TRY(const chain::Member member, chain::IdentityRegistry(actor.chain).memberOf(request.requester));
    chain::Approval approval{
        request.id, {request.revision, member.keyVersion, dataset.withdrawals, dataset.generation}, {}, {}};
    if (request.votes + 1 >= dataset.threshold) {
        approval.capsule = QByteArray(1, '\0');
        approval.capsuleDigest = crypto::sha256(bytesOf(approval.capsule));
    }
    AMANA_CHECK(ask(actor, chain::AccessGrants(actor.chain).approve(approval)));
    const auto kind = request.purpose == chain::kPurposeCare ? sharing::GrantKind::Care : sharing::GrantKind::Research;
    return sharing::CustodianDesk(actor)
        .grantKeys(request.dataset, kind)
        .transform([](const std::vector<sharing::CapsuleKey> &) {});
}

/// Credit is allowed to the market on the way, so only what the account lacks speaks against paying.
Status askPay(sharing::Actor &actor, const chain::AccessRequest &request, const chain::Dataset &dataset)
{
    const bool credit = dataset.currency == chain::Currency::Credit;
    const Status answer =
        ask(actor, chain::Market(actor.chain).pay(request.id, credit ? chain::Uint256() : dataset.price));
    if (answer || !credit || answer.error().code != ErrorCode::ContractNotEnoughCredit)
        return answer;
    AMANA_TRY(const chain::Uint256 balance, chain::ConsortiumCredit(actor.chain).balanceOf(actor.address()));
    return balance < dataset.price ? answer : Status();
}

Status simulate(sharing::Actor &actor, RequestAction action, const chain::IndexedRequest &entry,
                const chain::Dataset &dataset)
{
    const chain::AccessRequest &request = entry.request;
    const chain::AccessGrants grants(actor.chain);
    switch (action) {
    case RequestAction::Approve:
        return askApprove(actor, request, dataset);
    case RequestAction::Return:
        return ask(actor, grants.returnForChanges(request.id, Digest{}));
    case RequestAction::Deny:
        return ask(actor, grants.deny(request.id, Digest{}));
    case RequestAction::Revoke:
        return ask(actor, grants.revoke(request.id));
    case RequestAction::Cancel:
        return ask(actor, grants.cancel(request.id));
    case RequestAction::Resubmit:
        return ask(actor, grants.resubmit(request.id, {request.purpose, entry.conditions, request.until, {}}));
    case RequestAction::Download:
        return sharing::Downloader(actor, request.id, {}).checkGrant();
    case RequestAction::Pay:
        return askPay(actor, request, dataset);
    case RequestAction::Accept:
        return askInTime(actor, chain::Market(actor.chain).release(request.id));
    case RequestAction::Refund:
        return askInTime(actor, chain::Market(actor.chain).refund(request.id));
    case RequestAction::Dispute:
        return ask(actor, chain::Market(actor.chain).dispute(request.id, Digest{}));
    }
    return {};
}

} // namespace

std::vector<ports::ActionState> simulateActions(sharing::Actor &actor, const chain::IndexedRequest &request,
                                                const chain::IndexedDataset &dataset)
{
    std::vector<RequestAction> actions(kActions.begin(), kActions.end());
    if (!dataset.dataset.price.isZero())
        actions.insert(actions.end(), kMoneyActions.begin(), kMoneyActions.end());
    std::vector<ports::ActionState> states;
    for (const RequestAction action : actions) {
        ports::ActionState state{action, {}};
        if (const Status answer = simulate(actor, action, request, dataset.dataset); !answer)
            state.refused = answer.error();
        states.push_back(std::move(state));
    }
    return states;
}

std::vector<ports::ActionState> refusedActions(const Error &reason)
{
    std::vector<ports::ActionState> states;
    for (const RequestAction action : kActions)
        states.push_back({action, reason});
    return states;
}

} // namespace amana::app
