// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/hub.h"

namespace amana::app {

class Session;

/// Profiles and the network, for the window.
class SessionAdapter final : public ports::SessionPort {
public:
    explicit SessionAdapter(Hub &hub) : m_hub(hub) {}

    /// What the options ask for at the start: the named profile, or the only one. Nothing to open is no error;
    /// why one could not be opened, openProfile() tells again.
    void openFirst();

    [[nodiscard]] ports::SessionInfo current() const override;
    ports::Future<std::vector<ports::ProfileInfo>> profiles() override;
    ports::Future<ports::CreatedProfile> createProfile(const ports::NewProfile &spec) override;
    ports::Future<ports::SessionInfo> openProfile(const QString &name, ports::Secret passphrase) override;
    ports::Future<std::vector<ports::KeyRow>> keys() override;
    ports::Future<ports::NetworkStatus> startNetwork() override;
    ports::Future<ports::NetworkStatus> stopNetwork() override;

private:
    [[nodiscard]] Result<ports::CreatedProfile> create(const ports::NewProfile &spec);
    [[nodiscard]] Result<ports::SessionInfo> open(const std::string &name, const ports::Secret &passphrase);
    [[nodiscard]] Status sitDown(std::unique_ptr<Session> session);

    Hub &m_hub;
};

} // namespace amana::app
