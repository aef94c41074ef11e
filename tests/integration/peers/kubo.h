// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "peer.h"

#include <QTemporaryDir>

#include <memory>

/// A Kubo repository of its own in a temporary folder, with the profile that our identifiers follow; never
/// online.
class Kubo {
public:
    explicit Kubo(const QString &binary) : m_binary(binary)
    {
        m_environment.insert(QStringLiteral("IPFS_PATH"), m_repository.path() + QStringLiteral("/repo"));
        m_environment.insert(QStringLiteral("IPFS_TELEMETRY"), QStringLiteral("off"));
        m_environment.insert(QStringLiteral("HOME"), m_repository.path());
        m_initialised = run({"init", "--profile=unixfs-v1-2025", "--empty-repo"}, false).code == 0;
    }
    [[nodiscard]] bool initialised() const { return m_initialised; }

    [[nodiscard]] PeerResult run(const QStringList &arguments, bool offline = true) const
    {
        return runPeer(m_binary, offline ? QStringList{"--offline"} + arguments : arguments, m_environment);
    }
    /// The identifier that `ipfs add` gives, or the error text.
    [[nodiscard]] QByteArray cidOf(const QString &path) const
    {
        const PeerResult result = run({"add", "-Q", "-r", "--hidden", "--pin=false", path});
        return result.code == 0 ? result.out.trimmed() : result.err;
    }

    [[nodiscard]] const QString &binary() const { return m_binary; }
    [[nodiscard]] const QProcessEnvironment &environment() const { return m_environment; }

private:
    QString m_binary;
    QTemporaryDir m_repository;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    bool m_initialised = false;
};

inline Peer findKubo()
{
    return findPeer("ipfs", "AMANA_IPFS", "AMANA_WITHOUT_KUBO");
}
