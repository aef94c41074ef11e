// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/base/process.h"
#include "core/content/car_piece.h"
#include "core/content/kubo_upload.h"
#include "core/crypto/random.h"
#include "child_node.h"
#include "kubo.h"
#include "test_result.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

using namespace amana;
using namespace amana::content;
using namespace amana::content::test;
using namespace amana::test;
using namespace std::chrono_literals;

namespace {

constexpr int kSoon = 30'000;
constexpr qsizetype kMib = 1 << 20;
constexpr PinPatience kShort{3s, 30s}; // for pins that will not come about

} // namespace

/// Two real nodes in a private swarm, started by us: what one gets from us, the other gets from it.
class TestPeerNode : public QObject {
    Q_OBJECT

    TestNode m_a;
    TestNode m_b;

private Q_SLOTS:
    void initTestCase();
    void whatIsUploadedIsFoundAndFetchedByOthers_data();
    void whatIsUploadedIsFoundAndFetchedByOthers();
    void onlyWhatIsMissingIsSent();
    void anInterruptedUploadGoesOn();
    void aNodeThatDiesInBetween();
    void garbageIsCollectedInBetween();
    void whatNobodyHas();
    void damagedBlocksAreRefused();
    void pinsAreListedAndRemoved();
    void onlyWithTheToken_data();
    void onlyWithTheToken();
    void nothingIsOpenToOthers();
    void aNodeIsFoundAgain();
    void otherOptionsStartItAnew();
    void onlyOurProcessIsEnded();
    void withoutTheProgram();
};

void TestPeerNode::initTestCase()
{
    TEST_OK(m_a.start());
    TEST_OK(m_b.start());
    TEST_VALUE(const KuboIdentity b, m_b.rpc->identity());
    QCOMPARE(b.agent.substr(0, 11), std::string("kubo/0.40.1"));
    QVERIFY(!b.addresses.empty());
    TEST_OK(m_a.rpc->connect(b.addresses.front()));
    TEST_VALUE(const auto peers, m_a.rpc->peers());
    QCOMPARE(peers, std::vector{b.peer});
}

void TestPeerNode::whatIsUploadedIsFoundAndFetchedByOthers_data()
{
    QTest::addColumn<bool>("fromA");
    QTest::addColumn<int>("size");
    QTest::newRow("from A, some pieces") << true << int(37 * kMib + 5);
    QTest::newRow("from A, one leaf") << true << 1000;
    QTest::newRow("from B") << false << int(3 * kMib);
}

void TestPeerNode::whatIsUploadedIsFoundAndFetchedByOthers()
{
    QFETCH(bool, fromA);
    QFETCH(int, size);
    const TestNode &here = fromA ? m_a : m_b;
    const TestNode &there = fromA ? m_b : m_a;
    const Graph graph(size, static_cast<std::uint32_t>(size));
    TEST_VALUE(const KuboUpload sent, uploadToKubo(*here.rpc, graph.blocks, graph.root, "name of it & more+"));
    QCOMPARE(sent.blocks, graph.blocks.count());
    TEST_VALUE(const auto pin, here.rpc->pinOf(graph.root));
    QVERIFY(pin);
    QCOMPARE(pin->name, std::string("name of it & more+"));
    QVERIFY(!there.rpc->has(graph.root).value());

    TEST_OK(here.rpc->provide(graph.root, 20s));
    const std::string id = here.rpc->identity()->peer;
    const auto isFound = [&] {
        const auto found = there.rpc->providers(graph.root, 3s);
        return found && std::find(found->begin(), found->end(), id) != found->end();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isFound(), kSoon);
    QCOMPARE(contentOf(KuboBlocks(*there.rpc, 20s), graph.root).value(), graph.bytes);
    TEST_OK(there.rpc->pin(graph.root, "copy", kShort));
    QCOMPARE(contentOf(KuboBlocks(*there.rpc, 20s, true), graph.root).value(), graph.bytes);
}

void TestPeerNode::onlyWhatIsMissingIsSent()
{
    const Graph graph(5 * kMib, 77);
    TEST_OK(uploadToKubo(*m_a.rpc, graph.blocks, graph.root, "once"));
    TEST_VALUE(const KuboUpload again, uploadToKubo(*m_a.rpc, graph.blocks, graph.root, "twice"));
    QCOMPARE(again.bytes, std::uint64_t(0));
    QCOMPARE(m_a.rpc->pinOf(graph.root).value()->name, std::string("twice"));
    TEST_OK(m_a.rpc->unpin(graph.root));
    TEST_VALUE(const KuboUpload third, uploadToKubo(*m_a.rpc, graph.blocks, graph.root, "thrice"));
    QCOMPARE(third.bytes, std::uint64_t(0));
    QVERIFY(m_a.rpc->pinOf(graph.root).value());
}

void TestPeerNode::anInterruptedUploadGoesOn()
{
    const Graph graph(60 * kMib, 4711);
    std::atomic<bool> cancelled = false;
    std::uint64_t told = 0;
    bool backwards = false;
    const Progress progress(
        [&](std::uint64_t done, std::uint64_t total) {
            backwards = backwards || done < told || total < std::uint64_t(60 * kMib);
            told = done;
            cancelled = done > std::uint64_t(35 * kMib);
        },
        &cancelled);
    QCOMPARE(outcome(uploadToKubo(*m_a.rpc, graph.blocks, graph.root, "", {}, progress)), std::string("job.cancelled"));
    QVERIFY(!backwards);
    QVERIFY(!m_a.rpc->pinOf(graph.root).value());
    const std::uint64_t missing = m_a.missingBytes(graph);
    QVERIFY2(missing > 5 * kMib && missing < 55 * kMib, qPrintable(QString::number(missing)));
    TEST_VALUE(const KuboUpload rest, uploadToKubo(*m_a.rpc, graph.blocks, graph.root, ""));
    QCOMPARE(rest.bytes, missing);
    QVERIFY(m_a.rpc->pinOf(graph.root).value());
    QCOMPARE(m_a.missingBytes(graph), std::uint64_t(0));
}

void TestPeerNode::aNodeThatDiesInBetween()
{
    TestNode node;
    TEST_OK(node.start());
    const Graph graph(60 * kMib, 4712);
    const WatchedSource source(graph.blocks, [&](int leaf) {
        if (leaf == 40)
            node.kill();
    });
    QCOMPARE(outcome(uploadToKubo(*node.rpc, source, graph.root, "")), std::string("ipfs.unreachable"));
    TEST_OK(node.start());
    const std::uint64_t missing = node.missingBytes(graph);
    QVERIFY2(missing > 20 * kMib, qPrintable(QString::number(missing)));
    TEST_VALUE(const KuboUpload rest, uploadToKubo(*node.rpc, graph.blocks, graph.root, ""));
    QCOMPARE(rest.bytes, missing);
    QCOMPARE(contentOf(KuboBlocks(*node.rpc, 5s, true), graph.root).value(), graph.bytes);
}

void TestPeerNode::garbageIsCollectedInBetween()
{
    const Graph graph(40 * kMib, 4713);
    std::uint64_t dropped = 0;
    const WatchedSource source(graph.blocks, [&](int leaf) {
        if (leaf == 35) { // two pieces are there
            const std::uint64_t before = m_a.missingBytes(graph);
            m_a.collectGarbage();
            dropped = m_a.missingBytes(graph) - before;
        }
    });
    TEST_VALUE(const KuboUpload sent, uploadToKubo(*m_a.rpc, source, graph.root, "kept", kShort));
    QVERIFY(dropped > 20 * kMib);
    QVERIFY(sent.bytes == std::uint64_t(graph.bytes.size()) + graph.blocks.get(graph.root)->size() + dropped);
    m_a.collectGarbage();
    QCOMPARE(m_a.missingBytes(graph), std::uint64_t(0));
}

void TestPeerNode::whatNobodyHas()
{
    const Graph graph(3 * kMib, 4714);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(outcome(m_a.rpc->pin(graph.root, "", {2s, 60s})), std::string("ipfs.pinFailed"));
    QCOMPARE(outcome(KuboBlocks(*m_a.rpc, 1s).get(graph.root)), std::string("content.blockMissing"));
    QCOMPARE(outcome(KuboBlocks(*m_a.rpc, 60s, true).get(graph.root)), std::string("content.blockMissing"));
    QCOMPARE(outcome(m_a.rpc->provide(graph.root, 5s)), std::string("ipfs.refused"));
    QVERIFY(m_a.rpc->providers(graph.root, 2s).value().empty());
    // The root alone: said with the status 200, by an object and by the lack of one.
    CarPiece piece(graph.root);
    piece.add(graph.root, graph.blocks.get(graph.root).value());
    TEST_OK(m_a.rpc->import(piece, false));
    QCOMPARE(outcome(m_a.rpc->pin(graph.root, "", {60s, 2s})), std::string("ipfs.pinFailed"));
    QVERIFY(timer.elapsed() < kSoon);
}

void TestPeerNode::damagedBlocksAreRefused()
{
    const Graph graph(2 * kMib, 4715);
    CarPiece piece(graph.root);
    QByteArray block = graph.blocks.get(graph.root).value();
    block[10] = static_cast<char>(block[10] ^ 1);
    piece.add(graph.root, block);
    const Status refused = m_a.rpc->import(piece, false);
    QCOMPARE(outcome(refused), std::string("ipfs.refused"));
    QVERIFY(refused.error().param("detail").find("integrity") != std::string::npos);
    QVERIFY(!m_a.rpc->has(graph.root).value());
}

void TestPeerNode::pinsAreListedAndRemoved()
{
    const Graph graph(1000, 4716);
    TEST_OK(uploadToKubo(*m_b.rpc, graph.blocks, graph.root, "in the list"));
    const auto listed = [&] {
        const auto pins = m_b.rpc->pins();
        return pins && std::any_of(pins->begin(), pins->end(), [&](const KuboPin &pin) {
                   return pin.cid == graph.root && pin.name == "in the list";
               });
    };
    QVERIFY(listed());
    TEST_OK(m_b.rpc->unpin(graph.root));
    QVERIFY(!listed());
    TEST_OK(m_b.rpc->unpin(graph.root));
}

void TestPeerNode::onlyWithTheToken_data()
{
    QTest::addColumn<int>("login");
    QTest::newRow("none") << int(net::Access::Login::None);
    QTest::newRow("another token") << int(net::Access::Login::Bearer);
    QTest::newRow("a password") << int(net::Access::Login::Basic);
}

void TestPeerNode::onlyWithTheToken()
{
    QFETCH(int, login);
    IpfsEndpoint stranger{m_a.endpoint.url, {}, [](const std::string &) -> Result<SecretBytes> {
                              return SecretBytes::fromText("wrong");
                          }};
    stranger.access.login = static_cast<net::Access::Login>(login);
    stranger.access.user = "amana";
    const KuboNode node(stranger);
    const Graph graph(1000, 4717);
    QCOMPARE(outcome(node.identity()), std::string("ipfs.unauthorized"));
    QCOMPARE(outcome(node.pins()), std::string("ipfs.unauthorized"));
    QCOMPARE(outcome(uploadToKubo(node, graph.blocks, graph.root, "")), std::string("ipfs.unauthorized"));
    QVERIFY(!m_a.rpc->has(graph.root).value());
}

void TestPeerNode::nothingIsOpenToOthers()
{
    const KuboChildStatus status = m_a.child.status();
    QVERIFY(status.running);
    for (const std::string &url : {status.rpcUrl, status.gatewayUrl})
        QVERIFY2(url.starts_with("http://127.0.0.1:"), url.c_str());
    const QDir folder(m_a.folder.filePath(QStringLiteral("node")));
    for (const char *secret : {"rpc-token", "repo/config", "repo/swarm.key"})
        QCOMPARE(QFileInfo(folder.filePath(QLatin1String(secret))).permissions()
                     & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    const QByteArray log = amana::readFile(folder.filePath(QStringLiteral("node.log"))).value();
    QVERIFY(log.contains("private network of peers with the swarm key"));
    QVERIFY(!log.contains(toByteArray(swarmKey.view()).toHex()));
}

void TestPeerNode::aNodeIsFoundAgain()
{
    TestNode node;
    TEST_OK(node.start());
    const Graph graph(1000, 4718);
    TEST_OK(uploadToKubo(*node.rpc, graph.blocks, graph.root, ""));
    const std::string peer = node.rpc->identity()->peer;
    const std::int64_t pid = node.child.status().pid;
    TEST_OK(node.start());
    QCOMPARE(node.child.status().pid, pid);
    node.kill();
    QVERIFY(!node.child.status().running);
    TEST_OK(node.start());
    QVERIFY(node.child.status().running && node.child.status().pid != pid);
    QCOMPARE(node.rpc->identity()->peer, peer);
    QVERIFY(node.rpc->pinOf(graph.root).value());
    // Its record is lost: the node is not forgotten, so no second one fights it for the repository.
    const std::int64_t second = node.child.status().pid;
    QVERIFY(QFile::remove(node.folder.filePath(QStringLiteral("node/node.json"))));
    QCOMPARE(node.child.status().pid, second);
    TEST_OK(node.start());
    QVERIFY(node.rpc->pinOf(graph.root).value());
    TEST_OK(node.child.stop());
    QCOMPARE(node.child.status().pid, std::int64_t(0));
    QCOMPARE(outcome(node.rpc->identity()), std::string("ipfs.unreachable"));
    TEST_OK(node.child.stop());
}

void TestPeerNode::otherOptionsStartItAnew()
{
    TestNode node;
    TEST_OK(node.start());
    const std::int64_t pid = node.child.status().pid;
    KuboChildOptions options = loopbackOptions();
    options.peers = m_a.rpc->identity()->addresses;
    TEST_OK(node.child.ensureRunning(options));
    QVERIFY(node.child.status().pid != pid);
    const std::string id = KuboNode(node.child.ensureRunning(options).value()).identity()->peer;
    const auto connected = [&] {
        const auto peers = m_a.rpc->peers();
        return peers && std::find(peers->begin(), peers->end(), id) != peers->end();
    };
    QTRY_VERIFY_WITH_TIMEOUT(connected(), kSoon);
    // Another swarm key: nobody talks to it.
    options.swarmKey = crypto::randomSecret(32);
    TEST_VALUE(const IpfsEndpoint alone, node.child.ensureRunning(options));
    QCOMPARE(outcome(KuboNode(alone).connect(m_a.rpc->identity()->addresses.front())), std::string("ipfs.refused"));
    options.swarmKey = SecretBytes(5);
    QCOMPARE(outcome(node.child.ensureRunning(options)), std::string("ipfs.nodeFailed"));
}

void TestPeerNode::onlyOurProcessIsEnded()
{
    TestNode node;
    TEST_OK(node.start());
    TEST_OK(node.child.stop());
    QProcess other;
    other.start(QStringLiteral("sleep"), {QStringLiteral("100")});
    QVERIFY(other.waitForStarted());
    const auto found = findProcess([&](const QList<QByteArray> &) { return false; });
    QVERIFY(!found);
    QFile stat(QStringLiteral("/proc/%1/stat").arg(other.processId()));
    QVERIFY(stat.open(QIODevice::ReadOnly));
    const std::string started = stat.readAll().split(' ').value(21).toStdString();
    const nlohmann::json record{{"pid", other.processId()}, {"started", started}, {"options", ""}};
    QVERIFY(isRunning({other.processId(), started})); // only its command line is another
    QVERIFY(writeFileAtomic(node.folder.filePath(QStringLiteral("node/node.json")), QByteArray::fromStdString(record.dump())));
    TEST_OK(node.child.stop());
    TEST_OK(node.start());
    QVERIFY(!other.waitForFinished(200));
    other.kill();
    other.waitForFinished();
}

void TestPeerNode::withoutTheProgram()
{
    const QByteArray program = qgetenv("AMANA_IPFS");
    qputenv("AMANA_IPFS", "/nowhere/ipfs");
    const QTemporaryDir folder;
    const auto refused = KuboChild(folder.path()).ensureRunning(loopbackOptions());
    qputenv("AMANA_IPFS", program);
    QCOMPARE(outcome(refused), std::string("ipfs.programMissing"));
}

int main(int argc, char **argv)
{
    const Peer kubo = findKubo();
    if (const int code = exitCodeWithout(kubo); code != 0)
        return code;
    qputenv("AMANA_IPFS", kubo.path.toLocal8Bit());
    QCoreApplication application(argc, argv);
    TestPeerNode test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_peer_node.moc"
