// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/outbox_carrier.h"

#include "core/chain/fault.h"
#include "core/chain/json_fields.h"
#include "core/chain/revert.h"

#include <algorithm>

namespace amana::chain {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kPatience(60);
constexpr milliseconds kFirstPause(2);
constexpr milliseconds kLastPause(1000);
constexpr milliseconds kSecondLook(300);

Error namedError(const std::string &id)
{
    const auto &codes = allErrorCodes();
    const auto found =
        std::find_if(codes.begin(), codes.end(), [&id](ErrorCode code) { return errorId(code) == id; });
    return Error(found == codes.end() ? ErrorCode::ChainRpcError : *found);
}

} // namespace

/// Nonce, receipts and pool in one request: one node must say it all, or a node that lags behind the first
/// would make our own transaction look like somebody else's.
Result<Sight> OutboxCarrier::lookOnce(const OutboxRow &row) const
{
    const std::size_t count = row.attempts.size();
    std::vector<RpcRequest> requests{{"eth_getTransactionCount", {hexText(row.entry.account), "latest"}}};
    for (const Attempt &attempt : row.attempts)
        requests.push_back({"eth_getTransactionReceipt", {hexText(attempt.hash)}});
    for (const Attempt &attempt : row.attempts)
        requests.push_back({"eth_getTransactionByHash", {hexText(attempt.hash)}});
    AMANA_TRY(const auto answers, m_chain.rpc().batch(requests));
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (answers[i].error)
            return fail(meaningOf(*answers[i].error, requests[i].method));
    AMANA_TRY(const std::uint64_t mined, jsonNumber(answers[0].result, ""));
    Sight sight;
    for (std::size_t i = 0; i < count; ++i) {
        if (!answers[1 + i].result.is_null()) {
            AMANA_TRY(sight.receipt, m_chain.receipt(row.attempts[i].hash));
            sight.mined = &row.attempts[i];
        }
        sight.newestPooled = !answers[1 + count + i].result.is_null();
        if (sight.newestPooled)
            sight.where = Sight::Where::Pool;
    }
    if (sight.receipt)
        sight.where = Sight::Where::Block;
    else if (sight.where == Sight::Where::Nowhere && mined > row.entry.nonce)
        sight.where = Sight::Where::Taken;
    return sight;
}

Result<Sight> OutboxCarrier::look(const OutboxRow &row) const
{
    AMANA_TRY(Sight sight, lookOnce(row));
    if (sight.where == Sight::Where::Taken) {
        // Much depends on this one: an action whose nonce is taken may be signed anew. A node that was just
        // taking in the block may have answered from before and from after it.
        m_chain.awaitBlock(kSecondLook);
        AMANA_TRY(sight, lookOnce(row));
    }
    AMANA_CHECK(judgeFinality(sight, row));
    return sight;
}

Status OutboxCarrier::judgeFinality(Sight &sight, const OutboxRow &row) const
{
    const bool block = sight.where == Sight::Where::Block;
    if (!block && sight.where != Sight::Where::Taken)
        return {};
    const NetworkProfile &profile = m_chain.profile();
    if (profile.finalityDepth == 0 && !profile.finalizedTag) {
        sight.settled = true;
        return {};
    }
    AMANA_TRY(const Block head, m_chain.head());
    AMANA_TRY(const std::uint64_t final, m_chain.finalBlock(head));
    if (block) {
        sight.confirmations = head.number > sight.receipt->block ? head.number - sight.receipt->block : 0;
        sight.settled = sight.receipt->block <= final;
        return {};
    }
    AMANA_TRY(const std::uint64_t mined, m_chain.minedNonce(row.entry.account, final));
    sight.settled = mined > row.entry.nonce;
    return {};
}

Result<std::optional<Receipt>> OutboxCarrier::step(std::int64_t id)
{
    AMANA_TRY(const auto row, m_store.find(id));
    if (!row || row->attempts.empty())
        return fail(ErrorCode::StoreCorrupt, {{"entry", std::to_string(id)}});
    if (isEnd(row->entry.state))
        return ended(*row);
    AMANA_TRY(const Sight sight, look(*row));
    switch (sight.where) {
    case Sight::Where::Block:
        return inBlock(*row, sight);
    case Sight::Where::Taken:
        return taken(*row, sight);
    case Sight::Where::Pool:
    case Sight::Where::Nowhere:
        break;
    }
    return waiting(*row, sight);
}

Result<std::optional<Receipt>> OutboxCarrier::inBlock(const OutboxRow &row, const Sight &sight)
{
    faultPoint("outbox.mined");
    const Receipt &receipt = *sight.receipt;
    OutboxStore::Seen seen{OutboxState::Mined, true, receipt.block, sight.confirmations, sight.mined->hash};
    if (!sight.settled) {
        AMANA_CHECK(m_store.record(row, seen));
        return std::optional<Receipt>();
    }
    std::optional<Error> error;
    if (sight.mined->cancels)
        error = Error(ErrorCode::ChainCancelled);
    else if (!receipt.succeeded)
        error = refusal(row, receipt);
    seen.state = sight.mined->cancels ? OutboxState::Replaced
                 : receipt.succeeded  ? OutboxState::Final
                                      : OutboxState::Rejected;
    seen.error = error ? errorId(error->code) : "";
    AMANA_CHECK(m_store.record(row, seen));
    if (error)
        return fail(*error);
    return sight.receipt;
}

Result<std::optional<Receipt>> OutboxCarrier::taken(const OutboxRow &row, const Sight &sight)
{
    if (!sight.settled) // what took it may be taken away itself, and ours be mined after all
        return std::optional<Receipt>();
    AMANA_CHECK(m_store.record(row, {OutboxState::Replaced, true, 0, 0, {},
                                     std::string(errorId(ErrorCode::ChainNonce))}));
    return fail(ErrorCode::ChainNonce, {{"label", row.entry.label}});
}

/// In no block: what the node lacks is handed in, after what must go before it.
Result<std::optional<Receipt>> OutboxCarrier::waiting(const OutboxRow &row, const Sight &sight)
{
    const bool fresh = row.entry.state == OutboxState::Signed;
    const bool pooled = sight.where == Sight::Where::Pool;
    if (!sight.newestPooled) {
        if (row.entry.state == OutboxState::Sent && !pooled)
            AMANA_CHECK(m_store.record(row, {OutboxState::Dropped}));
        AMANA_CHECK(handEarlier(row));
        const Attempt &newest = row.attempts.back();
        AMANA_TRY(const Handed handed, m_chain.handIn(newest.raw, newest.hash));
        if (handed.admission == Admission::Refused && !pooled) {
            const std::string error(errorId(handed.refusal->code));
            // Only what no node ever took may be given up, and its nonce be used again.
            AMANA_CHECK(m_store.record(
                row, {fresh ? OutboxState::Rejected : OutboxState::Dropped, false, 0, 0, {}, error}));
            return fail(*handed.refusal);
        }
        if (handed.admission != Admission::Accepted && !pooled)
            return std::optional<Receipt>(); // its nonce is in use; the next look tells by whom
        faultPoint("outbox.sent");
    }
    AMANA_CHECK(m_store.record(row, {OutboxState::Sent}));
    return std::optional<Receipt>();
}

/// What waits with a lower nonce goes first, whoever stored it: a gap would hold this one for ever.
Status OutboxCarrier::handEarlier(const OutboxRow &row)
{
    AMANA_TRY(const auto rows, m_store.before(outboxNetwork(m_chain), row));
    for (const OutboxRow &earlier : rows) {
        const Attempt &newest = earlier.attempts.back();
        AMANA_TRY(const Handed handed, m_chain.handIn(newest.raw, newest.hash));
        if (handed.admission == Admission::Refused)
            return fail(*handed.refusal);
        if (handed.admission == Admission::Accepted)
            AMANA_CHECK(m_store.record(earlier, {OutboxState::Sent}));
    }
    return {};
}

/// Somebody brought it there before us.
Result<std::optional<Receipt>> OutboxCarrier::ended(const OutboxRow &row) const
{
    if (row.entry.state != OutboxState::Final)
        return fail(namedError(row.entry.error));
    AMANA_TRY(auto receipt, m_chain.receipt(row.entry.txHash));
    if (!receipt) // a node that lags, or forgets: the state stands
        return fail(ErrorCode::ChainTimeout, {{"label", row.entry.label}});
    return receipt;
}

/// A receipt does not say why. The same call on top of the block before does; or on top of its own block,
/// when what stands in the way came in that block.
Error OutboxCarrier::refusal(const OutboxRow &row, const Receipt &receipt) const
{
    for (const std::uint64_t at : {receipt.block - 1, receipt.block}) {
        const auto replayed = m_chain.view(row.call, row.entry.account, at);
        if (!replayed && isRefusal(replayed.error()))
            return replayed.error();
    }
    return Error(ErrorCode::ChainReverted, {{"label", row.entry.label}});
}

Result<Receipt> OutboxCarrier::carry(std::int64_t id)
{
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (milliseconds pause = kFirstPause;; pause = std::min(pause * 2, kLastPause)) {
        AMANA_TRY(auto receipt, step(id));
        if (receipt)
            return std::move(*receipt);
        if (std::chrono::steady_clock::now() >= end)
            return fail(ErrorCode::ChainTimeout, {{"entry", std::to_string(id)}});
        m_chain.awaitBlock(pause);
    }
}

} // namespace amana::chain
