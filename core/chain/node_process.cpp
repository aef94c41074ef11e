// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/node_process.h"

#include "core/base/files.h"
#include "core/chain/fault.h"
#include "core/chain/json_fields.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>
#include <QThread>

#include <chrono>

#include <signal.h>

namespace amana::chain {

namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kStartPatience(20);
constexpr std::chrono::seconds kStopPatience(10);
constexpr std::chrono::seconds kPortPatience(1);
constexpr int kStartAttempts = 3; // a port may be taken between our look and the node's
constexpr unsigned long kPauseMs = 20;

/// The start time of a process: field 22 of /proc/<pid>/stat (proc(5)). Empty when there is no such process,
/// or it is a zombie that nobody has collected.
std::string startTime(std::int64_t pid)
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

QList<QByteArray> commandLine(std::int64_t pid)
{
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().split('\0');
}

/// Whether this command line is a node on this folder's state file.
bool isNodeOf(const NodeFolder &folder, const QList<QByteArray> &arguments)
{
    const qsizetype option = arguments.indexOf("--state");
    return option > 0 && arguments.value(option + 1) == QFile::encodeName(folder.state());
}

bool isFree(std::uint16_t port)
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, port);
}

/// A killed node loses its command line before its socket, so its port may be free only a moment later.
std::uint16_t freePort(std::uint16_t preferred)
{
    const auto end = Clock::now() + kPortPatience;
    for (; preferred != 0 && Clock::now() < end; QThread::msleep(kPauseMs))
        if (isFree(preferred))
            return preferred;
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, 0) ? server.serverPort() : 0;
}

/// Nothing of the user's settings reaches the node: it is the same whoever starts it.
QProcessEnvironment plainEnvironment()
{
    QProcessEnvironment environment;
    for (const char *name : {"PATH", "HOME", "TMPDIR", "LANG"})
        if (qEnvironmentVariableIsSet(name))
            environment.insert(QLatin1String(name), qEnvironmentVariable(name));
    return environment;
}

Status writeRecord(const NodeFolder &folder, const NodeRecord &record)
{
    const json text{{"pid", record.pid}, {"started", record.started}, {"port", record.port}};
    return writeFileAtomic(folder.record(), QByteArray::fromStdString(text.dump() + "\n"), true);
}

/// Answers, and is still the process that we started: another program may have taken the port.
bool waitUntilReady(const NodeRecord &record)
{
    const JsonRpc rpc(record.url(), std::chrono::seconds(2));
    const auto end = Clock::now() + kStartPatience;
    while (Clock::now() < end && startTime(record.pid) == record.started) {
        if (rpc.call("eth_chainId", json::array()))
            return startTime(record.pid) == record.started;
        QThread::msleep(kPauseMs);
    }
    return false;
}

} // namespace

std::optional<NodeRecord> readRecord(const NodeFolder &folder)
{
    const auto bytes = readFile(folder.record(), 4096);
    if (!bytes)
        return std::nullopt;
    const json text = json::parse(bytes->begin(), bytes->end(), nullptr, false);
    try { // nlohmann reports a missing or mistyped member by throwing
        return NodeRecord{text.at("pid").get<std::int64_t>(), text.at("started").get<std::string>(),
                          text.at("port").get<std::uint16_t>()};
    } catch (const json::exception &) {
        return std::nullopt; // the process, if any, is found by nobody; a new one gets another port
    }
}

bool isOurs(const NodeFolder &folder, const NodeRecord &record)
{
    if (record.pid <= 1 || record.started.empty() || startTime(record.pid) != record.started)
        return false;
    return isNodeOf(folder, commandLine(record.pid));
}

std::optional<NodeRecord> findNode(const NodeFolder &folder)
{
    if (const auto record = readRecord(folder); record && isOurs(folder, *record))
        return record;
    // A starter that died before it wrote the record leaves a node that would fight a second one for the
    // state file.
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        NodeRecord record;
        record.pid = name.toLongLong();
        const QList<QByteArray> arguments = record.pid > 1 ? commandLine(record.pid) : QList<QByteArray>();
        if (!isNodeOf(folder, arguments))
            continue;
        record.started = startTime(record.pid);
        record.port = arguments.value(arguments.indexOf("--port") + 1).toUShort();
        if (!record.started.empty() && record.port != 0 && writeRecord(folder, record))
            return record;
    }
    return std::nullopt;
}

Result<NodeRecord> startNode(const NodeFolder &folder, const QString &program, const QStringList &arguments,
                             std::uint16_t preferredPort)
{
    for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
        NodeRecord record;
        record.port = freePort(attempt == 0 ? preferredPort : 0);
        QProcess process;
        process.setProgram(program);
        process.setArguments(arguments + QStringList{QStringLiteral("--host"), QStringLiteral("127.0.0.1"),
                                                     QStringLiteral("--port"), QString::number(record.port),
                                                     QStringLiteral("--state"), folder.state()});
        process.setWorkingDirectory(folder.path);
        process.setProcessEnvironment(plainEnvironment());
        process.setStandardInputFile(QProcess::nullDevice());
        process.setStandardOutputFile(folder.log());
        process.setStandardErrorFile(folder.log(), QIODevice::Append);
        qint64 pid = 0;
        if (!process.startDetached(&pid))
            return fail(ErrorCode::NodeStartFailed, {{"program", program.toStdString()}});
        record.pid = pid;
        record.started = startTime(record.pid);
        if (!record.started.empty() && waitUntilReady(record)) {
            faultPoint("node.started");
            AMANA_CHECK(writeRecord(folder, record));
            return record;
        }
        if (!record.started.empty() && startTime(record.pid) == record.started)
            ::kill(static_cast<pid_t>(record.pid), SIGKILL); // ours, and it does not answer
    }
    return fail(ErrorCode::NodeStartFailed,
                {{"program", program.toStdString()}, {"log", folder.log().toStdString()}});
}

Status endNode(const NodeFolder &folder, const NodeRecord &record)
{
    const auto end = Clock::now() + kStopPatience;
    if (isOurs(folder, record))
        ::kill(static_cast<pid_t>(record.pid), SIGTERM);
    while (isOurs(folder, record)) {
        if (Clock::now() >= end)
            ::kill(static_cast<pid_t>(record.pid), SIGKILL);
        QThread::msleep(kPauseMs);
    }
    QFile::remove(folder.record());
    return {};
}

} // namespace amana::chain
