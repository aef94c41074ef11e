// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/own_keys.h"

#include "core/chain/identity_registry.h"
#include "core/chain/revert.h"

#include <optional>

namespace amana::sharing {

namespace {

using X25519Key = std::array<std::uint8_t, 32>;

X25519Key publicKey(const keys::OpenProfile &profile, std::uint32_t n)
{
    return profile.identity.ageIdentity(n).recipient().key;
}

/// Which of the profile's keys this is.
std::optional<std::uint32_t> placeOf(const keys::OpenProfile &profile, const X25519Key &key)
{
    for (std::uint32_t n = 0; n <= profile.info.currentKey + kKeyGap; ++n)
        if (publicKey(profile, n) == key)
            return n;
    return {};
}

/// What the registry refuses today (no member, suspended, a closed institution, a pause) is tried at the next connection.
Status publish(Actor &actor, const QString &home)
{
    const std::uint32_t current = actor.profile.info.currentKey;
    const X25519Key key = publicKey(actor.profile, current);
    chain::Call call = chain::IdentityRegistry(actor.chain).setKey(key);
    call.dedupeKey = "setKey/" + toHex(key); // once: another profile may have the same account and set its own
    if (const auto asked = actor.chain.view(call, actor.address()); !asked)
        return chain::isRefusal(asked.error()) ? Status() : Status(fail(asked.error()));
    AMANA_TRY(const chain::Receipt receipt, actor.outbox.send(actor.chain, actor.chainKey, call));
    AMANA_TRY(const std::uint16_t version, chain::keyVersionSet(receipt));
    return keys::recordKeyVersion(home, actor.profile.info.name, {actor.chain.profile().name, version, current});
}

} // namespace

std::vector<crypto::AgeIdentity> ownIdentities(const keys::OpenProfile &profile)
{
    const std::uint32_t current = profile.info.currentKey;
    std::vector<crypto::AgeIdentity> identities;
    for (std::int64_t n = current; n >= 0; --n)
        identities.push_back(profile.identity.ageIdentity(static_cast<std::uint32_t>(n)));
    for (std::uint32_t n = current + 1; n <= current + kKeyGap; ++n)
        identities.push_back(profile.identity.ageIdentity(n));
    return identities;
}

crypto::AgeRecipient ownRecipient(const Actor &actor)
{
    return actor.profile.identity.ageIdentity(actor.profile.info.currentKey).recipient();
}

Status ensureKeyPublished(Actor &actor, const QString &home)
{
    const chain::IdentityRegistry registry(actor.chain);
    AMANA_TRY(const chain::Member member, registry.memberOf(actor.address()));
    if (member.institution == 0)
        return {};
    if (member.keyVersion > 0) {
        const std::uint32_t current = actor.profile.info.currentKey;
        AMANA_TRY(const chain::MemberKey newest, registry.keyAt(actor.address(), member.keyVersion));
        const auto place = placeOf(actor.profile, newest.x25519);
        if (place && *place > current)
            return keys::useKey(home, actor.profile, newest.revoked ? *place + 1 : *place)
                .transform([](const keys::ProfileInfo &) {});
        if (place == current)
            return {};
    }
    return publish(actor, home);
}

} // namespace amana::sharing
