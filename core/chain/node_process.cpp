// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/node_process.h"

#include "core/base/files.h"
#include "core/chain/fault.h"
#include "core/chain/json_fields.h"

#include <QFile>
#include <QHostAddress>
#include <QTcpServer>
#include <QThread>

#include <chrono>

namespace amana::chain {

namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kStartPatience(20);
constexpr std::chrono::seconds kStopPatience(10);
constexpr std::chrono::seconds kPortPatience(1);
constexpr int kStartAttempts = 3; // a port may be taken between our look and the node's
constexpr unsigned long kPauseMs = 20;

/// Whether a command line is a node on this folder's state file.
CommandLineTest nodeOf(const NodeFolder &folder)
{
    return [state = QFile::encodeName(folder.state())](const QList<QByteArray> &arguments) {
        const qsizetype option = arguments.indexOf("--state");
        return option > 0 && arguments.value(option + 1) == state;
    };
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
    while (Clock::now() < end && isRunning(record)) {
        if (rpc.call("eth_chainId", json::array()))
            return isRunning(record);
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
        return NodeRecord{{text.at("pid").get<std::int64_t>(), text.at("started").get<std::string>()},
                          text.at("port").get<std::uint16_t>()};
    } catch (const json::exception &) {
        return std::nullopt; // the process, if any, is found by nobody; a new one gets another port
    }
}

bool isOurs(const NodeFolder &folder, const NodeRecord &record)
{
    return isRunningAs(record, nodeOf(folder));
}

std::optional<NodeRecord> findNode(const NodeFolder &folder)
{
    if (const auto record = readRecord(folder); record && isOurs(folder, *record))
        return record;
    // A starter that died before it wrote the record leaves a node that would fight a second one for the
    // state file.
    const auto process = findProcess(nodeOf(folder));
    if (!process)
        return std::nullopt;
    const QList<QByteArray> arguments = commandLineOf(process->pid);
    const NodeRecord record{*process, arguments.value(arguments.indexOf("--port") + 1).toUShort()};
    if (record.port == 0 || !writeRecord(folder, record))
        return std::nullopt;
    return record;
}

Result<NodeRecord> startNode(const NodeFolder &folder, const QString &program, const QStringList &arguments,
                             std::uint16_t preferredPort)
{
    for (int attempt = 0; attempt < kStartAttempts; ++attempt) {
        NodeRecord record;
        record.port = freePort(attempt == 0 ? preferredPort : 0);
        const auto process = startDetached(
            {program,
             arguments + QStringList{QStringLiteral("--host"), QStringLiteral("127.0.0.1"), QStringLiteral("--port"),
                                     QString::number(record.port), QStringLiteral("--state"), folder.state()},
             folder.path, folder.log(), plainEnvironment()});
        if (!process)
            continue;
        record.pid = process->pid;
        record.started = process->started;
        if (waitUntilReady(record)) {
            faultPoint("node.started");
            AMANA_CHECK(writeRecord(folder, record));
            return record;
        }
        endProcess(record, nodeOf(folder), std::chrono::seconds(0)); // it does not answer
    }
    return fail(ErrorCode::NodeStartFailed,
                {{"program", program.toStdString()}, {"log", folder.log().toStdString()}});
}

Status endNode(const NodeFolder &folder, const NodeRecord &record)
{
    endProcess(record, nodeOf(folder), kStopPatience);
    QFile::remove(folder.record());
    return {};
}

} // namespace amana::chain
