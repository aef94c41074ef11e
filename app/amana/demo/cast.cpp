// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/demo/cast.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/chain/contracts.h"
#include "core/chain/local_node.h"
#include "core/sharing/own_keys.h"

#include <QDir>

namespace amana::cli {

namespace {

const std::string kNetwork{chain::kLocalNetwork};

struct Person {
    Cast::Role role;
    const char *name;
    keys::ProfileRole profile;
};

// Names that say that they are made up.
constexpr Person kPeople[] = {
    {Cast::Clinician, "Dr. Hana Muster - synthetic", keys::ProfileRole::Clinician},
    {Cast::Patient, "The Patient - synthetic", keys::ProfileRole::Patient},
    {Cast::Researcher, "Dr. Ada Probe - synthetic", keys::ProfileRole::Researcher},
    {Cast::Elsewhere, "Dr. Elif Fern - synthetic", keys::ProfileRole::Clinician},
};

Status send(sharing::Actor &actor, const chain::Call &call)
{
    return actor.outbox.send(actor.chain, actor.chainKey, call).transform([](const chain::Receipt &) {});
}

} // namespace

Cast::Cast(const Clock &clock, bool keep)
    : m_clock(clock), m_folder(QDir::tempPath() + QStringLiteral("/amana-demo-XXXXXX"))
{
    m_folder.setAutoRemove(!keep);
}

Cast::~Cast()
{
    m_sessions.clear();
    if (const Status stopped = chain::LocalNode::stop(home()); !stopped)
        log(LogLevel::Error, stopped.error());
}

const char *Cast::name(Role role)
{
    return kPeople[role].name;
}

Status Cast::gather()
{
    if (!m_folder.isValid())
        return fail(ErrorCode::FileUnwritable, {{"path", QDir::tempPath().toStdString()}});
    AMANA_CHECK(makeFolder(home()));
    for (const Person &person : kPeople) {
        AMANA_TRY(keys::OpenProfile profile,
                  keys::createProfile(home(), {person.name, person.profile, std::nullopt}, m_secrets));
        AMANA_TRY(m_sessions[person.role], app::Session::open(home(), std::move(profile), m_clock));
    }
    return enrol();
}

/// The clinician comes first, so the contracts are deployed by them: governor and administrator of
/// institution 1.
Status Cast::enrol()
{
    using namespace chain::roles;
    AMANA_TRY(sharing::Actor *const governor, actor(Clinician));
    const chain::IdentityRegistry registry(governor->chain);
    const auto address = [this](Role role) { return session(role).chainKey().address(); };
    AMANA_CHECK(send(*governor, registry.setMember(address(Clinician), 1, kUploader | kAdministrator)));
    AMANA_CHECK(send(*governor, registry.setMember(address(Patient), 1, kPatient)));
    AMANA_CHECK(send(*governor, registry.setMember(address(Researcher), 1, kResearcher)));
    AMANA_CHECK(send(*governor, registry.setInstitution(2, address(Elsewhere), true)));
    AMANA_TRY(sharing::Actor *const elsewhere, actor(Elsewhere));
    AMANA_CHECK(send(*elsewhere, registry.setMember(address(Elsewhere), 2, kUploader | kAdministrator)));
    AMANA_CHECK(sharing::ensureKeyPublished(*elsewhere, home()));
    AMANA_CHECK(actor(Patient)); // connecting publishes a member's encryption key
    AMANA_CHECK(actor(Researcher));
    return {};
}

Result<sharing::Actor *> Cast::actor(Role role)
{
    return session(role).connect(kNetwork);
}

} // namespace amana::cli
