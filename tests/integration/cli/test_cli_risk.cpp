// SPDX-License-Identifier: GPL-3.0-or-later
// amana risk: what a table tells of its people, and what is released of it.
#include "runner.h"

#include <QFile>
#include <QTest>

#include <map>

namespace {

/// 400 invented people: three ages apart, two sexes, twenty places, one diagnosis of four.
QByteArray people(char separator)
{
    QByteArray text("\xEF\xBB\xBFname,age,sex,zip,diagnosis\n");
    for (int i = 0; i < 400; ++i)
        text += QByteArray("Person ") + QByteArray::number(i) + ',' + QByteArray::number(20 + i * 7 % 60) + ','
                + (i % 2 ? "f" : "m") + ',' + QByteArray::number(13000 + i * 11 % 20 * 37) + ','
                + QByteArray::number(i * 3 % 4) + '\n';
    return text.replace(',', separator);
}

} // namespace

class TestCliRisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheRisk();
    void releasesAGeneralisedTable();
    void ownHierarchy();
    void writesNothingWhenItCannotBeReached();
    void badInput_data();
    void badInput();

private:
    Runner m_runner;
};

void TestCliRisk::tellsTheRisk()
{
    const QString table = m_runner.write(QStringLiteral("table.csv"), people(','));
    const Ran ran = m_runner.json({QStringLiteral("risk"), table, QStringLiteral("--quasi"), QStringLiteral("age,sex,zip"),
                         QStringLiteral("--sensitive"), QStringLiteral("diagnosis")});
    QVERIFY2(ran.code == 0, ran.why());
    const nlohmann::json before = ran.json["before"];
    QCOMPARE(before["records"].get<int>(), 400);
    QVERIFY(before["smallestClass"].get<int>() >= 1);
    QCOMPARE(before["prosecutor"].get<double>(), 1.0 / before["smallestClass"].get<int>());
    QVERIFY(before["sensitive"].contains("diagnosis"));
    QVERIFY(!ran.out.contains("Person"));
}

void TestCliRisk::releasesAGeneralisedTable()
{
    for (const char separator : {',', ';', '\t'}) {
        const QString table = m_runner.write(QStringLiteral("table.csv"), people(separator));
        const QString out = m_runner.path(QStringLiteral("out.csv"));
        QFile::remove(out);
        const Ran ran = m_runner.json({QStringLiteral("risk"), table, QStringLiteral("--quasi"), QStringLiteral("age,sex,zip"),
                             QStringLiteral("--identifying"), QStringLiteral("name"), QStringLiteral("--k"), QStringLiteral("8"),
                             QStringLiteral("-o"), out});
        QVERIFY2(ran.code == 0, ran.why());
        QVERIFY(ran.json["after"]["smallestClass"].get<int>() >= 8);
        QVERIFY(ran.json["loss"].get<double>() < 1);

        QList<QByteArray> lines = contentOf(out).trimmed().split('\n');
        QCOMPARE(lines.takeFirst(), QByteArray("age,sex,zip,diagnosis").replace(',', separator));
        QVERIFY(lines.size() >= 380); // a twentieth may be taken away
        std::map<QByteArray, int> alike;
        for (const QByteArray &line : lines)
            ++alike[line.left(line.lastIndexOf(separator))];
        for (const auto &[who, number] : alike)
            QVERIFY2(number >= 8, who.constData());
    }
}

void TestCliRisk::ownHierarchy()
{
    const QString table = m_runner.write(QStringLiteral("table.csv"), "job,x\nnurse,1\nsurgeon,2\nbaker,3\nbutcher,4\n");
    const QString jobs = m_runner.write(QStringLiteral("jobs.csv"), "nurse;health;*\nsurgeon;health;*\nbaker;food;*\nbutcher;food;*\n");
    const QString out = m_runner.path(QStringLiteral("jobs-out.csv"));
    const Ran ran = m_runner.run({QStringLiteral("risk"), table, QStringLiteral("--quasi"), QStringLiteral("job"), QStringLiteral("--hierarchy"),
                         QStringLiteral("job=") + jobs, QStringLiteral("--k"), QStringLiteral("2"), QStringLiteral("-o"), out});
    QVERIFY2(ran.code == 0, ran.why());
    QCOMPARE(contentOf(out), QByteArray("job,x\nhealth,1\nhealth,2\nfood,3\nfood,4\n"));
}

void TestCliRisk::writesNothingWhenItCannotBeReached()
{
    const QString table = m_runner.write(QStringLiteral("table.csv"), "age,x\n30,1\n40,2\n50,3\n");
    const QString out = m_runner.path(QStringLiteral("none.csv"));
    const Ran ran = m_runner.json({QStringLiteral("risk"), table, QStringLiteral("--quasi"), QStringLiteral("age"), QStringLiteral("-o"), out});
    QCOMPARE(ran.code, 1);
    QVERIFY(!QFile::exists(out));
    QCOMPARE(ran.errorCode(), std::string("deid.goalUnreached"));
}

void TestCliRisk::badInput_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<std::string>("said");
    const QByteArray good = "age,x\n30,1\n40,2\n";
    QTest::newRow("no file") << QByteArray() << QStringList{QStringLiteral("--quasi"), QStringLiteral("age")} << std::string("format.empty");
    QTest::newRow("uneven rows") << QByteArray("age,x\n30\n") << QStringList{QStringLiteral("--quasi"), QStringLiteral("age")}
                                 << std::string("format.malformed");
    QTest::newRow("no such column") << good << QStringList{QStringLiteral("--quasi"), QStringLiteral("sex")} << std::string("usage.invalid");
    QTest::newRow("no columns named") << good << QStringList() << std::string("usage.invalid");
    QTest::newRow("not a number") << good << QStringList{QStringLiteral("--quasi"), QStringLiteral("age"), QStringLiteral("--t"), QStringLiteral("near")}
                                  << std::string("usage.invalid");
    QTest::newRow("hierarchy of nothing") << good << QStringList{QStringLiteral("--quasi"), QStringLiteral("age"), QStringLiteral("--hierarchy"), QStringLiteral("age")}
                                          << std::string("usage.invalid");
}

void TestCliRisk::badInput()
{
    QFETCH(QByteArray, table);
    QFETCH(QStringList, options);
    QFETCH(std::string, said);
    const Ran ran = m_runner.json(QStringList{QStringLiteral("risk"), m_runner.write(QStringLiteral("table.csv"), table)} + options);
    QVERIFY(ran.code != 0);
    QCOMPARE(ran.errorCode(), said);
}

QTEST_GUILESS_MAIN(TestCliRisk)
#include "test_cli_risk.moc"
