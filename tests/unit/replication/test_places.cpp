// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/replication/place.h"
#include "core/replication/records.h"
#include "test_result.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace amana;
using namespace amana::replication;
using amana::test::outcome;

class TestPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noFileIsNoPlace();
    void placesComeBackAsTheyWere();
    void brokenFiles_data();
    void brokenFiles();
    void aRecordIsBegunOnce();
    void receiptsOfManyAreAllKept();
    void brokenRecords();
};

void TestPlaces::noFileIsNoPlace()
{
    const QTemporaryDir folder;
    TEST_VALUE(const auto places, loadPlaces(folder.path()));
    QVERIFY(places.empty());
}

void TestPlaces::placesComeBackAsTheyWere()
{
    const QTemporaryDir folder;
    Place node{"own", PlaceKind::OwnNode};
    node.swarmKey = "the name of a key";
    node.swarmHost = "127.0.0.1";
    node.swarmPort = 0;
    node.peers = {"/ip4/127.0.0.1/tcp/1/p2p/12D3"};
    Place cluster{"c-1", PlaceKind::Cluster, "https://cluster.example"};
    cluster.access = {net::Access::Login::Basic, "nurse", "secret-1", "PEM", "PEM 2", "key-1"};
    cluster.copies = 2;
    Place guarded{"g_1", PlaceKind::GuardedGateway, "https://gateway.example"};
    guarded.key = Address{1, 2, 3};
    const std::vector<Place> places{node,
                                    cluster,
                                    guarded,
                                    {"kubo", PlaceKind::Kubo, "http://127.0.0.1:5001"},
                                    {"pin", PlaceKind::PinningService, "https://pin.example"},
                                    {"gate", PlaceKind::Gateway, "https://gateway.example"}};
    TEST_OK(savePlaces(folder.path(), places));
    TEST_VALUE(const auto read, loadPlaces(folder.path()));
    QCOMPARE(read.size(), places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        QCOMPARE(read[i].name, places[i].name);
        QCOMPARE(read[i].kind, places[i].kind);
        QCOMPARE(read[i].url, places[i].url);
        QVERIFY(read[i].access == places[i].access);
    }
    QCOMPARE(read[0].swarmKey, node.swarmKey);
    QCOMPARE(read[0].swarmHost, node.swarmHost);
    QCOMPARE(read[0].swarmPort, node.swarmPort);
    QCOMPARE(read[0].peers, node.peers);
    QCOMPARE(read[1].copies, 2);
    QCOMPARE(read[2].key, guarded.key);
}

void TestPlaces::brokenFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("no places") << QByteArray("{}");
    QTest::newRow("no list") << QByteArray(R"({"places":7})");
    QTest::newRow("no name") << QByteArray(R"({"places":[{"kind":"kubo"}]})");
    QTest::newRow("unknown kind") << QByteArray(R"({"places":[{"name":"a","kind":"floppy"}]})");
    QTest::newRow("name that leaves the folder") << QByteArray(R"({"places":[{"name":"../a","kind":"kubo"}]})");
    QTest::newRow("name of another type") << QByteArray(R"({"places":[{"name":1,"kind":"kubo"}]})");
    QTest::newRow("guarded without a key") << QByteArray(R"({"places":[{"name":"a","kind":"guarded","url":"https://x"}]})");
    QTest::newRow("unknown login") << QByteArray(R"({"places":[{"name":"a","kind":"kubo","access":{"login":"smile"}}]})");
}

void TestPlaces::brokenFiles()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    TEST_OK(writeFileAtomic(folder.filePath(QStringLiteral("storage.json")), content));
    QCOMPARE(outcome(loadPlaces(folder.path())), std::string("store.corrupt"));
}

void TestPlaces::aRecordIsBegunOnce()
{
    const QTemporaryDir folder;
    const Records records(folder.filePath(QStringLiteral("kept")));
    const content::Cid root = content::Cid::of(content::Codec::Raw, bytesOf(std::string_view("a")));
    TEST_VALUE(const auto none, records.of(root));
    QVERIFY(!none);
    QVERIFY(records.all().value().empty());
    TEST_OK(records.begin(root, "dataset 7"));
    TEST_OK(records.update(root, [](Record &record) { record.at("own").kept = 1; }));
    TEST_OK(records.begin(root, "dataset 7")); // again: what is known stays
    TEST_VALUE(const auto record, records.of(root));
    QCOMPARE(record->name, std::string("dataset 7"));
    QCOMPARE(record->of("own")->kept, 1);
    QVERIFY(record->of("other") == nullptr);
    TEST_OK(records.remove(root));
    TEST_OK(records.remove(root));
    TEST_OK(records.update(root, [](Record &) { QFAIL("nothing is recorded"); }));
    QVERIFY(!*records.of(root));
}

void TestPlaces::receiptsOfManyAreAllKept()
{
    const QTemporaryDir folder;
    const content::Cid root = content::Cid::of(content::Codec::Raw, bytesOf(std::string_view("a")));
    TEST_OK(Records(folder.path()).begin(root, "dataset 7"));
    constexpr int kEach = 25;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < kEach; ++i)
                (void)Records(folder.path()).update(root, [&](Record &record) {
                    ++record.at("place " + std::to_string(writer)).kept;
                    ++record.at("all").kept;
                });
        });
    for (std::thread &writer : writers)
        writer.join();
    TEST_VALUE(const auto record, Records(folder.path()).of(root));
    QCOMPARE(record->of("all")->kept, 4 * kEach);
    for (int writer = 0; writer < 4; ++writer)
        QCOMPARE(record->of("place " + std::to_string(writer))->kept, kEach);
}

void TestPlaces::brokenRecords()
{
    const QTemporaryDir folder;
    const Records records(folder.path());
    const content::Cid root = content::Cid::of(content::Codec::Raw, bytesOf(std::string_view("a")));
    TEST_OK(records.begin(root, "dataset 7"));
    TEST_OK(writeFileAtomic(folder.filePath(QString::fromStdString(root.text()) + QStringLiteral(".json")), "{}"));
    QCOMPARE(outcome(records.of(root)), std::string("store.corrupt"));
    QCOMPARE(outcome(records.all()), std::string("store.corrupt"));
    QCOMPARE(outcome(records.update(root, [](Record &) {})), std::string("store.corrupt"));
}

QTEST_GUILESS_MAIN(TestPlaces)
#include "test_places.moc"
