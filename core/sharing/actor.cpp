// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/actor.h"

#include "core/chain/identity_registry.h"

namespace amana::sharing {

Result<crypto::AgeRecipient> newestRecipient(const chain::Chain &chain, const Address &who)
{
    const chain::IdentityRegistry registry(chain);
    AMANA_TRY(const chain::Member member, registry.memberOf(who));
    AMANA_TRY(const auto key, registry.keyOf(who, member.keyVersion));
    return crypto::AgeRecipient{key};
}

Result<Digest> putObject(content::BlockStore &blocks, const QByteArray &bytes)
{
    const content::Cid cid = content::Cid::of(content::Codec::Raw, bytesOf(bytes));
    AMANA_CHECK(blocks.put(cid, bytesOf(bytes)));
    AMANA_CHECK(blocks.flush());
    return cid.digest;
}

Result<chain::Receipt> sendWithObject(Actor &actor, const chain::Call &call, const QByteArray &object)
{
    if (!object.isEmpty()) {
        if (!call.dedupeKey.empty()) {
            AMANA_TRY(const auto earlier, actor.outbox.receiptOf(actor.chain, call.dedupeKey));
            if (earlier) // done already; asked again it would be refused
                return *earlier;
        }
        AMANA_CHECK(actor.chain.view(call, actor.address()).transform([](const QByteArray &) {}));
        AMANA_CHECK(putObject(actor.blocks, object).transform([](const Digest &) {}));
    }
    return actor.outbox.send(actor.chain, actor.chainKey, call);
}

Result<QByteArray> getObject(const content::BlockSource &blocks, const Digest &digest)
{
    return blocks.get({content::Codec::Raw, digest});
}

} // namespace amana::sharing
