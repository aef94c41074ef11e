// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks that were read are taken away: the index is then what one is that never saw them, and what it did not have to
// touch it did not touch.
#include "bare_node.h"

#include "core/chain/event_store.h"
#include "core/chain/event_tables.h"
#include "core/crypto/hash.h"

#include <QSqlRecord>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;
using nlohmann::json;

namespace {

/// Every row of every table that events write.
Result<QStringList> dump(const QString &file)
{
    AMANA_TRY(Database db, Database::open(file));
    QStringList lines;
    for (const std::string &table : indexTableNames()) {
        AMANA_TRY(QSqlQuery rows, db.run(("SELECT * FROM " + table).c_str()));
        while (rows.next()) {
            QStringList values{QString::fromStdString(table)};
            for (int i = 0; i < rows.record().count(); ++i)
                values << QString::fromLatin1(rows.value(i).toByteArray().toHex());
            lines << values.join(QLatin1Char(' '));
        }
    }
    lines.sort();
    return lines;
}

} // namespace

class TestReorganisation : public QObject {
    Q_OBJECT

    BareNode m_node;
    std::unique_ptr<Outbox> m_outbox;
    crypto::SigningKey m_patient = keyOf("patient");
    crypto::SigningKey m_researcher = keyOf("researcher");
    int m_indexes = 0;
    int m_outboxes = 0;

    Chain &chain() { return *m_node.chain; }
    Result<Receipt> send(const crypto::SigningKey &key, const Call &call) { return m_outbox->send(chain(), key, call); }
    Status mine(int blocks)
    {
        AMANA_CHECK(chain().rpc().call("anvil_mine", {"0x" + QString::number(blocks, 16).toStdString()}));
        return {};
    }
    Status loseBlocks(int depth)
    {
        AMANA_CHECK(chain().rpc().call("anvil_reorg", {depth, json::array()}));
        // The transactions are gone for good here, and the outbox took them for final: it would go on with their nonces.
        const QString folder = m_node.folder.filePath(QStringLiteral("outbox-%1").arg(++m_outboxes));
        if (!QDir().mkpath(folder))
            return fail(ErrorCode::FileUnwritable);
        AMANA_TRY(m_outbox, Outbox::open(folder));
        return {};
    }
    Result<std::uint64_t> publish(const std::string &name)
    {
        PublishParams params = dataset(name, {m_patient.address()});
        params.cardDigest = amana::chain::test::digestOf("card of " + name);
        AMANA_TRY(const Receipt receipt, send(m_node.admin, DatasetRegistry(chain()).publish(params)));
        return publishedId(receipt);
    }
    /// One of everything that changes rows; so many blocks.
    Result<std::uint64_t> live(const std::string &name)
    {
        const IdentityRegistry identity(chain());
        const DatasetRegistry datasets(chain());
        const AccessGrants access(chain());
        AMANA_TRY(const std::uint64_t id, publish(name));
        AMANA_TRY(const Receipt asked, send(m_researcher, access.request(id, {kPurposeHealth, 0, now() + 86400, {}})));
        AMANA_TRY(const std::uint64_t request, requestedId(asked));
        AMANA_CHECK(send(m_patient, access.returnForChanges(request, amana::chain::test::digestOf("more"))));
        AMANA_CHECK(send(m_researcher, access.resubmit(request, {kPurposeHealth, 0, now() + 90000, {}})));
        AMANA_CHECK(send(m_patient, access.approve({request, {2, 1, 0, 0}, "c", crypto::sha256(bytesOf(QByteArray("c")))})));
        AMANA_CHECK(send(m_patient, datasets.revokeAll(id)));
        AMANA_CHECK(send(m_node.admin, identity.suspend(m_patient.address(), true)));
        AMANA_CHECK(send(m_node.admin, identity.suspend(m_patient.address(), false)));
        AMANA_CHECK(send(m_patient, datasets.offerCustody(id, m_researcher.address())));
        AMANA_CHECK(send(m_researcher, datasets.acceptCustody(id, m_patient.address(), amana::chain::test::digestOf("capsule"))));
        AMANA_CHECK(send(m_node.admin, datasets.withdraw(id)));
        return id;
    }
    Result<QString> fresh()
    {
        const QString file = m_node.folder.filePath(QStringLiteral("fresh-%1.sqlite").arg(++m_indexes));
        AMANA_TRY(const auto index, EventIndex::open(file));
        AMANA_CHECK(index->sync(chain()));
        return file;
    }

private Q_SLOTS:
    void initTestCase();
    void onlyWhatWasTakenAwayIsTakenBack_data();
    void onlyWhatWasTakenAwayIsTakenBack();
    void theSearchForgetsWhatWasTakenAway();
};

void TestReorganisation::initTestCase()
{
    TEST_OK(m_node.start());
    TEST_VALUE(m_outbox, Outbox::open(m_node.folder.path()));
    const IdentityRegistry identity(chain());
    for (const auto &[key, role] : {std::pair(&m_node.admin, roles::kUploader), std::pair(&m_patient, roles::kPatient),
                                    std::pair(&m_researcher, roles::kResearcher | roles::kPatient)}) {
        TEST_OK(send(m_node.admin, identity.setMember(key->address(), 1, role)));
        TEST_OK(send(*key, identity.setKey(amana::chain::test::digestOf("key"))));
    }
}

void TestReorganisation::onlyWhatWasTakenAwayIsTakenBack_data()
{
    QTest::addColumn<int>("reads");  // how often the index reads while all happens
    QTest::addColumn<int>("empty");  // blocks after it
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("cheap"); // the other rows stay as they are
    QTest::newRow("the last event") << 1 << 0 << 1 << true;
    QTest::newRow("some of them, read at once") << 1 << 0 << 5 << true;
    QTest::newRow("all of them, read in two parts") << 2 << 3 << 14 << true;
    QTest::newRow("blocks without events") << 1 << 9 << 8 << true;
    QTest::newRow("further back than is remembered") << 2 << 70 << 75 << false;
}

void TestReorganisation::onlyWhatWasTakenAwayIsTakenBack()
{
    QFETCH(int, reads);
    QFETCH(int, empty);
    QFETCH(int, depth);
    QFETCH(bool, cheap);
    const std::string name = QTest::currentDataTag();
    const QString file = m_node.folder.filePath(QStringLiteral("index-%1.sqlite").arg(++m_indexes));
    TEST_VALUE(const auto index, EventIndex::open(file));
    TEST_OK(live(name + " before"));
    TEST_OK(index->sync(chain()));
    if (reads == 2) {
        TEST_OK(publish(name + " between"));
        TEST_OK(index->sync(chain()));
    }
    TEST_OK(live(name + " lost"));
    TEST_OK(mine(empty));
    TEST_OK(index->sync(chain()));
    {
        TEST_VALUE(Database db, Database::open(file)); // no event says this: rows that are made again do not have it
        TEST_OK(db.run("INSERT INTO institution VALUES (77, x'77', 1)"));
    }
    TEST_OK(loseBlocks(depth));
    TEST_OK(mine(2));
    TEST_OK(publish(name + " after"));
    TEST_OK(index->sync(chain()));
    TEST_VALUE(QStringList rows, dump(file));
    QCOMPARE(rows.removeIf([](const QString &row) { return row.startsWith(QLatin1String("institution 3737")); }),
             cheap ? 1 : 0);
    TEST_VALUE(const QString other, fresh());
    TEST_VALUE(const QStringList expected, dump(other));
    QCOMPARE(rows, expected);
    // And once more, from what it is now.
    TEST_OK(live(name + " again"));
    TEST_OK(index->sync(chain()));
    TEST_OK(loseBlocks(4));
    TEST_OK(index->sync(chain()));
    TEST_VALUE(const QStringList last, dump(file));
    TEST_VALUE(const QString third, fresh());
    TEST_VALUE(const QStringList lastExpected, dump(third));
    QCOMPARE(last.filter(QLatin1String("institution 3737")).size() + lastExpected.size(), last.size());
}

void TestReorganisation::theSearchForgetsWhatWasTakenAway()
{
    TEST_VALUE(const auto index, EventIndex::open(m_node.folder.filePath("search.sqlite")));
    TEST_OK(publish("stays"));
    TEST_OK(publish("goes"));
    TEST_OK(index->sync(chain()));
    TEST_OK(index->rememberCards({{amana::chain::test::digestOf("card of stays"), {"당뇨 하나", {}}}, {amana::chain::test::digestOf("card of goes"), {"당뇨 둘", {}}},
                                  {amana::chain::test::digestOf("card of comes"), {"당뇨 셋", {}}}}));
    QCOMPARE(index->search({.text = "당뇨"})->entries.size(), std::size_t(2));
    TEST_OK(loseBlocks(1));
    TEST_OK(publish("comes")); // it gets the number of the other
    TEST_OK(index->sync(chain()));
    TEST_VALUE(const CataloguePage found, index->search({.text = "당뇨"}));
    QCOMPARE(found.entries.size(), std::size_t(2));
    QVERIFY(index->search({.text = "둘"})->entries.empty());
    QCOMPARE(index->search({.text = "셋"})->entries.size(), std::size_t(1));
    QCOMPARE(index->search({.text = "셋"})->entries[0].dataset.cardDigest, amana::chain::test::digestOf("card of comes"));
}

QTEST_GUILESS_MAIN(TestReorganisation)
#include "test_reorganisation.moc"
