// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QDateTime>

#include <cstdint>
#include <vector>

namespace amana::ports {

/// `kind` is a code: "datasetPublished" "datasetWithdrawn" "accessRequested" "accessVoted" "accessApproved"
/// "accessReturned" "accessDenied" "accessCancelled" "accessRevoked" "memberSet" "memberSuspended" "keySet"
/// "institutionSet".
struct AuditRow {
    QDateTime when;
    QString kind;
    Party who;
    QString dataset; ///< number; empty: not about one
    QString datasetTitle;
    QString request; ///< number; empty: not about one
    QString transaction;
    std::uint64_t block = 0;
};

/// Who did what, from the chain and from the gateway of this profile.
class AuditPort {
public:
    virtual ~AuditPort() = default;

    /// Newest first. `query` matches names, addresses, numbers and titles; empty: all.
    virtual Future<std::vector<AuditRow>> rows(const QString &query) = 0;
};

} // namespace amana::ports
