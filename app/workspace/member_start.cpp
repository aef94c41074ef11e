// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/member_start.h"

#include "core/chain/contracts.h"

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

Status takeFirstRole(sharing::Actor &actor, const QString &home)
{
    const std::uint32_t role = chainRoleOf(actor.profile.info.role);
    if (role == 0 || actor.chain.profile().name != "local")
        return {};
    const chain::IdentityRegistry registry(actor.chain);
    AMANA_TRY(const Address governor, registry.governor());
    AMANA_TRY(const chain::Member member, registry.memberOf(actor.address()));
    if (governor != actor.address() || member.roles != chain::roles::kInstitutionAdmin)
        return {};
    chain::Call call = registry.setMember(actor.address(), member.institution, member.roles | role);
    call.label = "setMember";
    call.dedupeKey = "firstRole";
    AMANA_CHECK(actor.outbox.send(actor.chain, actor.chainKey, call));
    return sharing::ensureKeyPublished(actor, home);
}

} // namespace amana::app
