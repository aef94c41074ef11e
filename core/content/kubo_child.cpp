// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/kubo_child.h"

#include "core/base/file_lock.h"
#include "core/base/files.h"
#include "core/base/log.h"
#include "core/base/process.h"
#include "core/content/kubo.h"
#include "core/content/kubo_config.h"
#include "core/crypto/random.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QThread>

namespace amana::content {

using nlohmann::json;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLockPatience(120); // another process may be starting it
constexpr std::chrono::seconds kStartPatience(60);
constexpr std::chrono::seconds kStopPatience(30); // it closes its databases
constexpr unsigned long kPauseMs = 50;

/// One folder's node. What starts and ends it holds the lock.
class Node {
public:
    explicit Node(const QString &folder) : m_folder(folder) {}

    struct Record {
        ProcessRecord process;
        std::string options; ///< fingerprint
    };

    [[nodiscard]] QString file(const char *name) const { return m_folder + QLatin1Char('/') + QLatin1String(name); }
    [[nodiscard]] QString repository() const { return file("repo"); }

    /// Our daemon's command line names its repository.
    [[nodiscard]] CommandLineTest isIt() const
    {
        return [option = repositoryOption().toLocal8Bit()](const QList<QByteArray> &arguments) {
            return arguments.contains(option) && arguments.contains("daemon");
        };
    }

    /// The recorded process, or one whose record was lost.
    [[nodiscard]] std::optional<Record> find() const
    {
        if (const auto record = read(); record && isRunningAs(record->process, isIt()))
            return record;
        if (const auto process = findProcess(isIt()))
            return Record{*process, {}};
        return std::nullopt;
    }

    [[nodiscard]] Result<IpfsEndpoint> endpoint() const
    {
        const auto address = readFile(file("repo/api"), 256); // "/ip4/127.0.0.1/tcp/35433"
        const QList<QByteArray> parts = address ? address->trimmed().split('/') : QList<QByteArray>();
        if (parts.size() != 5 || parts[1] != "ip4" || parts[2] != "127.0.0.1" || parts[3] != "tcp" || parts[4].toUShort() == 0)
            return failed("api");
        net::Access access{.login = net::Access::Login::Bearer, .user = {}, .secret = "rpc-token", .authority = {},
                           .clientCertificate = {}, .clientKey = {}};
        return IpfsEndpoint{"http://127.0.0.1:" + parts[4].toStdString(), std::move(access),
                            [path = file("rpc-token")](const std::string &) { return readToken(path); }};
    }

    [[nodiscard]] bool answers() const
    {
        const auto here = endpoint();
        return here && KuboNode(*here).identity().has_value();
    }

    void end(const Record &record) const
    {
        endProcess(record.process, isIt(), kStopPatience);
        QFile::remove(file("node.json"));
    }

    [[nodiscard]] Status start(const KuboChildOptions &options) const
    {
        AMANA_TRY(const QString program, KuboChild::findProgram());
        AMANA_CHECK(makeKuboRepository(program, repository()));
        AMANA_TRY(const SecretBytes token, makeToken());
        AMANA_CHECK(configureKubo(repository(), options, token));
        for (const char *stale : {"repo/api", "repo/gateway"}) // of one that was killed
            QFile::remove(file(stale));
        const auto process =
            startDetached({program,
                           {repositoryOption(), QStringLiteral("daemon"), QStringLiteral("--migrate=false")},
                           m_folder, file("node.log"), kuboEnvironment(options)});
        if (!process)
            return failed("start");
        const Record record{*process, fingerprintOf(options)};
        const Status ready = waitUntilReady(*process);
        if (!ready) {
            endProcess(*process, isIt(), std::chrono::seconds(0));
            return ready;
        }
        AMANA_CHECK(write(record));
        log(LogLevel::Info, "ipfs.nodeStarted", {{"pid", std::to_string(process->pid)}});
        return {};
    }

private:
    [[nodiscard]] QString repositoryOption() const { return QStringLiteral("--repo-dir=") + repository(); }

    tl::unexpected<Error> failed(const std::string &detail) const
    {
        return fail(ErrorCode::IpfsNodeFailed, {{"detail", detail}, {"log", file("node.log").toStdString()}});
    }

    Status waitUntilReady(const ProcessRecord &process) const
    {
        const auto end = Clock::now() + kStartPatience;
        for (; Clock::now() < end; QThread::msleep(kPauseMs)) {
            if (!isRunning(process))
                return failed("ended");
            if (QFile::exists(file("repo/api")) && answers())
                return {};
        }
        return failed("silent");
    }

    static Result<SecretBytes> readToken(const QString &path)
    {
        AMANA_TRY(QByteArray bytes, readFile(path, 1024));
        SecretBytes token(bytesOf(bytes));
        secureWipe(bytes.data(), static_cast<std::size_t>(bytes.size()));
        return token;
    }

    /// The token of before, so that programs that are open still know it.
    [[nodiscard]] Result<SecretBytes> makeToken() const
    {
        const QString path = file("rpc-token");
        if (!QFile::exists(path))
            AMANA_CHECK(writeFileAtomic(path, toByteArray(crypto::randomSecret(32).view()).toHex(), true));
        return readToken(path);
    }

    [[nodiscard]] std::optional<Record> read() const
    {
        const auto bytes = readFile(file("node.json"), 4096);
        if (!bytes)
            return std::nullopt;
        const json text = json::parse(bytes->begin(), bytes->end(), nullptr, false);
        try { // nlohmann reports a missing or mistyped member by throwing
            return Record{{text.at("pid").get<std::int64_t>(), text.at("started").get<std::string>()},
                          text.at("options").get<std::string>()};
        } catch (const json::exception &) {
            return std::nullopt; // the process is found by its command line
        }
    }

    [[nodiscard]] Status write(const Record &record) const
    {
        const json text{{"pid", record.process.pid}, {"started", record.process.started}, {"options", record.options}};
        return writeFileAtomic(file("node.json"), QByteArray::fromStdString(text.dump() + "\n"), true);
    }

    const QString m_folder;
};

} // namespace

KuboChild::KuboChild(const QString &folder) : m_folder(QDir(folder).absolutePath()) {}

Result<IpfsEndpoint> KuboChild::ensureRunning(const KuboChildOptions &options) const
{
    const Node node(m_folder);
    AMANA_CHECK(makeFolder(m_folder));
    AMANA_TRY(const FileLock lock, FileLock::take(node.file("lock"), kLockPatience));
    if (const auto record = node.find()) {
        if (record->options == fingerprintOf(options) && node.answers())
            return node.endpoint();
        node.end(*record);
    }
    AMANA_CHECK(node.start(options));
    return node.endpoint();
}

KuboChildStatus KuboChild::status() const
{
    const Node node(m_folder);
    const auto record = node.find();
    if (!record)
        return {};
    KuboChildStatus status{false, record->process.pid, {}, {}};
    if (const auto endpoint = node.endpoint())
        status.rpcUrl = endpoint->url;
    if (const auto gateway = readFile(node.file("repo/gateway"), 256))
        status.gatewayUrl = gateway->trimmed().toStdString();
    status.running = node.answers();
    return status;
}

Status KuboChild::stop() const
{
    const Node node(m_folder);
    if (!QFileInfo::exists(m_folder))
        return {};
    AMANA_TRY(const FileLock lock, FileLock::take(node.file("lock"), kLockPatience));
    if (const auto record = node.find())
        node.end(*record);
    return {};
}

Result<QString> KuboChild::findProgram()
{
    const auto usable = [](const QString &path) { return QFileInfo(path).isFile() && QFileInfo(path).isExecutable(); };
    const QString named = qEnvironmentVariable("AMANA_IPFS");
    if (!named.isEmpty()) // named and wrong is an error, not a reason to take another
        return usable(named) ? Result<QString>(named)
                             : Result<QString>(fail(ErrorCode::IpfsProgramMissing, {{"path", named.toStdString()}}));
    const QDir around(QCoreApplication::applicationDirPath());
    for (const char *beside : {"ipfs", "../libexec/amana/ipfs"})
        if (const QString path = around.absoluteFilePath(QLatin1String(beside)); usable(path))
            return path;
    const QString found = QStandardPaths::findExecutable(QStringLiteral("ipfs"));
    if (found.isEmpty())
        return fail(ErrorCode::IpfsProgramMissing);
    return found;
}

} // namespace amana::content
