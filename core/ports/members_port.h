// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"
#include "core/ports/session_port.h"

#include <QDate>
#include <QDateTime>

#include <cstdint>
#include <vector>

namespace amana::ports {

struct MemberRow {
    Party party;
    std::uint32_t institution = 0;
    std::uint32_t roles = 0; ///< ChainRole bits
    QDateTime validUntil;    ///< invalid: no end
    unsigned keyVersion = 0; ///< 0: has not published an encryption key
    bool keyRevoked = false; ///< that newest key: nothing can be sealed for them
    bool suspended = false;
};

struct InstitutionRow {
    std::uint32_t id = 0;
    QString name;
    Party administrator;
    bool active = true;
};

struct Enrolment {
    QString name;
    QString address;
    std::uint32_t institution = 1;
    std::uint32_t roles = 0;
    QDate validUntil; ///< last day
};

/// Who may do what. Changes are transactions: contract.notAdmin, contract.notGovernor, contract.invalidArgument.
class MembersPort {
public:
    virtual ~MembersPort() = default;

    virtual Future<std::vector<MemberRow>> members() = 0;
    virtual Future<std::vector<InstitutionRow>> institutions() = 0;
    virtual Future<std::vector<ProfileInfo>> candidates() = 0; ///< profiles of this computer that are not enrolled
    virtual FutureStatus enrol(const Enrolment &spec) = 0;             ///< also changes roles and term of a member
    virtual FutureStatus suspend(const QString &address, bool suspended) = 0;
    virtual FutureStatus addInstitution(const QString &name, const QString &administrator) = 0;
};

} // namespace amana::ports
