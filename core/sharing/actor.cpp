// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/actor.h"

#include "core/chain/contracts.h"

namespace amana::sharing {

std::vector<crypto::AgeIdentity> ownIdentities(const keys::OpenProfile &profile)
{
    std::vector<crypto::AgeIdentity> identities;
    for (std::int64_t n = profile.info.currentKey; n >= 0; --n)
        identities.push_back(profile.identity.ageIdentity(static_cast<std::uint32_t>(n)));
    return identities;
}

Status ensureKeyPublished(Actor &actor, const QString &home)
{
    const chain::IdentityRegistry registry(actor.chain);
    AMANA_TRY(const chain::Member member, registry.memberOf(actor.address()));
    if (member.institution == 0 || member.suspended)
        return {};
    const auto key = actor.profile.identity.ageIdentity(actor.profile.info.currentKey).recipient().key;
    if (member.keyVersion > 0) {
        AMANA_TRY(const auto published, registry.keyOf(actor.address(), member.keyVersion));
        if (published == key)
            return {};
    }
    chain::Call call = registry.setKey(key);
    call.dedupeKey = "setKey/" + toHex(key);
    AMANA_TRY(const chain::Receipt receipt, actor.outbox.send(actor.chain, actor.chainKey, call));
    AMANA_TRY(const std::uint16_t version, chain::keyVersionSet(receipt));
    return keys::recordKeyVersion(home, actor.profile.info.name,
                                  {actor.chain.profile().name, version, actor.profile.info.currentKey});
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
