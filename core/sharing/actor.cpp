// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/actor.h"

#include "core/chain/identity_registry.h"
#include "core/chain/revert.h"

namespace amana::sharing {

Result<crypto::AgeRecipient> newestRecipient(const chain::Chain &chain, const Address &who)
{
    const chain::IdentityRegistry registry(chain);
    AMANA_TRY(const chain::Member member, registry.memberOf(who));
    AMANA_TRY(const auto key, registry.keyOf(who, member.keyVersion));
    return crypto::AgeRecipient{key};
}

Result<content::Cid> putObject(replication::Storage &blocks, const QByteArray &bytes, const std::string &name)
{
    const content::Cid cid = content::Cid::of(content::Codec::Raw, bytesOf(bytes));
    AMANA_CHECK(blocks.put(cid, bytesOf(bytes)));
    AMANA_CHECK(blocks.flush());
    AMANA_CHECK(blocks.announce(cid, name));
    return cid;
}

Result<chain::Receipt> sendWithObject(Actor &actor, const chain::Call &call, const QByteArray &object)
{
    if (object.isEmpty())
        return actor.outbox.send(actor.chain, actor.chainKey, call);
    if (!call.dedupeKey.empty()) {
        AMANA_TRY(const auto earlier, actor.outbox.receiptOf(actor.chain, call.dedupeKey));
        if (earlier) // done already; asked again it would be refused
            return *earlier;
    }
    AMANA_CHECK(actor.chain.view(call, actor.address()).transform([](const QByteArray &) {}));
    AMANA_TRY(const content::Cid cid, putObject(actor.blocks, object, call.label));
    auto receipt = actor.outbox.send(actor.chain, actor.chainKey, call);
    if (receipt)
        (void)actor.blocks.replicate(cid); // who could not be reached is on record, and is given it later
    else if (chain::isRefusal(receipt.error()))
        AMANA_CHECK(actor.blocks.retract(cid));
    return receipt;
}

Result<QByteArray> getObject(const content::BlockSource &blocks, const Digest &digest)
{
    return blocks.get({content::Codec::Raw, digest});
}

} // namespace amana::sharing
