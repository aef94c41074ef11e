// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QThread>

#include <signal.h>

namespace amana {

namespace {

constexpr unsigned long kPauseMs = 20;

/// Field 22 of /proc/<pid>/stat (proc(5)). Empty when there is no such process, or only what is left of it.
std::string startTimeOf(std::int64_t pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' '); // from field 3 on
    if (fields.size() < 20 || fields[0] == "Z" || fields[0] == "X")
        return {};
    return fields[19].toStdString();
}

} // namespace

bool isRunning(const ProcessRecord &process)
{
    return process.pid > 1 && !process.started.empty() && startTimeOf(process.pid) == process.started;
}

QList<QByteArray> commandLineOf(std::int64_t pid)
{
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().split('\0');
}

bool isRunningAs(const ProcessRecord &process, const CommandLineTest &isIt)
{
    return isRunning(process) && isIt(commandLineOf(process.pid));
}

std::optional<ProcessRecord> findProcess(const CommandLineTest &isIt)
{
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        ProcessRecord process{name.toLongLong(), {}};
        if (process.pid <= 1 || !isIt(commandLineOf(process.pid)))
            continue;
        process.started = startTimeOf(process.pid);
        if (!process.started.empty())
            return process;
    }
    return std::nullopt;
}

QProcessEnvironment plainEnvironment()
{
    QProcessEnvironment environment;
    for (const char *name : {"PATH", "HOME", "TMPDIR", "LANG"})
        if (qEnvironmentVariableIsSet(name))
            environment.insert(QLatin1String(name), qEnvironmentVariable(name));
    return environment;
}

std::optional<ProcessRecord> startDetached(const DetachedProgram &program)
{
    QProcess process;
    process.setProgram(program.program);
    process.setArguments(program.arguments);
    process.setWorkingDirectory(program.folder);
    process.setProcessEnvironment(program.environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(program.log);
    process.setStandardErrorFile(program.log, QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid))
        return std::nullopt;
    ProcessRecord record{pid, startTimeOf(pid)};
    return record.started.empty() ? std::nullopt : std::optional(std::move(record));
}

void endProcess(const ProcessRecord &process, const CommandLineTest &isIt, std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    if (isRunningAs(process, isIt))
        ::kill(static_cast<pid_t>(process.pid), SIGTERM);
    while (isRunningAs(process, isIt)) {
        if (std::chrono::steady_clock::now() >= end)
            ::kill(static_cast<pid_t>(process.pid), SIGKILL);
        QThread::msleep(kPauseMs);
    }
}

} // namespace amana
