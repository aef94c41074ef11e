// SPDX-License-Identifier: GPL-3.0-or-later
#include "peer.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <cstdio>

namespace {

constexpr int kPeerTimeoutMs = 300'000;

} // namespace

Peer findPeer(const char *name, const char *binary, const char *without)
{
    Peer peer{name, binary, without, qEnvironmentVariable(binary)};
    const QString own = QStringLiteral(AMANA_SOURCE_DIR "/tests/peers/bin/") + QString::fromLatin1(name);
    if (peer.path.isEmpty() && QFileInfo(own).isExecutable())
        peer.path = own;
    if (peer.path.isEmpty())
        peer.path = QStandardPaths::findExecutable(QString::fromLatin1(name));
    return peer;
}

int exitCodeWithout(const Peer &peer)
{
    if (!peer.path.isEmpty())
        return 0;
    if (qEnvironmentVariable(peer.without) == QStringLiteral("1")) {
        std::printf("did not run: the program '%s' was not found, and %s=1 allows that\n", peer.name,
                    peer.without);
        return kDidNotRun;
    }
    std::printf("FAIL!  : the program '%s' was not found. Install it (see tests/peers/README.md), name it by "
                "%s, or set "
                "%s=1 to go without this test.\n",
                peer.name, peer.binary, peer.without);
    return 1;
}

PeerResult runPeer(const QString &program, const QStringList &arguments,
                   const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForFinished(kPeerTimeoutMs) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray testBytes(qsizetype size, std::uint32_t seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes) {
        seed = seed * 1664525 + 1013904223;
        byte = static_cast<char>(seed >> 24);
    }
    return bytes;
}
