// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/database.h"
#include "core/chain/outbox_store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace amana;
using namespace amana::chain;

/// The database of an outbox as version 1 wrote it.
class TestOutboxUpgrade : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasUnderWayGoesOn()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath("outbox.sqlite");
        {
            auto old = Database::open(file);
            QVERIFY(old);
            QVERIFY(old->run(
                "CREATE TABLE entry (id INTEGER PRIMARY KEY, network TEXT NOT NULL, account BLOB NOT NULL, nonce "
                "INTEGER NOT NULL, label TEXT NOT NULL, dedupe TEXT, target BLOB NOT NULL, data BLOB NOT NULL,"
                " raw BLOB NOT NULL, hash BLOB NOT NULL UNIQUE, state INTEGER NOT NULL, spent INTEGER NOT NULL "
                "DEFAULT 0, block INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL, error TEXT NOT NULL "
                "DEFAULT '')"));
            QVERIFY(old->run("CREATE INDEX entry_account ON entry (network, account, nonce)"));
            QVERIFY(old->run("CREATE UNIQUE INDEX entry_dedupe ON entry (network, dedupe) WHERE dedupe IS NOT "
                             "NULL AND state <> 4"));
            for (int state = 0; state < 5; ++state)
                QVERIFY(old->run("INSERT INTO entry VALUES (?,'n',?,?,'publish',?,?,?,?,?,?,?,?,5,?)",
                                 {state + 1, QByteArray(20, 'a'), state, QString::number(state),
                                  QByteArray(20, 't'), QByteArray("data"), "raw" + QByteArray::number(state),
                                  QByteArray(31, 'h') + QByteArray::number(state), state, state > 1,
                                  state > 1 ? 9 : 0, state == 4 ? "contract.cidExists" : ""}));
            QVERIFY(old->run("PRAGMA user_version = 1"));
        }
        for (int again = 0; again < 2; ++again)
            QVERIFY(OutboxStore::prepare(file));
        auto store = OutboxStore::open(file);
        QVERIFY(store);
        const OutboxState expected[] = {OutboxState::Signed, OutboxState::Sent, OutboxState::Mined,
                                        OutboxState::Final, OutboxState::Rejected};
        for (int state = 0; state < 5; ++state) {
            const auto row = store->find(state + 1);
            QVERIFY(row && *row);
            QCOMPARE((*row)->entry.state, expected[state]);
            QCOMPARE((*row)->entry.nonce, std::uint64_t(state));
            QCOMPARE((*row)->attempts.size(), std::size_t(1));
            QCOMPARE((*row)->attempts.front().raw, "raw" + QByteArray::number(state));
            QCOMPARE((*row)->call.data, QByteArray("data"));
        }
        QCOMPARE(store->underWay("n")->size(), std::size_t(3));
        QVERIFY(*store->findKey("n", "3"));
        QVERIFY(!*store->findKey("n", "4")); // it failed: it may be done again
    }

    void whatIsNewerIsLeftAlone()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath("outbox.sqlite");
        QVERIFY(Database::open(file)->run("PRAGMA user_version = 3"));
        const Status opened = OutboxStore::prepare(file);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::StoreTooNew);
    }
};

QTEST_GUILESS_MAIN(TestOutboxUpgrade)
#include "test_outbox_upgrade.moc"
