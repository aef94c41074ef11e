// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/kubo.h"
#include "core/content/kubo_child.h"
#include "core/crypto/random.h"
#include "core/net/http_client.h"
#include "graphs.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// Nodes as the program starts them, in one private swarm on loopback.
namespace amana::content::test {

inline const SecretBytes swarmKey = crypto::randomSecret(32);

inline KuboChildOptions loopbackOptions()
{
    KuboChildOptions options;
    options.swarmKey = swarmKey.clone();
    options.swarmHost = "127.0.0.1";
    options.swarmPort = 0;
    return options;
}

/// A node of the private swarm, in a folder of its own; it ends with it.
struct TestNode {
    QTemporaryDir folder;
    KuboChild child{folder.filePath(QStringLiteral("node"))};
    IpfsEndpoint endpoint;
    std::unique_ptr<KuboNode> rpc;

    ~TestNode() { child.stop().has_value(); }

    Status start()
    {
        AMANA_TRY(endpoint, child.ensureRunning(loopbackOptions()));
        rpc = std::make_unique<KuboNode>(endpoint);
        return {};
    }
    /// As a power cut does it.
    void kill() const
    {
        const auto pid = static_cast<pid_t>(child.status().pid);
        ::kill(pid, SIGKILL);
        while (child.status().pid != 0)
            QTest::qWait(20);
    }
    void collectGarbage() const
    {
        net::HttpClient http;
        const auto reply = http.send({.url = QUrl(QString::fromStdString(endpoint.url) + "/api/v0/repo/gc"),
                                      .method = "POST",
                                      .authorization = *net::authorizationOf(endpoint.access, endpoint.secrets)});
        QVERIFY(reply && reply->status == 200);
    }
    /// The node's own answer for each block of the graph.
    std::uint64_t missingBytes(const Graph &graph) const
    {
        std::uint64_t missing = 0;
        const Status walked = walk(graph.blocks, graph.root, [&](const Cid &cid, const QByteArray &block) -> Status {
            AMANA_TRY(const bool there, rpc->has(cid));
            missing += there ? 0 : static_cast<std::uint64_t>(block.size());
            return {};
        });
        return walked ? missing : ~std::uint64_t(0);
    }
};

} // namespace amana::content::test
