// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/member_start.h"

#include "core/chain/contracts.h"
#include "core/sharing/own_keys.h"

namespace amana::app {

std::uint32_t chainRoleOf(keys::ProfileRole role)
{
    switch (role) {
    case keys::ProfileRole::Clinician:
        return chain::roles::kUploader;
    case keys::ProfileRole::Patient:
        return chain::roles::kPatient;
    case keys::ProfileRole::Researcher:
        return chain::roles::kResearcher;
    case keys::ProfileRole::Administrator:
        return 0;
    }
    return 0;
}

/// The institution that a person who is no member yet administers; 0 for none.
static Result<std::uint32_t> administered(sharing::Actor &actor)
{
    AMANA_CHECK(actor.index.sync(actor.chain));
    AMANA_TRY(const auto institutions, actor.index.institutions());
    for (const chain::IndexedInstitution &institution : institutions)
        if (institution.admin == actor.address() && institution.active)
            return institution.id;
    return std::uint32_t(0);
}

Status takeFirstRole(sharing::Actor &actor, const QString &home)
{
    if (actor.chain.profile().name != chain::kLocalNetwork)
        return {};
    const chain::IdentityRegistry registry(actor.chain);
    AMANA_TRY(const chain::Member member, registry.memberOf(actor.address()));
    const std::uint32_t wanted = chain::roles::kAdministrator | chainRoleOf(actor.profile.info.role);
    std::uint32_t institution = member.institution;
    if (institution == 0) {
        AMANA_TRY(institution, administered(actor));
    } else if (member.roles != chain::roles::kAdministrator || member.roles == wanted) {
        return {}; // somebody has decided about the roles
    }
    if (institution == 0)
        return {};
    chain::Call call = registry.setMember(actor.address(), institution, wanted);
    call.label = "setMember";
    call.dedupeKey = "firstRole";
    AMANA_CHECK(actor.outbox.send(actor.chain, actor.chainKey, call));
    return sharing::ensureKeyPublished(actor, home);
}

} // namespace amana::app
