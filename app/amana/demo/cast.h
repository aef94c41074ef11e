// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/session.h"
#include "core/keys/profile.h"

#include <QTemporaryDir>

#include <map>
#include <memory>

namespace amana::cli {

/// The four people of the demonstration, in a home of their own with a chain of its own. All are invented.
/// The chain is stopped and, unless it is to be kept, the home is deleted when the cast goes.
class Cast {
public:
    enum Role { Clinician, Patient, Researcher, Elsewhere };

    Cast(const Clock &clock, bool keep);
    ~Cast();
    Cast(const Cast &) = delete;
    Cast &operator=(const Cast &) = delete;

    /// Profiles, the chain, institutions 1 and 2, members with their roles, published keys. Errors of all of
    /// these.
    [[nodiscard]] Status gather();

    [[nodiscard]] static const char *name(Role role);
    [[nodiscard]] app::Session &session(Role role) { return *m_sessions.at(role); }
    [[nodiscard]] Result<sharing::Actor *> actor(Role role);
    [[nodiscard]] QString home() const { return m_folder.filePath(QStringLiteral("home")); }
    [[nodiscard]] QString folder(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] bool keeps() const { return !m_folder.autoRemove(); }

private:
    [[nodiscard]] Status enrol();

    const Clock &m_clock;
    QTemporaryDir m_folder;
    keys::MemoryStore m_secrets;
    std::map<Role, std::unique_ptr<app::Session>> m_sessions;
};

} // namespace amana::cli
