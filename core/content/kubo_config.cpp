// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/kubo_config.h"

#include "core/base/files.h"
#include "core/base/process.h"
#include "core/crypto/hash.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QProcess>

namespace amana::content {

using nlohmann::json;

namespace {

constexpr int kInitMs = 60'000;

tl::unexpected<Error> failed(const std::string &detail)
{
    return fail(ErrorCode::IpfsNodeFailed, {{"detail", detail}});
}

std::string swarmAddress(const KuboChildOptions &options)
{
    const bool six = options.swarmHost.find(':') != std::string::npos;
    return (six ? "/ip6/" : "/ip4/") + options.swarmHost + "/tcp/" + std::to_string(options.swarmPort);
}

/// "/dns4/host/tcp/4001/p2p/12D3…" → {"ID", "Addrs"}.
Result<json> peeringOf(const std::vector<std::string> &peers)
{
    json list = json::array();
    for (const std::string &peer : peers) {
        const std::size_t at = peer.rfind("/p2p/");
        if (at == std::string::npos || at == 0 || at + 5 >= peer.size())
            return failed("peer address " + peer);
        list.push_back({{"ID", peer.substr(at + 5)}, {"Addrs", {peer.substr(0, at)}}});
    }
    return list;
}

/// What differs from Kubo's own settings.
Result<json> settingsOf(const KuboChildOptions &options, const SecretBytes &rpcToken)
{
    AMANA_TRY(json peering, peeringOf(options.peers));
    const json off = {{"Enabled", false}};
    return json{
        {"Addresses",
         {{"API", "/ip4/127.0.0.1/tcp/0"},
          {"Gateway", "/ip4/127.0.0.1/tcp/0"},
          {"Swarm", {swarmAddress(options)}}}},
        {"API",
         {{"Authorizations",
           {{"amana", {{"AuthSecret", "bearer:" + std::string(rpcToken.text())}, {"AllowedPaths", {"/api/v0"}}}}}}}},
        {"AutoConf", off},
        {"AutoTLS", off},
        {"Bootstrap", nullptr},
        {"DNS", {{"Resolvers", nullptr}}},
        {"Discovery", {{"MDNS", off}}},
        {"Gateway", {{"NoFetch", true}, {"DeserializedResponses", false}}},
        {"Ipns", {{"DelegatedPublishers", nullptr}}},
        {"Peering", {{"Peers", std::move(peering)}}},
        {"Provide", {{"Strategy", "pinned"}}},
        {"Routing", {{"Type", "dht"}, {"DelegatedRouters", nullptr}}},
        // Only TCP can be kept to a private swarm; outside of one it is enough, too.
        {"Swarm",
         {{"DisableNatPortMap", true},
          {"Transports",
           {{"Network", {{"QUIC", false}, {"WebTransport", false}, {"WebRTCDirect", false}, {"Websocket", false}}}}}}},
    };
}

/// `settings` into `config`, members of objects one by one (nlohmann's merge_patch would remove what is null).
void merge(json &config, const json &settings)
{
    for (const auto &[name, value] : settings.items())
        if (value.is_object() && config[name].is_object())
            merge(config[name], value);
        else
            config[name] = value;
}

Status writeSwarmKey(const QString &path, const SecretBytes &key)
{
    if (key.empty()) {
        if (QFile::exists(path) && !QFile::remove(path))
            return fail(ErrorCode::FileUnwritable, {{"path", path.toStdString()}});
        return {};
    }
    QByteArray text = QByteArray("/key/swarm/psk/1.0.0/\n/base16/\n") + toByteArray(key.view()).toHex() + "\n";
    const Status written = writeFileAtomic(path, text, true);
    secureWipe(text.data(), static_cast<std::size_t>(text.size()));
    return written;
}

} // namespace

QProcessEnvironment kuboEnvironment(const KuboChildOptions &options)
{
    QProcessEnvironment environment = plainEnvironment();
    environment.insert(QStringLiteral("IPFS_TELEMETRY"), QStringLiteral("off"));
    if (!options.swarmKey.empty()) // it refuses to start should the key be lost
        environment.insert(QStringLiteral("LIBP2P_FORCE_PNET"), QStringLiteral("1"));
    return environment;
}

Status makeKuboRepository(const QString &program, const QString &repository)
{
    const QDir repo(repository);
    if (repo.exists(QStringLiteral("config")))
        return {};
    QProcess process;
    process.setProcessEnvironment(kuboEnvironment({}));
    process.setStandardInputFile(QProcess::nullDevice());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, {QStringLiteral("--repo-dir=") + repository, QStringLiteral("init"),
                            QStringLiteral("--profile=unixfs-v1-2025"), QStringLiteral("--empty-repo")});
    if (!process.waitForFinished(kInitMs) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return failed("init: " + process.readAll().simplified().left(200).toStdString());
    return {};
}

Status configureKubo(const QString &repository, const KuboChildOptions &options, const SecretBytes &rpcToken)
{
    if (!options.swarmKey.empty() && options.swarmKey.size() != 32)
        return failed("swarm key");
    const QString path = repository + QStringLiteral("/config");
    AMANA_TRY(const QByteArray bytes, readFile(path, 1 << 20));
    json config = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!config.is_object())
        return failed("config");
    AMANA_TRY(const json settings, settingsOf(options, rpcToken));
    merge(config, settings);
    AMANA_CHECK(writeFileAtomic(path, QByteArray::fromStdString(config.dump(2) + "\n"), true));
    return writeSwarmKey(repository + QStringLiteral("/swarm.key"), options.swarmKey);
}

std::string fingerprintOf(const KuboChildOptions &options)
{
    const Digest key = crypto::sha256(options.swarmKey.view());
    const std::string text =
        json{toHex(key), options.swarmHost, options.swarmPort, options.peers}.dump(-1, ' ', false, json::error_handler_t::replace);
    return toHex(crypto::sha256(bytesOf(text)));
}

} // namespace amana::content
