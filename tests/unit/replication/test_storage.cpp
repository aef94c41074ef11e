// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replication/storage.h"
#include "gateway_fixture.h"
#include "test_result.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace amana;
using namespace amana::replication;
using namespace amana::content::test;
using amana::test::outcome;
using content::Cid;

namespace {

class FixedClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC); }
};
const FixedClock fixedClock;

Place gatewayAt(const TestGateway &gateway, const std::string &name = "gate")
{
    return {name, PlaceKind::Gateway, gateway.gateway().url.toString().toStdString()};
}

/// The blocks of a network in a folder of their own, with places.
struct Home {
    QTemporaryDir folder{folderPattern()};
    std::unique_ptr<Storage> storage;

    explicit Home(const std::vector<Place> &places = {})
    {
        if (!savePlaces(folder.path(), places))
            qFatal("cannot save places");
        auto opened = Storage::open(folder.path(), {}, fixedClock);
        if (!opened)
            qFatal("storage: %s", opened.error().debugString().c_str());
        storage = std::move(*opened);
    }
};

} // namespace

class TestStorage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMissingBlockIsFetchedOnce();
    void whoLiesIsPassedOver();
    void whoDoesNotAnswerIsLeftAlone();
    void nobodyHasIt();
    void aWholeGraphIsBroughtAndPinned();
    void aGuardedGatewayIsNotAskedWithoutAPass();
    void onlyWhatIsHereIsAnnounced();
    void whatIsTakenBackIsGone();
    void aFailingPlaceIsOnRecord();
    void foundIsProvedAndTakenBack();
    void cancelling();
};

void TestStorage::aMissingBlockIsFetchedOnce()
{
    const auto tree = treeOf(1, 1, 500);
    const TestGateway gateway(tree->blocks);
    const Home home({gatewayAt(gateway)});
    QVERIFY(!home.storage->store().has(tree->root));
    TEST_VALUE(const QByteArray block, home.storage->get(tree->root));
    QCOMPARE(block, tree->blocks.get(tree->root).value());
    QVERIFY(home.storage->store().has(tree->root));
    TEST_OK(home.storage->get(tree->root));
    QCOMPARE(gateway.requests(), 1);
}

void TestStorage::whoLiesIsPassedOver()
{
    const auto tree = treeOf(1, 1, 500);
    const TestGateway liar(tree->blocks, [](const Question &) { return withHead("something else"); });
    const TestGateway honest(tree->blocks);
    const Home home({gatewayAt(liar, "liar"), gatewayAt(honest)});
    TEST_OK(home.storage->get(tree->root));
    TEST_OK(home.storage->get(tree->all.back()));
    QCOMPARE(liar.requests(), 1); // not asked a second time
}

void TestStorage::whoDoesNotAnswerIsLeftAlone()
{
    const auto tree = treeOf(1, 1, 500);
    const TestGateway broken(tree->blocks, [](const Question &) { return withHead("no", "500 Oh"); });
    const Home home({gatewayAt(broken)});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(outcome(home.storage->get(tree->root)), std::string("content.blockMissing"));
    QCOMPARE(broken.requests(), 1);
}

void TestStorage::nobodyHasIt()
{
    const auto tree = treeOf(1, 1, 500);
    const content::MemoryBlocks nothing;
    const TestGateway empty(nothing);
    const Home home({gatewayAt(empty)});
    const auto missing = home.storage->get(tree->root);
    QCOMPARE(outcome(missing), std::string("content.blockMissing"));
    QVERIFY(missing.error().cause);
    QCOMPARE(missing.error().cause->code, ErrorCode::IpfsNotFound);
    TEST_OK(!home.storage->get(tree->root) ? Status() : fail(ErrorCode::InternalUnexpected));
    QCOMPARE(empty.requests(), 2); // an honest "no" is no outage
    QCOMPARE(outcome(Home().storage->bring(tree->root, "request 1")), std::string("content.blockMissing"));
}

void TestStorage::aWholeGraphIsBroughtAndPinned()
{
    const auto tree = treeOf(3, 4, 700);
    const TestGateway gateway(tree->blocks);
    const Home home({gatewayAt(gateway)});
    TEST_OK(home.storage->bring(tree->root, "request 1"));
    for (const Cid &cid : tree->all)
        QVERIFY(home.storage->store().has(cid));
    TEST_VALUE(const auto pins, home.storage->store().pins());
    QCOMPARE(pins.size(), std::size_t(1));
    QCOMPARE(pins[0].root, tree->root);
    QCOMPARE(pins[0].name, std::string("request 1"));
    const int asked = gateway.requests();
    TEST_OK(home.storage->bring(tree->root, "request 1"));
    QCOMPARE(gateway.requests(), asked);
}

void TestStorage::aGuardedGatewayIsNotAskedWithoutAPass()
{
    const auto tree = treeOf(1, 2, 500);
    const TestGateway gateway(tree->blocks);
    Place guarded = gatewayAt(gateway);
    guarded.kind = PlaceKind::GuardedGateway;
    const Home home({guarded});
    QVERIFY(!home.storage->hasKeepers());
    QCOMPARE(outcome(home.storage->bring(tree->root, "request 1")), std::string("content.blockMissing"));
    QCOMPARE(gateway.requests(), 0);
}

void TestStorage::onlyWhatIsHereIsAnnounced()
{
    const auto tree = treeOf(1, 2, 500);
    const Home home;
    QCOMPARE(outcome(home.storage->announce(tree->root, "dataset 1")), std::string("content.blockMissing"));
    QVERIFY(home.storage->records()->empty());
    for (const Cid &cid : tree->all)
        TEST_OK(home.storage->put(cid, bytesOf(*tree->blocks.get(cid))));
    TEST_OK(home.storage->announce(tree->root, "dataset 1"));
    QCOMPARE(home.storage->records()->size(), std::size_t(1));
    TEST_VALUE(const Record record, home.storage->replicate(tree->root)); // nobody to give it to
    QVERIFY(record.receipts.empty());
    QCOMPARE(outcome(home.storage->replicate(tree->all.back())), std::string("content.blockMissing")); // not announced
    TEST_VALUE(const content::CollectReport collected, home.storage->store().collect());
    QCOMPARE(collected.blocks, std::uint64_t(0));
}

void TestStorage::whatIsTakenBackIsGone()
{
    const Block block = blockOf(1);
    const Home home;
    TEST_OK(home.storage->put(block.cid, bytesOf(block.bytes)));
    TEST_OK(home.storage->announce(block.cid, "message"));
    TEST_OK(home.storage->retract(block.cid));
    TEST_OK(home.storage->retract(block.cid));
    QVERIFY(home.storage->records()->empty());
    QVERIFY(home.storage->store().pins()->empty());
    TEST_OK(home.storage->withdraw(block.cid)); // nothing is success
}

void TestStorage::aFailingPlaceIsOnRecord()
{
    const auto tree = treeOf(1, 2, 500);
    QTcpServer closed; // a port on which nobody listens
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const std::string url = "http://127.0.0.1:" + std::to_string(closed.serverPort());
    closed.close();
    const Home home({{"node", PlaceKind::Kubo, url}, {"cluster", PlaceKind::Cluster, url}, {"pin", PlaceKind::PinningService, url}});
    QVERIFY(home.storage->hasKeepers());
    for (const Cid &cid : tree->all)
        TEST_OK(home.storage->put(cid, bytesOf(*tree->blocks.get(cid))));
    TEST_OK(home.storage->announce(tree->root, "dataset 1"));
    TEST_VALUE(const Record record, home.storage->replicate(tree->root));
    QCOMPARE(record.receipts.size(), std::size_t(3));
    for (const Receipt &receipt : record.receipts) {
        QCOMPARE(receipt.problem, std::string("ipfs.unreachable"));
        QVERIFY(!receipt.isWhole());
        QCOMPARE(receipt.checked, std::int64_t(0)); // nobody has said anything yet
    }
    QVERIFY(record.foundBy.empty());
    QCOMPARE(outcome(home.storage->withdraw(tree->root)), std::string("ipfs.unreachable"));
    QCOMPARE(home.storage->records()->size(), std::size_t(1)); // to be tried again
}

void TestStorage::foundIsProvedAndTakenBack()
{
    const auto tree = treeOf(1, 2, 500);
    std::atomic<int> mood = 0; // 0 has it, 1 has not, 2 is broken
    const TestGateway gateway(tree->blocks, [&](const Question &question) -> std::optional<QByteArray> {
        if (mood == 0)
            return withHead(question.honest);
        return mood == 1 ? withHead("no", "404 Not Found") : withHead("oh", "500 Oh");
    });
    const Home home({gatewayAt(gateway)});
    for (const Cid &cid : tree->all)
        TEST_OK(home.storage->put(cid, bytesOf(*tree->blocks.get(cid))));
    TEST_OK(home.storage->announce(tree->root, "dataset 1"));
    TEST_VALUE(const Record found, home.storage->look(tree->root));
    QCOMPARE(found.foundBy, std::string("gate"));
    QCOMPARE(found.foundAt, std::int64_t(1'700'000'000));
    mood = 2;
    QCOMPARE(home.storage->look(tree->root)->foundBy, std::string("gate")); // nobody could say
    mood = 1;
    QVERIFY(home.storage->look(tree->root)->foundBy.empty());
}

void TestStorage::cancelling()
{
    const auto tree = treeOf(2, 2, 500);
    const TestGateway gateway(tree->blocks);
    const Home home({gatewayAt(gateway)});
    const std::atomic<bool> cancelled = true;
    const Progress progress({}, &cancelled);
    QCOMPARE(outcome(home.storage->bring(tree->root, "request 1", progress)), std::string("job.cancelled"));
    QVERIFY(home.storage->store().pins()->empty());
}

QTEST_GUILESS_MAIN(TestStorage)
#include "test_storage.moc"
