// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/chain/journal.h"
#include "core/chain/network.h"
#include "core/crypto/keccak.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace amana;
using namespace amana::chain;

namespace {

Receipt minedAt(const QByteArray &raw, std::uint64_t block)
{
    Receipt receipt;
    receipt.txHash = crypto::keccak256(bytesOf(raw));
    receipt.block = block;
    receipt.time = 1000 + block;
    receipt.succeeded = true;
    return receipt;
}

void append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write(bytes);
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void theOrderIsThatOfTheBlocks()
    {
        const QString path = m_folder.filePath("a.jsonl");
        Journal journal = Journal::load(path).value();
        QVERIFY(!journal.genesis());
        QVERIFY(journal.begin(77));
        for (const char *raw : {"lost", "first", "second", "refused"})
            QVERIFY(journal.append(raw));
        QVERIFY(journal.markMined(minedAt("second", 2)));
        QVERIFY(journal.markMined(minedAt("first", 1)));
        QVERIFY(journal.markDropped(crypto::keccak256(bytesOf(QByteArray("refused")))));
        const Journal again = Journal::load(path).value();
        QCOMPARE(again.genesis().value(), std::uint64_t(77));
        const auto order = again.replayOrder();
        QCOMPARE(order.size(), std::size_t(3));
        QCOMPARE(order[0].raw, QByteArray("first"));
        QCOMPARE(order[1].raw, QByteArray("second"));
        QCOMPARE(order[1].time, std::uint64_t(1002));
        QCOMPARE(order[2].raw, QByteArray("lost")); // never mined: after all that were
        QCOMPARE(again.pending().size(), std::size_t(1));
    }

    void aWriteThatWasCutShortDoesNotCount()
    {
        const QString path = m_folder.filePath("b.jsonl");
        Journal journal = Journal::load(path).value();
        QVERIFY(journal.begin(77));
        QVERIFY(journal.append("one"));
        append(path, "{\"tx\":\"0x74");
        Journal again = Journal::load(path).value();
        QCOMPARE(again.entries().size(), std::size_t(1));
        QVERIFY(again.append("two"));
        QCOMPARE(Journal::load(path)->entries().size(), std::size_t(2));
        QVERIFY(!readFile(path)->contains("0x74{"));
    }

    void damageInTheMiddleIsTold_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("garbage\n");
        QTest::newRow("no hexadecimal") << QByteArray("{\"tx\":\"0xzz\"}\n");
        QTest::newRow("mined, never sent") << QByteArray("{\"mined\":\"0x" + QByteArray(64, '1') + "\"}\n");
        QTest::newRow("unknown") << QByteArray("{\"other\":1}\n");
    }
    void damageInTheMiddleIsTold()
    {
        QFETCH(QByteArray, line);
        QTemporaryDir folder;
        const QString path = folder.filePath("c.jsonl");
        Journal journal = Journal::load(path).value();
        QVERIFY(journal.begin(77));
        append(path, line);
        const auto again = Journal::load(path);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::NodeStateCorrupt);
        QCOMPARE(again.error().param("line"), "2");
    }

    void whatOthersWroteIsSeen()
    {
        const QString path = m_folder.filePath("d.jsonl");
        Journal one = Journal::load(path).value();
        QVERIFY(one.begin(1));
        Journal two = Journal::load(path).value();
        QVERIFY(one.append("x"));
        QVERIFY(two.refresh());
        QCOMPARE(two.entries().size(), std::size_t(1));
        // A new home at the same place is another journal.
        QVERIFY(QFile::rename(path, path + ".away"));
        Journal fresh = Journal::load(path).value();
        QVERIFY(fresh.begin(2));
        QVERIFY(two.refresh());
        QCOMPARE(two.genesis().value(), std::uint64_t(2));
        QVERIFY(two.entries().empty());
    }

    void networksAreKept()
    {
        const QString home = m_folder.filePath("home");
        NetworkProfile profile;
        profile.name = "hospital";
        profile.rpcUrl = "https://node.example.org";
        profile.chainId = 1337;
        profile.genesisHash.fill(3);
        profile.contracts.access.fill(9);
        profile.finalityDepth = 12;
        QVERIFY(saveNetwork(home, profile));
        const auto back = loadNetwork(home, "hospital");
        QVERIFY(back);
        QCOMPARE(back->rpcUrl, profile.rpcUrl);
        QCOMPARE(back->genesisHash, profile.genesisHash);
        QCOMPARE(back->contracts, profile.contracts);
        QCOMPARE(back->finalityDepth, std::uint64_t(12));
        QVERIFY(back->journal.isEmpty());
        QCOMPARE(listNetworks(home)->size(), std::size_t(1));
        QCOMPARE(loadNetwork(home, "other").error().code, ErrorCode::NetworkUnknown);
        QCOMPARE(loadNetwork(home, "../networks/hospital").error().code, ErrorCode::NetworkUnknown);
        QVERIFY(writeFileAtomic(home + "/networks/hospital/network.json", "{\"name\":\"hospital\"}"));
        QCOMPARE(loadNetwork(home, "hospital").error().code, ErrorCode::StoreCorrupt);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "test_journal.moc"
