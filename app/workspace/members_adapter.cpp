// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/members_adapter.h"

#include "app/workspace/chain_words.h"
#include "app/workspace/seat.h"
#include "app/workspace/values.h"

#include <set>

namespace amana::app {

namespace {

Result<std::vector<ports::MemberRow>> memberRows(Seat &seat)
{
    seat.contacts().readProfiles();
    AMANA_TRY(const auto entries, seat.index().members());
    std::vector<ports::MemberRow> rows;
    for (const chain::IndexedMember &entry : entries) {
        ports::MemberRow row;
        row.party = seat.contacts().party(entry.who, entry.member.institution);
        row.institution = entry.member.institution;
        row.roles = entry.member.roles;
        row.validUntil = timeOf(entry.member.validUntil);
        row.keyVersion = entry.member.keyVersion;
        row.keyRevoked = entry.member.keyRevoked;
        row.suspended = entry.member.suspended;
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<ports::InstitutionRow>> institutionRows(Seat &seat)
{
    AMANA_TRY(const auto members, membersByAddress(seat));
    AMANA_TRY(const auto institutions, seat.index().institutions());
    std::vector<ports::InstitutionRow> rows;
    for (const chain::IndexedInstitution &entry : institutions)
        rows.push_back({entry.id, seat.contacts().institutionName(entry.id), partyOf(seat, members, entry.admin),
                        entry.active});
    return rows;
}

Result<std::vector<ports::ProfileInfo>> notEnrolled(Seat &seat)
{
    AMANA_TRY(const auto profiles, keys::listProfiles(seat.session().home()));
    AMANA_TRY(const auto members, membersByAddress(seat));
    std::vector<ports::ProfileInfo> rows;
    for (const keys::ProfileInfo &profile : profiles) {
        const auto it = members.find(profile.address);
        if (it == members.end() || it->second.institution == 0)
            rows.push_back(portProfile(profile));
    }
    return rows;
}

/// Sends, then reads what it changed.
Status send(Seat &seat, sharing::Actor &actor, chain::Call call, const char *label)
{
    call.label = label;
    AMANA_CHECK(actor.outbox.send(actor.chain, actor.chainKey, call));
    return seat.hub().network().refresh(seat, actor);
}

Status enrolMember(Seat &seat, const ports::Enrolment &spec)
{
    AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
    AMANA_TRY(const Address who, seat.session().addressOf(spec.address.trimmed().toStdString()));
    std::uint64_t until = chain::kForever;
    if (spec.validUntil.isValid()) {
        AMANA_TRY(until, endOfLocalDay(spec.validUntil, seat.hub().clock().now()));
    }
    const chain::IdentityRegistry registry(actor->chain);
    AMANA_TRY(const std::uint32_t roles, registry.rolesInSeat(spec.institution, who, spec.roles));
    AMANA_CHECK(send(seat, *actor, registry.setMember(who, spec.institution, roles, until), "setMember"));
    return seat.contacts().namePerson(who, spec.name);
}

Status addOne(Seat &seat, const QString &name, const QString &administrator)
{
    AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
    AMANA_TRY(const Address admin, seat.session().addressOf(administrator.trimmed().toStdString()));
    AMANA_TRY(const auto known, institutionRows(seat));
    std::uint32_t id = 1;
    for (const ports::InstitutionRow &row : known)
        id = std::max(id, row.id + 1);
    const chain::IdentityRegistry registry(actor->chain);
    AMANA_CHECK(send(seat, *actor, registry.setInstitution(id, admin, true), "setInstitution"));
    return seat.contacts().nameInstitution(id, name);
}

/// Names are ours alone, so the window hears of them here; what the chain said was told by the refresh.
Status toldAfter(Seat &seat, Status done)
{
    if (done)
        Q_EMIT seat.hub().events().membersChanged();
    return done;
}

} // namespace

ports::Future<std::vector<ports::MemberRow>> MembersAdapter::members()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return memberRows(seat); });
}

ports::Future<std::vector<ports::InstitutionRow>> MembersAdapter::institutions()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return institutionRows(seat); });
}

ports::Future<std::vector<ports::ProfileInfo>> MembersAdapter::candidates()
{
    return m_hub.onSeat(m_hub.reading(), [](Seat &seat) { return notEnrolled(seat); });
}

ports::FutureStatus MembersAdapter::enrol(const ports::Enrolment &spec)
{
    return m_hub.onSeat(m_hub.acting(), [spec](Seat &seat) { return toldAfter(seat, enrolMember(seat, spec)); });
}

ports::FutureStatus MembersAdapter::suspend(const QString &address, bool suspended)
{
    return m_hub.onSeat(m_hub.acting(), [address, suspended](Seat &seat) -> Status {
        AMANA_TRY(sharing::Actor * actor, seat.hub().network().connect(seat));
        AMANA_TRY(const Address who, seat.session().addressOf(address.trimmed().toStdString()));
        return send(seat, *actor, chain::IdentityRegistry(actor->chain).suspend(who, suspended), "suspend");
    });
}

ports::FutureStatus MembersAdapter::addInstitution(const QString &name, const QString &administrator)
{
    return m_hub.onSeat(m_hub.acting(), [name, administrator](Seat &seat) {
        return toldAfter(seat, addOne(seat, name, administrator));
    });
}

} // namespace amana::app
