// SPDX-License-Identifier: GPL-3.0-or-later
#include "chain_fixture.h"

#include "core/base/files.h"
#include "core/chain/journal.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QThread>

#include <atomic>
#include <thread>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

/// What can be compared before and after: ids, owners and the hashes of all transactions that were mined.
struct Contents {
    std::uint64_t datasets = 0;
    std::vector<Digest> commitments;
    std::uint64_t nonce = 0;

    bool operator==(const Contents &) const = default;
};

Result<Contents> contentsOf(const Home &home)
{
    Contents contents;
    const DatasetRegistry registry(*home.chain);
    AMANA_TRY(contents.datasets, registry.count());
    for (std::uint64_t id = 1; id <= contents.datasets; ++id) {
        AMANA_TRY(const DatasetEntry entry, registry.entry(id));
        contents.commitments.push_back(entry.commitment);
    }
    AMANA_TRY(contents.nonce, home.chain->nextNonce(home.admin.address()));
    return contents;
}

Status publish(Home &home, const std::string &name)
{
    AMANA_CHECK(
        home.outbox->send(*home.chain, home.admin,
                          DatasetRegistry(*home.chain).publish(dataset(name, {home.admin.address()}))));
    return {};
}

} // namespace

class TestRecovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The node dies without a word; what it had not written yet, and what it was writing, is replayed.
    void aKilledNodeComesBackWithEverything_data()
    {
        QTest::addColumn<int>("waitMs");
        QTest::addColumn<QString>("state");
        QTest::newRow("at once") << 0 << "as it is";
        QTest::newRow("while it writes its state") << 1000 << "as it is";
        QTest::newRow("later") << 2500 << "as it is";
        QTest::newRow("state file cut in two") << 1200 << "cut";
        QTest::newRow("state file empty") << 1200 << "empty";
        QTest::newRow("state file gone") << 1200 << "gone";
        QTest::newRow("state file garbage") << 1200 << "garbage";
    }
    void aKilledNodeComesBackWithEverything()
    {
        QFETCH(int, waitMs);
        QFETCH(QString, state);
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        TEST_OK(publish(home, "one"));
        TEST_OK(publish(home, "two"));
        QTest::qWait(waitMs);
        TEST_OK(publish(home, "three"));
        TEST_VALUE(const Contents before, contentsOf(home));
        QCOMPARE(before.datasets, std::uint64_t(3));
        TEST_VALUE(const auto index, EventIndex::open(home.path() + "/index.sqlite"));
        TEST_OK(index->sync(*home.chain));
        TEST_VALUE(const auto history, index->history());

        home.killNode();
        QCOMPARE(outcome(home.chain->head()), "chain.unreachable");
        const QString file = home.nodeFile("state.json");
        if (state == "cut") {
            QFile cut(file);
            QVERIFY(cut.resize(cut.size() / 2));
        } else if (state == "empty") {
            QVERIFY(QFile(file).resize(0));
        } else if (state == "gone") {
            QVERIFY(QFile::remove(file));
        } else if (state == "garbage") {
            TEST_OK(writeFileAtomic(file, QByteArray(5000, '\xff')));
        }

        QElapsedTimer timer;
        timer.start();
        TEST_OK(home.start());
        qInfo("back after %lld ms", timer.elapsed());
        TEST_VALUE(const Contents after, contentsOf(home));
        QVERIFY(after == before);
        TEST_OK(index->sync(*home.chain));
        TEST_VALUE(const auto again, index->history());
        QCOMPARE(again.size(), history.size());
        for (std::size_t i = 0; i < again.size(); ++i)
            QVERIFY(again[i].txHash == history[i].txHash && again[i].time == history[i].time);

        // Life goes on: next id, wall clock.
        TEST_OK(publish(home, "four"));
        QCOMPARE(DatasetRegistry(*home.chain).byCid(digestOf("four")).value(), std::uint64_t(4));
        QVERIFY(home.chain->head()->time + 3 >= now() && home.chain->head()->time <= now() + 3);
    }

    // What was decided by the clock is decided again as it was: a request whose end has passed meanwhile.
    void replayUsesTheTimeOfThen()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        const crypto::SigningKey researcher = keyOf("researcher");
        TEST_OK(home.enrol(researcher, roles::kResearcher));
        TEST_OK(
            home.outbox->send(*home.chain, researcher, IdentityRegistry(*home.chain).setKey(digestOf("k"))));
        TEST_OK(publish(home, "short"));
        TEST_OK(home.outbox->send(
            *home.chain, researcher,
            AccessGrants(*home.chain).request(1, {kPurposeHealth, 0, now() + 3, digestOf("m")})));
        QTest::qWait(4000);
        home.killNode();
        QVERIFY(QFile::remove(home.nodeFile("state.json")));
        TEST_OK(home.start());
        QCOMPARE(AccessGrants(*home.chain).count().value(), std::uint64_t(1));
        TEST_OK(publish(home, "a block with the present time"));
        QCOMPARE(AccessGrants(*home.chain).stateOf(1).value(), RequestState::Expired);
    }

    void theJournalThatDoesNotFitIsTold()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        TEST_OK(publish(home, "one"));
        home.killNode();
        QFile::remove(home.nodeFile("state.json")); // perhaps not written yet
        QByteArray journal = readFile(home.nodeFile("journal.jsonl")).value();
        const qsizetype last = journal.lastIndexOf("\"ok\":true");
        journal.replace(last, 9, "\"ok\":false"); // says that the last transaction was refused: it was not
        TEST_OK(writeFileAtomic(home.nodeFile("journal.jsonl"), journal));
        QCOMPARE(outcome(LocalNode::ensureRunning(home.path(), home.admin)), "node.stateCorrupt");
    }

    // This process dies between "stored", "journalled", "sent" and "mined": one transaction, whatever happens
    // next.
    void aKilledProgramSendsOnce_data()
    {
        QTest::addColumn<QString>("point");
        QTest::addColumn<bool>("killNodeToo");
        for (const char *point :
             {"outbox.stored", "journal.appended", "journal.sent", "outbox.sent", "outbox.mined"}) {
            QTest::newRow(point) << point << false;
            QTest::newRow((std::string(point) + ", and the node").c_str()) << point << true;
        }
    }
    void aKilledProgramSendsOnce()
    {
        QFETCH(QString, point);
        QFETCH(bool, killNodeToo);
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        int exit = 0;
        runHelper({home.path(), "publish", "fragile"}, point.toUtf8().constData(), &exit);
        QCOMPARE(exit, -1); // it was killed, at that point
        QCOMPARE(home.outbox->entries()->front().dedupeKey, "fragile");
        if (killNodeToo) {
            home.killNode();
            TEST_OK(home.start());
        }
        // Both ways to go on: the sweep at the start of the program, and the same action done again by its
        // user.
        QCOMPARE(runHelper({home.path(), "resume"}, "", &exit).trimmed(), QByteArray("1"));
        QCOMPARE(exit, 0);
        QCOMPARE(runHelper({home.path(), "publish", "fragile"}, "", &exit).trimmed(), QByteArray("1"));
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(1));
        const auto entries = home.outbox->entries().value();
        QCOMPARE(std::ranges::count(entries, "fragile", &OutboxEntry::dedupeKey), std::ptrdiff_t(1));
        QCOMPARE(entries.front().state, OutboxState::Final);
        // Member and key 2, publication 1.
        QCOMPARE(home.chain->nextNonce(home.admin.address()).value(), std::uint64_t(kDeployment + 3));
        QCOMPARE(Journal::load(home.nodeFile("journal.jsonl"))->entries().size(), kDeployment + 3);
    }

    // Before anything was signed there is nothing to send: the row waits for its user.
    void aKilledProgramHasOnlyWished_data()
    {
        QTest::addColumn<QString>("point");
        for (const char *point : {"outbox.ready", "outbox.checked"})
            QTest::newRow(point) << point;
    }
    void aKilledProgramHasOnlyWished()
    {
        QFETCH(QString, point);
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        int exit = 0;
        runHelper({home.path(), "publish", "wish"}, point.toUtf8().constData(), &exit);
        QCOMPARE(exit, -1);
        QCOMPARE(home.outbox->entries()->front().dedupeKey, "wish");
        QVERIFY(home.outbox->entries()->front().state < OutboxState::Signed);
        QCOMPARE(runHelper({home.path(), "resume"}, "", &exit).trimmed(), QByteArray("0"));
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(0));
        QCOMPARE(runHelper({home.path(), "publish", "wish"}, "", &exit).trimmed(), QByteArray("1"));
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(1));
        const auto entries = home.outbox->entries().value();
        QCOMPARE(std::ranges::count(entries, "wish", &OutboxEntry::dedupeKey), std::ptrdiff_t(1));
    }

    // Two transactions of one nonce are on disk, one of them was never sent: one of them is mined.
    void aKilledReplacement_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("published");
        QTest::newRow("faster") << "faster" << 1;
        QTest::newRow("cancel") << "cancel" << 0;
    }
    void aKilledReplacement()
    {
        QFETCH(QString, command);
        QFETCH(int, published);
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        TEST_OK(home.chain->rpc().call("anvil_setBalance", {crypto::checksumAddress(home.admin.address()),
                                                            "0xde0b6b3a7640000"}));
        int exit = 0;
        runHelper({home.path(), "publish", "slow"}, "outbox.stored", &exit);
        QCOMPARE(exit, -1);
        const QString id = QString::number(home.outbox->entries()->front().id);
        runHelper({home.path(), command, id}, "outbox.replacing", &exit);
        QCOMPARE(exit, -1);
        QCOMPARE(home.outbox->entries()->front().attempts, 2);
        const std::uint64_t nonce = home.chain->nextNonce(home.admin.address()).value();
        TEST_OK(followToTheEnd(*home.outbox, *home.chain));
        QCOMPARE(home.chain->nextNonce(home.admin.address()).value(), nonce + 1);
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(published));
        QCOMPARE(home.outbox->entries()->front().state,
                 published == 1 ? OutboxState::Final : OutboxState::Replaced);
    }

    void aKilledIndexGoesOn()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        TEST_OK(publish(home, "one"));
        int exit = 0;
        runHelper({home.path(), "sync"}, "index.stored", &exit); // before it is committed
        QCOMPARE(exit, -1);
        TEST_VALUE(const auto index, EventIndex::open(home.path() + "/index.sqlite"));
        QCOMPARE(index->history()->size(), std::size_t(0));
        const QByteArray rows = runHelper({home.path(), "sync"}, "", &exit).trimmed();
        QCOMPARE(exit, 0);
        QCOMPARE(runHelper({home.path(), "sync"}, "", &exit).trimmed(), rows);
        QCOMPARE(index->datasets()->size(), std::size_t(1));
    }

    // The node dies and comes back again and again while several threads send: each action is done once.
    void aNodeKilledUnderLoad()
    {
        constexpr int kThreads = 3;
        constexpr int kEach = 5;
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        std::atomic<int> done = 0;
        const auto sender = [&](int thread) {
            for (int i = 0; i < kEach;) {
                const std::string name = std::to_string(thread) + "/" + std::to_string(i);
                const auto profile = LocalNode::ensureRunning(home.path(), home.admin);
                const auto chain = profile ? Chain::connect(*profile) : fail(profile.error());
                if (!chain)
                    continue;
                Call call = DatasetRegistry(**chain).publish(dataset(name, {home.admin.address()}));
                call.dedupeKey = name;
                if (!home.outbox->send(**chain, home.admin, call))
                    continue;
                ++done;
                ++i;
            }
        };
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t)
            threads.emplace_back(sender, t);
        for (int kills = 0; kills < 4 && done < kThreads * kEach; ++kills) {
            QTest::qWait(300);
            const auto status = LocalNode::status(home.path());
            if (status && status->pid > 1)
                ::kill(static_cast<pid_t>(status->pid), SIGKILL);
        }
        for (std::thread &thread : threads)
            thread.join();
        TEST_OK(home.start());
        TEST_OK(followToTheEnd(*home.outbox, *home.chain));
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(kThreads * kEach));
        QCOMPARE(home.chain->nextNonce(home.admin.address()).value(), std::uint64_t(kDeployment + 2 + kThreads * kEach));
        for (const OutboxEntry &entry : listOf(home.outbox->entries()))
            QCOMPARE(entry.state, OutboxState::Final);
    }

    void theSameActionAgainIsEnough()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        for (const char *point :
             {"outbox.stored", "journal.appended", "journal.sent", "outbox.sent", "outbox.mined"}) {
            int exit = 0;
            runHelper({home.path(), "publish", point}, point, &exit);
            QCOMPARE(exit, -1);
            runHelper({home.path(), "publish", point}, "", &exit);
            QCOMPARE(exit, 0);
        }
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(5));
        QCOMPARE(home.chain->nextNonce(home.admin.address()).value(), std::uint64_t(kDeployment + 7));
    }

    // A stored transaction that was never sent does not block, and is not overtaken: lower nonces go first.
    void whatIsStoredGoesBeforeWhatIsNew()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        int exit = 0;
        runHelper({home.path(), "publish", "first"}, "outbox.stored", &exit);
        QCOMPARE(exit, -1);
        TEST_OK(publish(home, "second"));
        QCOMPARE(DatasetRegistry(*home.chain).byCid(digestOf("first")).value(), std::uint64_t(1));
        QCOMPARE(DatasetRegistry(*home.chain).byCid(digestOf("second")).value(), std::uint64_t(2));
        TEST_VALUE(const int resumed, followToTheEnd(*home.outbox, *home.chain));
        QCOMPARE(resumed, 1); // "first" only needed its end written down
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(2));
    }

    // A nonce that another installation of the same person used: signed anew, both are done.
    void aNonceUsedElsewhere()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        int exit = 0;
        runHelper({home.path(), "publish", "stored"}, "outbox.stored", &exit);
        QCOMPARE(exit, -1);
        QTemporaryDir elsewhere;
        TEST_VALUE(const auto other, Outbox::open(elsewhere.path()));
        TEST_OK(
            other->send(*home.chain, home.admin,
                        DatasetRegistry(*home.chain).publish(dataset("elsewhere", {home.admin.address()}))));
        TEST_OK(followToTheEnd(*home.outbox, *home.chain)); // finds out, and closes the entry
        QCOMPARE(home.outbox->entries()->front().state, OutboxState::Replaced);
        QCOMPARE(home.outbox->entries()->front().error, "chain.nonce");
        QCOMPARE(runHelper({home.path(), "publish", "stored"}, "", &exit).trimmed(), QByteArray("2"));
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(2));
    }

    void manyAtATimeFromThreadsAndProcesses()
    {
        Home home;
        TEST_OK(home.start());
        std::vector<std::thread> threads;
        for (int t = 0; t < 2; ++t)
            threads.emplace_back([&home, t] {
                runHelper({home.path(), "members", QString::number(1000 + 100 * t), "10"});
            });
        std::atomic<int> failures = 0;
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&home, &failures, t] {
                for (int i = 0; i < 8; ++i) {
                    Address who{};
                    who.fill(static_cast<std::uint8_t>(1 + t * 10 + i));
                    if (!home.outbox->send(*home.chain, home.admin,
                                           IdentityRegistry(*home.chain).setMember(who, 1, roles::kPatient)))
                        ++failures;
                }
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(home.chain->nextNonce(home.admin.address()).value(), std::uint64_t(kDeployment + 20 + 24));
        TEST_VALUE(const auto index, EventIndex::open(home.path() + "/index.sqlite"));
        TEST_OK(index->sync(*home.chain));
        QCOMPARE(index->members()->size(), std::size_t(1 + 20 + 24));
        for (const OutboxEntry &entry : listOf(home.outbox->entries()))
            QCOMPARE(entry.state, OutboxState::Final);
    }

    // On a chain that reorganises: the blocks that were read are other ones now.
    void anIndexNoticesAnotherHistory()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        TEST_OK(publish(home, "kept"));
        TEST_OK(publish(home, "lost"));
        TEST_VALUE(const auto index, EventIndex::open(home.path() + "/index.sqlite"));
        TEST_OK(index->sync(*home.chain));
        QCOMPARE(index->datasets()->size(), std::size_t(2));
        TEST_OK(home.chain->rpc().call("anvil_reorg", {1, nlohmann::json::array()}));
        QCOMPARE(DatasetRegistry(*home.chain).count().value(), std::uint64_t(1));
        TEST_OK(index->sync(*home.chain));
        QCOMPARE(index->datasets()->size(), std::size_t(1));
        QCOMPARE(index->history({.dataset = 2})->size(), std::size_t(0));
    }

    // Mined, then taken away by a reorganisation before it was final: sent again, once.
    void aTransactionThatWasTakenAwayIsSentAgain()
    {
        Home home;
        TEST_OK(home.start());
        TEST_OK(home.enrolAdmin());
        NetworkProfile profile = home.chain->profile();
        profile.journal.clear(); // any chain, not This computer
        profile.finalityDepth = 2;
        TEST_VALUE(const auto chain, Chain::connect(profile));
        std::thread chainLife([&] {
            for (int i = 0; i < 2000 && home.outbox->entries()->front().state != OutboxState::Mined; ++i)
                QThread::msleep(5);
            (void)chain->rpc().call("anvil_reorg", {1, nlohmann::json::array()});
            const auto count = [&] { return DatasetRegistry(*chain).count().value_or(0); };
            for (int i = 0; i < 2000 && count() == 0; ++i)
                QThread::msleep(5);
            (void)chain->rpc().call("anvil_mine", {"0x5"});
        });
        const auto receipt =
            home.outbox->send(*chain, home.admin,
                              DatasetRegistry(*chain).publish(dataset("wandering", {home.admin.address()})));
        chainLife.join();
        TEST_OK(receipt);
        QVERIFY(receipt->succeeded);
        QCOMPARE(chain->receipt(receipt->txHash).value()->blockHash, receipt->blockHash);
        QCOMPARE(DatasetRegistry(*chain).count().value(), std::uint64_t(1));
        QCOMPARE(home.outbox->entries()->front().state, OutboxState::Final);
        QVERIFY(chain->head()->number >= receipt->block + 2);
    }
};

QTEST_GUILESS_MAIN(TestRecovery)
#include "test_recovery.moc"
