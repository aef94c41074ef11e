// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/session.h"
#include "core/sharing/publisher.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

/// A temporary computer with a clinician, a patient, a researcher and a doctor of a second institution, on a real local
/// chain that is stopped at the end. Names are invented.
class People {
public:
    People();
    ~People();

    /// Makes the profiles, starts the chain, enrols everybody. False with a message on failure.
    [[nodiscard]] bool setUp();

    [[nodiscard]] amana::app::Session &session(const std::string &name);
    [[nodiscard]] amana::sharing::Actor &actor(const std::string &name);
    /// Closes and opens a session again, as a restart of the program would.
    [[nodiscard]] bool restart(const std::string &name);

    [[nodiscard]] QString home() const { return m_dir.path(); }
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }

    static constexpr const char *kClinician = "Clinician Test";
    static constexpr const char *kPatient = "Patient Test";
    static constexpr const char *kResearcher = "Researcher Test";
    static constexpr const char *kElsewhere = "Doctor Elsewhere Test";

private:
    [[nodiscard]] bool enrol();

    QTemporaryDir m_dir;
    amana::SystemClock m_clock;
    amana::keys::MemoryStore m_secrets;
    std::map<std::string, std::unique_ptr<amana::app::Session>> m_sessions;
};

/// Accepts every proposal and marks the sample as seen: the safe direction.
[[nodiscard]] bool acceptAll(amana::app::Session &session, const std::string &draft);
