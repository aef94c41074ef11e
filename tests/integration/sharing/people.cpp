// SPDX-License-Identifier: GPL-3.0-or-later
#include "people.h"

#include "core/chain/contracts.h"
#include "core/chain/local_node.h"
#include "core/sharing/drafts.h"
#include "core/sharing/own_keys.h"

#include <QDebug>

using namespace amana;

namespace {

bool told(const Status &status)
{
    if (!status)
        qWarning("%s", status.error().debugString().c_str());
    return status.has_value();
}

} // namespace

People::People() = default;

People::~People()
{
    m_sessions.clear();
    told(chain::LocalNode::stop(home()));
}

bool People::setUp()
{
    const std::pair<const char *, keys::ProfileRole> people[] = {{kClinician, keys::ProfileRole::Clinician},
                                                                 {kPatient, keys::ProfileRole::Patient},
                                                                 {kResearcher, keys::ProfileRole::Researcher},
                                                                 {kElsewhere, keys::ProfileRole::Clinician}};
    for (const auto &[name, role] : people) {
        auto profile = keys::createProfile(home(), {name, role, std::nullopt}, m_secrets);
        if (!profile) {
            qWarning("%s", profile.error().debugString().c_str());
            return false;
        }
        auto session = app::Session::open(home(), std::move(*profile), m_clock);
        if (!session) {
            qWarning("%s", session.error().debugString().c_str());
            return false;
        }
        m_sessions.emplace(name, std::move(*session));
    }
    return enrol();
}

bool People::enrol()
{
    auto connected = session(kClinician).connect("local");
    if (!connected) {
        qWarning("%s", connected.error().debugString().c_str());
        return false;
    }
    sharing::Actor &clinician = **connected;
    const chain::IdentityRegistry registry(clinician.chain);
    const auto address = [this](const char *name) { return session(name).chainKey().address(); };
    using chain::roles::kAdministrator;
    using chain::roles::kUploader;
    const chain::Call calls[] = {
        registry.setMember(address(kClinician), 1, kUploader | kAdministrator),
        registry.setMember(address(kPatient), 1, chain::roles::kPatient),
        registry.setMember(address(kResearcher), 1, chain::roles::kResearcher),
        registry.setInstitution(2, address(kElsewhere), true),
    };
    for (const chain::Call &call : calls) {
        const auto receipt = clinician.outbox.send(clinician.chain, clinician.chainKey, call);
        if (!receipt) {
            qWarning("%s", receipt.error().debugString().c_str());
            return false;
        }
    }
    auto elsewhere = session(kElsewhere).connect("local");
    if (!elsewhere)
        return false;
    const auto own = (*elsewhere)->outbox.send((*elsewhere)->chain, (*elsewhere)->chainKey,
                                               registry.setMember(address(kElsewhere), 2, kUploader | kAdministrator));
    return own && ensureKeyPublished(**elsewhere, home()) && session(kClinician).connect("local") && session(kPatient).connect("local")
        && session(kResearcher).connect("local") && restart(kClinician) && restart(kPatient) && restart(kResearcher);
}

app::Session &People::session(const std::string &name)
{
    return *m_sessions.at(name);
}

sharing::Actor &People::actor(const std::string &name)
{
    return **session(name).connect("local");
}

bool People::restart(const std::string &name)
{
    m_sessions.erase(name);
    auto session = app::Session::open(home(), name, m_secrets, m_clock);
    if (!session) {
        qWarning("%s", session.error().debugString().c_str());
        return false;
    }
    m_sessions.emplace(name, std::move(*session));
    return this->session(name).connect("local").has_value();
}

bool acceptAll(app::Session &session, const std::string &draft)
{
    auto drafts = session.drafts();
    return told(sharing::applyDecisions(drafts, session.library(), draft,
                                        R"({"*":{"accept":"all","sampleSeen":true}})"));
}
