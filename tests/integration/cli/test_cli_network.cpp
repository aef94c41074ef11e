// SPDX-License-Identifier: GPL-3.0-or-later
// Networks: the chain of this computer, another one by its address, and a chain that is not there.
#include "runner.h"

#include <QTest>

class TestCliNetwork : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void startStatusStop();
    void stateSurvivesAStop();
    void addChecksChainAndContracts();
    void chainDown();

private:
    Runner m_runner;
    Runner m_other;
    nlohmann::json m_local;
};

void TestCliNetwork::initTestCase()
{
    QCOMPARE(m_runner.json({"identity", "new", "Admin Test", "--role", "administrator"}).code, 0);
    QCOMPARE(m_other.json({"identity", "new", "Guest Test", "--role", "researcher"}).code, 0);
}

void TestCliNetwork::startStatusStop()
{
    const Ran before = m_runner.json({"network", "status"});
    QCOMPARE(before.code, 0);
    QVERIFY(!before.json["running"].get<bool>());
    const Ran started = m_runner.json({"network", "start"});
    QVERIFY2(started.code == 0, started.why());
    QVERIFY(started.json["running"].get<bool>());
    QVERIFY(started.json["rpc"].get<std::string>().starts_with("http://127.0.0.1:"));
    const Ran again = m_runner.json({"network", "start"}); // the same node
    SAME_JSON(again.json["pid"], started.json["pid"]);
    const Ran list = m_runner.json({"network", "list"});
    for (const auto &row : list.json["networks"])
        if (row["name"] == "local")
            m_local = row;
    QVERIFY(m_local["inUse"].get<bool>());
    const Ran stopped = m_runner.json({"network", "stop"});
    QVERIFY2(stopped.code == 0, stopped.why());
    QVERIFY(!stopped.json["running"].get<bool>());
    QCOMPARE(m_runner.json({"network", "stop"}).code, 0); // nothing to stop is no failure
}

void TestCliNetwork::stateSurvivesAStop()
{
    const Ran members = m_runner.json({"member", "list"}); // starts the chain again
    QVERIFY2(members.code == 0, members.why());
    QCOMPARE(members.json["members"].size(), std::size_t(1));
    SAME_JSON(members.json["members"][0]["name"], "Admin Test");
    const Ran list = m_runner.json({"network", "list"});
    for (const auto &row : list.json["networks"])
        if (row["name"] == "local") {
            SAME_JSON(row["identity"], m_local["identity"]);
            m_local = row; // another port
        }
}

void TestCliNetwork::addChecksChainAndContracts()
{
    const auto text = [this](const char *key) {
        return QString::fromStdString(m_local[key].get<std::string>());
    };
    QStringList good{"network",        "add",        "clinic",
                     "--rpc",          text("rpc"),  "--chain-id",
                     QString::number(m_local["chainId"].get<int>())};
    for (const char *contract : {"identity", "datasets", "access", "market", "credit", "timelock"})
        good << QStringLiteral("--") + QLatin1String(contract) << text(contract);
    QStringList wrongChain = good;
    wrongChain[6] = "1";
    QCOMPARE(m_other.json(wrongChain).errorCode(), std::string("chain.wrongChain"));
    QStringList wrongCode = good;
    wrongCode[8] = text("datasets");
    QCOMPARE(m_other.json(wrongCode).errorCode(), std::string("chain.wrongCode"));
    QStringList badAddress = good;
    badAddress[8] = "0x1234";
    QCOMPARE(m_other.json(badAddress).errorCode(), std::string("identity.badAddress"));
    QCOMPARE(m_other.json({"network", "use", "clinic"}).errorCode(), std::string("network.unknown"));
    const Ran added = m_other.json(good);
    QVERIFY2(added.code == 0, added.why());
    QCOMPARE(m_other.json({"network", "use", "clinic"}).code, 0);
    const Ran status = m_other.json({"network", "status"});
    QVERIFY2(status.code == 0 && status.json["network"] == "clinic", status.why());
    const Ran members = m_other.json({"member", "list"}); // over the other computer's chain
    QVERIFY2(members.code == 0, members.why());
    QCOMPARE(members.json["members"].size(), std::size_t(1));
    QCOMPARE(m_other.json({"request", "1", "--purpose", "GRU", "--until", "2090-01-01"}).errorCode(),
             std::string("contract.notMember"));
}

void TestCliNetwork::chainDown()
{
    QCOMPARE(m_runner.json({"network", "stop"}).code, 0);
    for (const QStringList &command :
         {QStringList{"catalogue"}, QStringList{"network", "status"}, QStringList{"member", "list"}}) {
        const Ran ran = m_other.json(command);
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.errorCode() == "chain.unreachable", ran.why());
    }
    // What needs no chain goes on.
    QCOMPARE(
        m_other.json({"import", QStringLiteral(AMANA_SOURCE_DIR "/resources/sample/note-korean.txt")}).code,
        0);
    QCOMPARE(m_other.json({"review"}).code, 0);
}

QTEST_GUILESS_MAIN(TestCliNetwork)
#include "test_cli_network.moc"
