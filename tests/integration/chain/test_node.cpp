// SPDX-License-Identifier: GPL-3.0-or-later
#include "chain_fixture.h"

#include "core/base/files.h"
#include "core/chain/journal.h"
#include "core/chain/node_process.h"

#include <nlohmann/json.hpp>

#include <QUrl>

#include <set>
#include <thread>

#include <unistd.h>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

/// Local addresses, as /proc/net/tcp and tcp6 write them, on which something listens at `port`.
std::set<QByteArray> listenersAt(int port)
{
    std::set<QByteArray> found;
    for (const char *path : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            if (fields.size() < 4 || fields[3] != "0A")
                continue;
            const qsizetype colon = fields[1].indexOf(':');
            if (fields[1].mid(colon + 1).toInt(nullptr, 16) == port)
                found.insert(fields[1].left(colon));
        }
    }
    return found;
}

} // namespace

class TestNode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void severalProcessesStartOneNode()
    {
        Home home; // not started: the helpers do
        std::vector<std::thread> threads;
        std::mutex mutex;
        std::set<QByteArray> answers;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                const QByteArray answer = runHelper({home.path(), "start"}).trimmed();
                const std::lock_guard lock(mutex);
                answers.insert(answer);
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(answers.size(), std::size_t(1));
        QVERIFY(!answers.begin()->isEmpty());
        // Deployed once, and alive although every process that knew it is gone.
        QCOMPARE(Journal::load(home.nodeFile("journal.jsonl"))->entries().size(), kDeployment);
        const NodeStatus status = LocalNode::status(home.path()).value();
        QVERIFY(status.running);
        QCOMPARE(status.block, std::uint64_t(kDeployment));
        QCOMPARE(status.journalled, std::uint64_t(kDeployment));
        QVERIFY(::getsid(static_cast<pid_t>(status.pid))
                != ::getsid(0)); // the terminal's Ctrl-C does not reach it
        TEST_OK(home.start());
        QCOMPARE(LocalNode::status(home.path())->pid, status.pid);
    }

    void onlyLoopbackIsServed()
    {
        Home home;
        qputenv("ANVIL_IP_ADDR", "0.0.0.0"); // what anvil would obey
        TEST_OK(home.start());
        qunsetenv("ANVIL_IP_ADDR");
        const int port = QUrl(QString::fromStdString(home.chain->profile().rpcUrl)).port();
        const auto listeners = listenersAt(port);
        QCOMPARE(listeners.size(), std::size_t(1));
        QCOMPARE(*listeners.begin(), QByteArray("0100007F"));
    }

    void nobodyCanSignWithTheNode()
    {
        Home home;
        TEST_OK(home.start());
        TEST_VALUE(const auto accounts, home.chain->rpc().call("eth_accounts", nlohmann::json::array()));
        QVERIFY(accounts.empty());
    }

    void stopAndStartAgain()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        const std::string url = home.chain->profile().rpcUrl;
        const auto hash = home.chain->head()->hash;
        TEST_OK(LocalNode::stop(home.path()));
        QVERIFY(!LocalNode::status(home.path())->running);
        TEST_OK(LocalNode::stop(home.path())); // nothing to stop is fine
        QCOMPARE(outcome(home.chain->head()), "chain.unreachable");
        const auto call = IdentityRegistry(*home.chain).setKey(digestOf("y"));
        QCOMPARE(outcome(home.outbox->send(*home.chain, home.admin, call)), "chain.unreachable");
        TEST_OK(home.start());
        QCOMPARE(home.chain->head()->hash, hash); // written at the end: nothing had to be replayed
        QVERIFY(home.chain->profile().rpcUrl.starts_with("http://127.0.0.1:"));
    }

    void aKilledNodeComesBackAtItsPort()
    {
        Home home;
        TEST_OK(home.start());
        const std::string url = home.chain->profile().rpcUrl;
        home.killNode();
        const auto former = std::move(home.chain);
        TEST_OK(home.start());
        QCOMPARE(home.chain->profile().rpcUrl, url);
        TEST_OK(former->head()); // a program that was open all the time works on
    }

    void onlyTheNodeItselfIsEverKilled()
    {
        Home home;
        TEST_OK(home.start());
        const NodeStatus status = LocalNode::status(home.path()).value();
        const QByteArray record = readFile(home.nodeFile("node.json")).value();
        QProcess innocent;
        innocent.start("sleep", {"60"});
        QVERIFY(innocent.waitForStarted());
        // The number of another process; then the same with that process's own start time.
        QFile stat(QStringLiteral("/proc/%1/stat").arg(innocent.processId()));
        QVERIFY(stat.open(QIODevice::ReadOnly));
        const QByteArray line = stat.readAll();
        const QByteArray started = line.mid(line.lastIndexOf(')') + 2).split(' ').at(19);
        nlohmann::json forged = nlohmann::json::parse(record.toStdString());
        forged["pid"] = innocent.processId();
        for (const std::string &time : {forged["started"].get<std::string>(), started.toStdString()}) {
            forged["started"] = time;
            TEST_OK(writeFileAtomic(home.nodeFile("node.json"), QByteArray::fromStdString(forged.dump())));
            TEST_OK(LocalNode::stop(home.path()));
            QVERIFY(!innocent.waitForFinished(200));
            QCOMPARE(innocent.state(), QProcess::Running);
        }
        QCOMPARE(::kill(static_cast<pid_t>(status.pid), 0),
                 0);           // and the node, whose record was lost, still runs
        TEST_OK(home.start()); // … and is found again
        QCOMPARE(LocalNode::status(home.path())->pid, status.pid);
        innocent.kill();
        innocent.waitForFinished();
    }

    // The starter dies before it can write down what it started: no second node on the same state.
    void aNodeWithoutARecordIsFound()
    {
        Home home;
        int exit = 0;
        runHelper({home.path(), "start"}, "node.started", &exit);
        QCOMPARE(exit, -1);
        QVERIFY(!QFile::exists(home.nodeFile("node.json")));
        const QByteArray answer = runHelper({home.path(), "start"}, "", &exit);
        QCOMPARE(exit, 0);
        const auto found = findNode({home.path() + "/networks/local"});
        QVERIFY(found);
        QCOMPARE(answer.split(' ').front().toLongLong(), found->pid);
    }

    void aDeploymentThatWasCutShortGoesOn()
    {
        Home home;
        int exit = 0;
        runHelper({home.path(), "start"}, "deploy.step", &exit);
        QCOMPARE(exit, -1);
        QCOMPARE(outcome(loadNetwork(home.path(), "local")), "network.unknown");
        TEST_OK(home.start());
        QCOMPARE(Journal::load(home.nodeFile("journal.jsonl"))->entries().size(), kDeployment);
        TEST_OK(home.enrolAdmin());
    }

    void aHangingNodeIsReplaced()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        const NodeStatus status = LocalNode::status(home.path()).value();
        QCOMPARE(::kill(static_cast<pid_t>(status.pid), SIGSTOP), 0);
        TEST_OK(home.start());
        QVERIFY(LocalNode::status(home.path())->pid != status.pid);
        QCOMPARE(IdentityRegistry(*home.chain).memberOf(home.admin.address())->keyVersion, std::uint16_t(1));
    }

    void twoHomesAreTwoComputers()
    {
        Home one;
        Home two;
        TEST_OK(one.start());
        TEST_OK(two.start());
        QVERIFY(one.chain->profile().rpcUrl != two.chain->profile().rpcUrl);
        NetworkProfile mixed = one.chain->profile();
        mixed.rpcUrl = two.chain->profile().rpcUrl;
        const auto connected = Chain::connect(mixed);
        // Same number, same contracts at the same addresses: block 0 tells them apart, unless both began in
        // one second.
        if (one.chain->profile().genesisHash != two.chain->profile().genesisHash)
            QCOMPARE(outcome(connected), "chain.wrongChain");
    }

    void withoutAnvilItIsSaid()
    {
        QTemporaryDir home;
        const QByteArray before = qgetenv("AMANA_ANVIL");
        qputenv("AMANA_ANVIL", "/nowhere/anvil");
        QCOMPARE(outcome(LocalNode::ensureRunning(home.path(), keyOf("admin"))), "node.notFound");
        qputenv("AMANA_ANVIL", "/bin/false");
        QCOMPARE(outcome(LocalNode::ensureRunning(home.path(), keyOf("admin"))), "node.startFailed");
        before.isEmpty() ? qunsetenv("AMANA_ANVIL") : qputenv("AMANA_ANVIL", before);
        const NodeStatus status = LocalNode::status(home.path()).value();
        QVERIFY(!status.running);
    }
};

QTEST_GUILESS_MAIN(TestNode)
#include "test_node.moc"
