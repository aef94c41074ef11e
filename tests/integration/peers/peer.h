// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <cstdint>

/// A program of others that we compare with, run as it is.
struct Peer {
    const char *name;    ///< "age"
    const char *binary;  ///< environment variable that names another binary
    const char *without; ///< environment variable that allows it to be absent
    QString path;        ///< empty: not found
};

/// Searches the variable, tests/peers/bin and PATH.
Peer findPeer(const char *name, const char *binary, const char *without);

/// 0 when the peer is there; else says why on standard output and gives the exit code for main(): 1 (failed),
/// or 77 (did not run) when the environment allows it.
int exitCodeWithout(const Peer &peer);

/// The exit code for "did not run".
inline constexpr int kDidNotRun = 77;

struct PeerResult {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

PeerResult runPeer(const QString &program, const QStringList &arguments,
                   const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

/// Reproducible bytes that differ from block to block.
QByteArray testBytes(qsizetype size, std::uint32_t seed = 1);
