// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/audit_port.h"

namespace amana::app {

/// Who did what, from the local copy of the chain's events.
class AuditAdapter final : public ports::AuditPort {
public:
    explicit AuditAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<std::vector<ports::AuditRow>> rows(const QString &query) override;

private:
    Hub &m_hub;
};

} // namespace amana::app
