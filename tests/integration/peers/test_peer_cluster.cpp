// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car_piece.h"
#include "core/content/kubo.h"
#include "core/content/pinning_service.h"
#include "core/replication/storage.h"
#include "cluster_node.h"
#include "graphs.h"
#include "test_result.h"

#include <QCoreApplication>

#include <array>

using namespace amana;
using namespace amana::content;
using namespace amana::content::test;
using namespace amana::test;
using namespace std::chrono_literals;

namespace {

QString ipfsPath;
QString clusterPath;
constexpr int kSoon = 60'000;
constexpr qsizetype kMib = 1 << 20;

} // namespace

/// Three peers of IPFS Cluster with three Kubo nodes: the remote storage of a group of hospitals.
class TestPeerCluster : public QObject {
    Q_OBJECT

    std::array<ClusterNode, 3> m_nodes;

    [[nodiscard]] Cluster cluster(int i) const { return Cluster(ClusterNode::endpointAt(m_nodes[i].restPort)); }
    [[nodiscard]] KuboNode kubo(int i) const { return KuboNode({"http://127.0.0.1:" + m_nodes[i].kuboPort.toStdString(), {}, {}}); }
    /// Copies of the root that the nodes themselves have pinned.
    [[nodiscard]] int copies(const Cid &root) const;
    /// A home of ours that has the graph and is to keep it at the places.
    std::unique_ptr<replication::Storage> storageWith(const QString &folder, const std::vector<replication::Place> &places,
                                                      const Graph &graph);

private Q_SLOTS:
    void initTestCase();
    void anUploadIsCopied();
    void onlyWithThePassword();
    void tooFewPeers();
    void thePinningService();
    void lostCopiesAreGivenAgain();
    void aServiceFetchesFromANode();
    void aPeerThatDiesIsReplaced();
};

int TestPeerCluster::copies(const Cid &root) const
{
    int pinned = 0;
    for (int i = 0; i < 3; ++i) {
        const auto pin = kubo(i).pinOf(root);
        pinned += pin && *pin ? 1 : 0;
    }
    return pinned;
}

void TestPeerCluster::initTestCase()
{
    const QString secret = QString::fromLatin1(QByteArray(32, 'k').toHex());
    for (ClusterNode &node : m_nodes)
        QVERIFY(node.startKubo(ipfsPath));
    for (int i = 0; i < 3; ++i)
        QTRY_VERIFY_WITH_TIMEOUT(kubo(i).identity(), kSoon);
    for (int i = 1; i < 3; ++i) // a cluster agrees on pins; that its nodes find each other is theirs to see to
        for (int j = 0; j < i; ++j)
            TEST_OK(kubo(i).connect(kubo(j).identity()->addresses.front()));
    QStringList known; // without mDNS no other way to find each other
    for (int i = 0; i < 3; ++i) {
        QVERIFY(m_nodes[i].startCluster(clusterPath, secret, known.join(QLatin1Char(','))));
        known << m_nodes[i].address();
        const auto ready = [&] {
            const auto peers = cluster(i).peers();
            return peers && peers->size() == std::size_t(i + 1);
        };
        QTRY_VERIFY_WITH_TIMEOUT(ready(), kSoon);
    }
    TEST_VALUE(const auto peers, cluster(0).peers());
    for (const ClusterPeer &peer : peers) {
        QCOMPARE(peer.version.substr(0, 5), std::string("1.1.6"));
        QCOMPARE(peer.error, std::string());
    }
    // They know of each other; a while later each also knows what room the others have.
    const Graph graph(1000, 5000);
    QTRY_VERIFY_WITH_TIMEOUT(uploadToCluster(cluster(0), graph.blocks, graph.root, "", {3, 3}), kSoon);
    TEST_OK(cluster(0).unpin(graph.root));
}

void TestPeerCluster::anUploadIsCopied()
{
    const Graph graph(20 * kMib + 3, 5001);
    TEST_OK(uploadToCluster(cluster(0), graph.blocks, graph.root, "named", {3, 3}));
    const auto pinned = [&] {
        const auto status = cluster(1).status(graph.root);
        return status && status->pinned() == 3;
    };
    QTRY_VERIFY_WITH_TIMEOUT(pinned(), kSoon);
    QCOMPARE(cluster(1).status(graph.root)->name, std::string("named"));
    QCOMPARE(copies(graph.root), 3);
    const KuboNode third = kubo(2);
    QCOMPARE(contentOf(KuboBlocks(third, 5s, true), graph.root).value(), graph.bytes);
    TEST_OK(cluster(2).recover(graph.root));
    TEST_OK(cluster(2).unpin(graph.root));
    QTRY_COMPARE_WITH_TIMEOUT(copies(graph.root), 0, kSoon);
    TEST_OK(cluster(2).unpin(graph.root));
}

void TestPeerCluster::onlyWithThePassword()
{
    const Cluster stranger(ClusterNode::endpointAt(m_nodes[0].restPort, "guess"));
    QCOMPARE(outcome(stranger.peers()), std::string("ipfs.unauthorized"));
    QCOMPARE(outcome(stranger.status(Cid{})), std::string("ipfs.unauthorized"));
    QCOMPARE(outcome(PinningService(ClusterNode::endpointAt(m_nodes[0].pinPort, "guess")).list()),
             std::string("ipfs.unauthorized"));
}

void TestPeerCluster::tooFewPeers()
{
    const Graph graph(1000, 5002);
    const Status refused = uploadToCluster(cluster(0), graph.blocks, graph.root, "", {4, 5});
    QCOMPARE(outcome(refused), std::string("ipfs.refused"));
    QVERIFY2(refused.error().param("detail").find("not enough peers") != std::string::npos,
             refused.error().debugString().c_str());
}

void TestPeerCluster::thePinningService()
{
    const PinningService pinning(ClusterNode::endpointAt(m_nodes[0].pinPort));
    const Graph first(2 * kMib, 5003);
    const Graph second(3 * kMib, 5004);
    const KuboNode third = kubo(2);
    for (const Graph *graph : {&first, &second}) // the origin: a node that has the blocks but no pin
        TEST_OK(third.import(
            [graph] {
                CarPiece piece(graph->root);
                const Status all = walk(graph->blocks, graph->root, [&](const Cid &cid, const QByteArray &block) -> Status {
                    piece.add(cid, block);
                    return {};
                });
                Q_ASSERT(all);
                return piece;
            }(),
            false));
    const std::vector<std::string> origins{third.identity()->addresses.front()};
    TEST_VALUE(const PinReceipt asked, pinning.add({first.root, "first", origins}));
    QCOMPARE(asked.cid, first.root);
    TEST_VALUE(const PinReceipt pinned, pinning.awaitPinned(asked.id, 60s));
    QCOMPARE(pinned.state, PinState::Pinned);
    QCOMPARE(pinned.name, std::string("first"));
    TEST_VALUE(const PinReceipt replaced, pinning.replace(asked.id, {second.root, "second", origins}));
    QVERIFY(replaced.id != asked.id);
    // Cluster takes the old pin away while its nodes still update from it, so the new one may fail at first.
    const auto isKept = [&] {
        const auto now = pinning.get(replaced.id);
        return now && (now->state == PinState::Pinned || (cluster(0).recover(second.root) && false));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKept(), kSoon);
    TEST_VALUE(const auto list, pinning.list());
    QVERIFY(std::any_of(list.begin(), list.end(), [&](const PinReceipt &one) { return one.cid == second.root; }));
    QVERIFY(std::none_of(list.begin(), list.end(), [&](const PinReceipt &one) { return one.cid == first.root; }));
    QCOMPARE(pinning.list(second.root)->size(), std::size_t(1));
    TEST_OK(pinning.remove(replaced.id));
    const auto gone = [&] {
        const auto left = pinning.list(second.root);
        return left && left->empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(gone(), kSoon);
    TEST_OK(pinning.remove(replaced.id));
}

std::unique_ptr<replication::Storage> TestPeerCluster::storageWith(const QString &folder,
                                                                   const std::vector<replication::Place> &places, const Graph &graph)
{
    static const SystemClock clock;
    if (!replication::savePlaces(folder, places))
        return {};
    auto storage = replication::Storage::open(folder, ClusterNode::endpointAt(m_nodes[0].restPort).secrets, clock);
    if (!storage)
        return {};
    const Status put = walk(graph.blocks, graph.root, [&](const Cid &cid, const QByteArray &block) {
        return (*storage)->put(cid, bytesOf(block));
    });
    return put && (*storage)->flush() && (*storage)->announce(graph.root, "dataset 1") ? std::move(*storage) : nullptr;
}

void TestPeerCluster::lostCopiesAreGivenAgain()
{
    const Graph graph(3 * kMib, 5006);
    const QTemporaryDir folder;
    const IpfsEndpoint endpoint = ClusterNode::endpointAt(m_nodes[0].restPort);
    replication::Place place{"hospitals", replication::PlaceKind::Cluster, endpoint.url, endpoint.access};
    place.copies = 2;
    const auto storage = storageWith(folder.path(), {place}, graph);
    QVERIFY(storage);
    TEST_VALUE(const replication::Record given, storage->replicate(graph.root));
    QCOMPARE(given.receipts.size(), std::size_t(1));
    QCOMPARE(given.receipts[0].wanted, 2);
    const auto whole = [&](bool give) {
        const auto record = give ? storage->replicate(graph.root) : storage->look(graph.root);
        return record && record->receipts[0].isWhole() && record->foundBy == "hospitals";
    };
    QTRY_VERIFY_WITH_TIMEOUT(whole(false), kSoon);
    QCOMPARE(copies(graph.root), 2);
    TEST_OK(cluster(1).unpin(graph.root)); // somebody took them away
    QTRY_COMPARE_WITH_TIMEOUT(copies(graph.root), 0, kSoon);
    TEST_VALUE(const replication::Record lost, storage->look(graph.root));
    QVERIFY(!lost.receipts[0].isWhole());
    QCOMPARE(lost.foundBy, std::string());
    QTRY_VERIFY_WITH_TIMEOUT(whole(true), kSoon);
    TEST_OK(storage->withdraw(graph.root));
    QTRY_COMPARE_WITH_TIMEOUT(copies(graph.root), 0, kSoon);
    QVERIFY(storage->records()->empty());
}

void TestPeerCluster::aServiceFetchesFromANode()
{
    const Graph graph(2 * kMib, 5007);
    const QTemporaryDir folder;
    const IpfsEndpoint service = ClusterNode::endpointAt(m_nodes[0].pinPort);
    const auto storage =
        storageWith(folder.path(),
                    {{"service", replication::PlaceKind::PinningService, service.url, service.access},
                     {"node", replication::PlaceKind::Kubo, "http://127.0.0.1:" + m_nodes[2].kuboPort.toStdString()}},
                    graph);
    QVERIFY(storage);
    const auto whole = [&] {
        const auto record = storage->replicate(graph.root);
        return record && record->of("service")->isWhole() && record->of("node")->isWhole();
    };
    QTRY_VERIFY_WITH_TIMEOUT(whole(), kSoon);
    TEST_VALUE(const auto record, storage->recordOf(graph.root));
    QVERIFY(!record->of("service")->id.empty());
    QVERIFY(record->of("service")->asked > 0 && record->of("service")->checked >= record->of("service")->asked);
    QVERIFY(copies(graph.root) >= 2);
    TEST_OK(storage->withdraw(graph.root));
}

void TestPeerCluster::aPeerThatDiesIsReplaced()
{
    const Graph graph(5 * kMib, 5005);
    TEST_OK(uploadToCluster(cluster(0), graph.blocks, graph.root, "two copies", {2, 2}));
    const auto pinnedAt = [&](int asked) -> std::vector<std::string> {
        std::vector<std::string> where;
        if (const auto status = cluster(asked).status(graph.root))
            for (const ClusterCopy &copy : status->copies)
                if (copy.status == "pinned")
                    where.push_back(copy.peer);
        return where;
    };
    QTRY_COMPARE_WITH_TIMEOUT(pinnedAt(0).size(), std::size_t(2), kSoon);
    const std::string dying = pinnedAt(0).front();
    int at = 0;
    while (m_nodes[at].id.toStdString() != dying)
        ++at;
    const int other = (at + 1) % 3;
    m_nodes[at].cluster.end();
    m_nodes[at].kubo.end();
    const auto isAlerted = [&] {
        const auto alerts = cluster(other).alerts();
        return alerts && std::any_of(alerts->begin(), alerts->end(), [&](const ClusterAlert &alert) {
                   return alert.peer == dying && alert.metric == "ping";
               });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAlerted(), kSoon);
    const auto twoOthers = [&] {
        const auto where = pinnedAt(other);
        return where.size() == 2 && std::find(where.begin(), where.end(), dying) == where.end();
    };
    QTRY_VERIFY_WITH_TIMEOUT(twoOthers(), kSoon);
    QCOMPARE(copies(graph.root), 2);
}

int main(int argc, char **argv)
{
    const Peer kubo = findKubo();
    const Peer service = findPeer("ipfs-cluster-service", "AMANA_IPFS_CLUSTER", "AMANA_WITHOUT_CLUSTER");
    for (const Peer &peer : {kubo, service})
        if (const int code = exitCodeWithout(peer); code != 0)
            return code;
    ipfsPath = kubo.path;
    clusterPath = service.path;
    QCoreApplication application(argc, argv);
    TestPeerCluster test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_peer_cluster.moc"
