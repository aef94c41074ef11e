// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"
#include "core/ports/requests_port.h"

namespace amana::app {

/// Requests both ways, for the window. Actions are sent one after the other.
class RequestsAdapter final : public ports::RequestsPort {
public:
    explicit RequestsAdapter(Hub &hub) : m_hub(hub) {}

    ports::Future<std::vector<ports::RequestRow>> incoming() override;
    ports::Future<std::vector<ports::RequestRow>> outgoing() override;
    ports::Future<ports::RequestDetail> detail(const QString &request) override;
    ports::Future<QString> request(const ports::NewRequest &spec) override;
    ports::FutureStatus resubmit(const QString &request, const ports::NewRequest &spec) override;
    ports::FutureStatus approve(const QString &request, unsigned revision, ports::GrantKind kind) override;
    ports::FutureStatus returnForChanges(const QString &request, const QString &comment) override;
    ports::FutureStatus deny(const QString &request, const QString &reason) override;
    ports::FutureStatus revoke(const QString &request) override;
    ports::FutureStatus cancel(const QString &request) override;
    ports::FutureStatus money(const QString &request, ports::RequestAction step, const QString &reason) override;
    ports::Future<std::vector<ports::EmergencyRow>> emergencies() override;

private:
    template <class Send>
    ports::FutureStatus act(const QString &request, Send send);

    Hub &m_hub;
};

} // namespace amana::app
