// SPDX-License-Identifier: GPL-3.0-or-later
// Readings in batches: anchored on the chain of this computer, proven, checked here, by another profile and by a script.
#include "runner.h"

#include <QFileInfo>
#include <QTest>

namespace {

const char kReading[] = R"([["Timestamp","2024-01-02 08:41"],["Glucose mg/dL","141.50"]])";

} // namespace

class TestCliReadings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aFileIsAnchoredOnce();
    void everyoneChecksAProof();
    void whatWasChangedDoesNotHold();
    void whatCannotBeAnchoredOrProven();

private:
    Ran prove(const QString &batch, const QString &reading, const QString &file) const
    {
        return m_runner.json({"prove", batch, reading, "-o", file}, "Clinic Test");
    }

    Runner m_runner;
    QString m_source;
    QString m_proof;
    std::string m_root;
};

void TestCliReadings::initTestCase()
{
    QCOMPARE(m_runner.json({"identity", "new", "Clinic Test", "--role", "administrator"}).code, 0);
    const Ran guest = m_runner.json({"identity", "new", "Guest Test", "--role", "researcher"});
    QCOMPARE(guest.code, 0);
    const Ran self = m_runner.json({"member", "add", "Clinic Test", "--roles", "uploader,admin"}, "Clinic Test");
    QVERIFY2(self.code == 0, self.why());
    QByteArray table("Timestamp,Glucose mg/dL\n");
    for (int i = 0; i < 100; ++i)
        table += "2024-01-02 08:" + QByteArray::number(i).rightJustified(2, '0') + "," + QByteArray::number(100 + i) + ".50\n";
    m_source = m_runner.write("readings.csv", table);
    m_proof = m_runner.path("proof.json");
}

void TestCliReadings::aFileIsAnchoredOnce()
{
    const Ran anchored = m_runner.json({"anchor", m_source}, "Clinic Test");
    QVERIFY2(anchored.code == 0, anchored.why());
    SAME_JSON(anchored.json["batch"], 1);
    SAME_JSON(anchored.json["readings"], 100);
    m_root = anchored.json["root"];
    const Ran again = m_runner.json({"anchor", m_source}, "Clinic Test");
    QVERIFY2(again.code == 0, again.why());
    SAME_JSON(again.json["batch"], 1);
    SAME_JSON(again.json["receipt"]["transaction"], anchored.json["receipt"]["transaction"]);
}

void TestCliReadings::everyoneChecksAProof()
{
    QVERIFY(QFile::remove(m_source)); // the vault has a copy
    const Ran proven = prove("1", "42", m_proof);
    QVERIFY2(proven.code == 0, proven.why());
    SAME_JSON(proven.json["root"], m_root);
    QCOMPARE(prove("1", "42", m_proof).errorCode(), std::string("file.exists"));
    for (const char *who : {"Clinic Test", "Guest Test"}) {
        const Ran checked = m_runner.json({"verify", m_proof}, who);
        QVERIFY2(checked.code == 0, checked.why());
        SAME_JSON(checked.json["verified"], true);
        SAME_JSON(checked.json["reading"], kReading);
    }
    const int script = QProcess::execute(
        "python3", {QStringLiteral(AMANA_SOURCE_DIR "/tests/integration/readings/check_proof.py"), m_proof});
    QCOMPARE(script, 0);
}

void TestCliReadings::whatWasChangedDoesNotHold()
{
    const QByteArray good = contentOf(m_proof);
    const auto refusal = [&](const char *from, const char *to) {
        QByteArray changed = good;
        changed.replace(from, to);
        return m_runner.json({"verify", m_runner.write("changed.json", changed)}, "Guest Test").errorCode();
    };
    QCOMPARE(refusal("141.50", "141.5"), std::string("readings.proofWrong"));
    QCOMPARE(refusal("\"batch\": 1", "\"batch\": 2"), std::string("contract.unknownBatch"));
    QCOMPARE(refusal("\"chainId\": ", "\"chainId\": 9"), std::string("readings.proofElsewhere"));
    QCOMPARE(refusal("\"salt\": \"0x", "\"salt\": \"0xz"), std::string("readings.proofMalformed"));
}

void TestCliReadings::whatCannotBeAnchoredOrProven()
{
    const QString other = m_runner.path("other.json");
    QCOMPARE(prove("1", "101", other).errorCode(), std::string("readings.unknownReading"));
    QCOMPARE(prove("2", "1", other).errorCode(), std::string("readings.unknownBatch"));
    QCOMPARE(prove("1", "0", other).code, 2);
    QVERIFY(!QFile::exists(other));
    const QString prose = m_runner.write("prose.txt", "The patient slept well and feels better today.\n");
    QCOMPARE(m_runner.json({"anchor", prose}, "Clinic Test").errorCode(), std::string("readings.unsupported"));
    const QString more = m_runner.write("more.csv", "Timestamp,Glucose mg/dL\n2024-01-02 08:00,104\n");
    QCOMPARE(m_runner.json({"anchor", more}, "Guest Test").errorCode(), std::string("contract.notMember"));
}

QTEST_GUILESS_MAIN(TestCliReadings)
#include "test_cli_readings.moc"
