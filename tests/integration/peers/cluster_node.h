// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kubo.h"

#include "core/content/cluster.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <csignal>

#include <sys/prctl.h>

/// IPFS Cluster's peers as they are run, each with a Kubo node of its own; all of it on loopback.
namespace amana::content::test {

inline QString freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return QString::number(server.serverPort());
}

/// Our processes, and only these, end with it.
struct Daemon {
    QProcess process;

    ~Daemon() { end(); }
    void start(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment, const QString &log)
    {
        process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }); // also when the test is aborted
        process.setProcessEnvironment(environment);
        process.setStandardOutputFile(log);
        process.setStandardErrorFile(log, QIODevice::Append);
        process.start(program, arguments);
    }
    void end()
    {
        process.kill();
        process.waitForFinished();
    }
};

struct ClusterNode {
    QTemporaryDir folder;
    QString kuboPort = freePort();
    QString swarmPort = freePort();
    QString restPort = freePort();
    QString pinPort = freePort();
    QString port = freePort();
    Daemon kubo;
    Daemon cluster;
    QString id;

    /// Fills the folder and starts Kubo: without bootstrap nodes or anything else that goes online.
    bool startKubo(const QString &ipfs)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("IPFS_TELEMETRY"), QStringLiteral("off"));
        const QString repo = QStringLiteral("--repo-dir=") + folder.filePath(QStringLiteral("repo"));
        if (runPeer(ipfs, {repo, "init", "--profile=unixfs-v1-2025", "--empty-repo"}, environment).code != 0)
            return false;
        QFile file(folder.filePath(QStringLiteral("repo/config")));
        if (!file.open(QIODevice::ReadWrite))
            return false;
        nlohmann::json config = nlohmann::json::parse(file.readAll().toStdString());
        const auto tcp = [](const QString &number) { return "/ip4/127.0.0.1/tcp/" + number.toStdString(); };
        config.merge_patch({{"AutoConf", {{"Enabled", false}}},
                            {"AutoTLS", {{"Enabled", false}}},
                            {"Bootstrap", nlohmann::json::array()},
                            {"DNS", {{"Resolvers", nlohmann::json::object()}}},
                            {"Discovery", {{"MDNS", {{"Enabled", false}}}}},
                            {"Ipns", {{"DelegatedPublishers", nlohmann::json::array()}}},
                            {"Routing", {{"Type", "dht"}, {"DelegatedRouters", nlohmann::json::array()}}},
                            {"Swarm", {{"DisableNatPortMap", true}}},
                            {"Addresses", {{"API", tcp(kuboPort)}, {"Gateway", tcp(freePort())}, {"Swarm", {tcp(swarmPort)}}}}});
        file.resize(0);
        file.write(QByteArray::fromStdString(config.dump()));
        file.close();
        kubo.start(ipfs, {repo, "daemon"}, environment, folder.filePath(QStringLiteral("kubo.log")));
        return true;
    }

    /// Alerts after seconds, not minutes; whoever is under-replicated is repinned.
    [[nodiscard]] QProcessEnvironment environment(const QString &secret) const
    {
        QProcessEnvironment made = QProcessEnvironment::systemEnvironment();
        const auto tcp = [](const QString &number) { return QStringLiteral("/ip4/127.0.0.1/tcp/") + number; };
        for (const auto &[name, value] : {std::pair<const char *, QString>{"SECRET", secret},
                                          {"LISTENMULTIADDRESS", tcp(port)},
                                          {"PEERNAME", QStringLiteral("peer") + restPort},
                                          {"MONITORPINGINTERVAL", QStringLiteral("1s")},
                                          {"MDNSINTERVAL", QStringLiteral("0s")},
                                          {"DISABLEREPINNING", QStringLiteral("false")},
                                          {"DISK_METRICTTL", QStringLiteral("4s")},
                                          {"TAGS_METRICTTL", QStringLiteral("4s")},
                                          {"PUBSUBMON_CHECKINTERVAL", QStringLiteral("1s")},
                                          {"RESTAPI_HTTPLISTENMULTIADDRESS", tcp(restPort)},
                                          {"RESTAPI_BASICAUTHCREDENTIALS", QStringLiteral("nurse:pass")},
                                          {"PINSVCAPI_HTTPLISTENMULTIADDRESS", tcp(pinPort)},
                                          {"PINSVCAPI_BASICAUTHCREDENTIALS", QStringLiteral("nurse:pass")},
                                          {"IPFSPROXY_LISTENMULTIADDRESS", tcp(freePort())},
                                          {"IPFSPROXY_NODEMULTIADDRESS", tcp(kuboPort)},
                                          {"IPFSHTTP_NODEMULTIADDRESS", tcp(kuboPort)},
                                          {"IPFSHTTP_CONNECTSWARMSDELAY", QStringLiteral("1s")}})
            made.insert(QLatin1String("CLUSTER_") + QLatin1String(name), value);
        return made;
    }
    [[nodiscard]] QString config() const { return folder.filePath(QStringLiteral("cluster")); }

    bool startCluster(const QString &service, const QString &secret, const QString &bootstrap)
    {
        if (runPeer(service, {"--config", config(), "init", "--consensus", "crdt"}, environment(secret)).code != 0)
            return false;
        QFile identity(config() + QStringLiteral("/identity.json"));
        if (!identity.open(QIODevice::ReadOnly))
            return false;
        id = QString::fromStdString(nlohmann::json::parse(identity.readAll().toStdString()).value("id", ""));
        QStringList arguments{"--config", config(), "daemon"};
        if (!bootstrap.isEmpty())
            arguments << QStringLiteral("--bootstrap") << bootstrap;
        cluster.start(service, arguments, environment(secret), folder.filePath(QStringLiteral("cluster.log")));
        return true;
    }
    [[nodiscard]] QString address() const { return QStringLiteral("/ip4/127.0.0.1/tcp/%1/p2p/%2").arg(port, id); }

    [[nodiscard]] static IpfsEndpoint endpointAt(const QString &number, const char *password = "pass")
    {
        IpfsEndpoint made{"http://127.0.0.1:" + number.toStdString(), {}, [password](const std::string &) -> Result<SecretBytes> {
                              return SecretBytes::fromText(password);
                          }};
        made.access.login = net::Access::Login::Basic;
        made.access.user = "nurse";
        return made;
    }
};

} // namespace amana::content::test
