// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/members_port.h"

namespace amana::app {

/// Members as the chain knows them, with the names that this profile gave them.
class MembersAdapter final : public ports::MembersPort {
public:
    explicit MembersAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<std::vector<ports::MemberRow>> members() override;
    ports::Future<std::vector<ports::InstitutionRow>> institutions() override;
    ports::Future<std::vector<ports::ProfileInfo>> candidates() override;
    ports::FutureStatus enrol(const ports::Enrolment &spec) override;
    ports::FutureStatus suspend(const QString &address, bool suspended) override;
    ports::FutureStatus addInstitution(const QString &name, const QString &administrator) override;

private:
    Hub &m_hub;
};

} // namespace amana::app
