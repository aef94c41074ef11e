// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

/// Programs of others that we start and that outlive us: a node of a chain, a node of IPFS. Linux.
namespace amana {

/// Which process was started. A pid is used again, the pair is not.
struct ProcessRecord {
    std::int64_t pid = 0;
    std::string started; ///< start time in clock ticks since boot (/proc/<pid>/stat)
};

/// It lives; not so a zombie that nobody has collected.
[[nodiscard]] bool isRunning(const ProcessRecord &process);

/// Tells by the command line whether a process is the one that is meant.
using CommandLineTest = std::function<bool(const QList<QByteArray> &arguments)>;
[[nodiscard]] QList<QByteArray> commandLineOf(std::int64_t pid);
[[nodiscard]] bool isRunningAs(const ProcessRecord &process, const CommandLineTest &isIt);
/// For a starter that died before it wrote a record.
[[nodiscard]] std::optional<ProcessRecord> findProcess(const CommandLineTest &isIt);

struct DetachedProgram {
    QString program;
    QStringList arguments;
    QString folder; ///< where it works
    QString log;    ///< what it prints; overwritten
    QProcessEnvironment environment;
};
/// PATH, HOME, TMPDIR, LANG: nothing else of the user's settings reaches it, so it is the same whoever starts it.
[[nodiscard]] QProcessEnvironment plainEnvironment();
/// Nothing when it did not start or has ended already.
[[nodiscard]] std::optional<ProcessRecord> startDetached(const DetachedProgram &program);

/// SIGTERM, after `patience` SIGKILL, returns when it is gone. Only if isRunningAs.
void endProcess(const ProcessRecord &process, const CommandLineTest &isIt, std::chrono::milliseconds patience);

} // namespace amana
