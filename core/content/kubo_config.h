// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/kubo_child.h"

#include <QProcessEnvironment>

/// The repository of our own Kubo node. Internal to core/content.
namespace amana::content {

/// A repository with the profile unixfs-v1-2025 (IPIP-0499), made by the program when there is none. IpfsNodeFailed{detail}.
[[nodiscard]] Status makeKuboRepository(const QString &program, const QString &repository);

/// Writes config and swarm.key; the node must not be running. IpfsNodeFailed, FileUnwritable.
[[nodiscard]] Status configureKubo(const QString &repository, const KuboChildOptions &options, const SecretBytes &rpcToken);
/// Another one means that a running node must be started anew. Tells nothing of the key.
[[nodiscard]] std::string fingerprintOf(const KuboChildOptions &options);

/// What the daemon gets: nothing of the user's IPFS settings.
[[nodiscard]] QProcessEnvironment kuboEnvironment(const KuboChildOptions &options);

} // namespace amana::content
