// SPDX-License-Identifier: GPL-3.0-or-later
// Networks: the chain of this computer, another one by its address, and a chain that is not there.
#include "../chain/gate.h"
#include "runner.h"

#include <QFile>
#include <QTest>
#include <QUrl>

class TestCliNetwork : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void startStatusStop();
    void stateSurvivesAStop();
    void addChecksChainAndContracts();
    void aNodeMayAskWhoWeAre();
    void aLostKeyIsReplaced();
    void chainDown();

private:
    /// `network add NAME` for the chain of m_runner, by other nodes.
    QStringList addArguments(const QString &name, const QStringList &urls) const;
    Runner m_runner;
    Runner m_other;
    nlohmann::json m_local;
    std::string m_phrase; ///< of m_runner's administrator
};

void TestCliNetwork::initTestCase()
{
    const Ran admin = m_runner.json({"identity", "new", "Admin Test", "--role", "administrator"});
    QVERIFY2(admin.code == 0, admin.why());
    m_phrase = admin.json["recoveryPhrase"].get<std::string>();
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

QStringList TestCliNetwork::addArguments(const QString &name, const QStringList &urls) const
{
    QStringList arguments{"network", "add", name};
    for (const QString &url : urls)
        arguments << "--rpc" << url;
    arguments << "--chain-id" << QString::number(m_local["chainId"].get<int>());
    for (const char *contract : {"identity", "datasets", "access", "market", "credit", "timelock"})
        arguments << QStringLiteral("--") + QLatin1String(contract)
                  << QString::fromStdString(m_local[contract].get<std::string>());
    return arguments;
}

void TestCliNetwork::addChecksChainAndContracts()
{
    const auto text = [this](const char *key) { return QString::fromStdString(m_local[key].get<std::string>()); };
    const QStringList good = addArguments("clinic", {text("rpc")});
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

void TestCliNetwork::aNodeMayAskWhoWeAre()
{
    const auto secret = [this](const char *name, const char *text) {
        const QString path = m_other.write(QString::fromLatin1(name), text);
        QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        return path;
    };
    const QUrl node(QString::fromStdString(m_local["rpc"].get<std::string>()));
    const Gate gate({.node = static_cast<quint16>(node.port()), .user = "clinic", .password = "open sesame"});
    const QString url = QString::fromStdString(gate.url());
    const QStringList add = addArguments("guarded", {url});
    QCOMPARE(m_other.json(add).errorCode(), std::string("chain.unauthorized"));
    const QStringList user{"--user", "clinic", "--password-file"};
    const Ran wrong = m_other.json(add + user + QStringList{secret("wrong", "no")});
    QVERIFY2(wrong.errorCode() == "chain.unauthorized", wrong.why());
    QCOMPARE(m_other.json({"network", "status", "--network", "guarded"}).errorCode(), std::string("network.unknown"));
    // One node is not there; the other one asks for name and password.
    const Ran added = m_other.json(addArguments("guarded", {"http://127.0.0.1:1", url}) + user
                                   + QStringList{secret("right", "open sesame\n"), "--genesis",
                                                 QString::fromStdString(m_local["genesis"].get<std::string>())});
    QVERIFY2(added.code == 0, added.why());
    QVERIFY(!added.out.contains("sesame"));
    QVERIFY(!contentOf(m_other.home() + "/networks/guarded/network.json").contains("sesame"));
    const Ran status = m_other.json({"network", "status", "--network", "guarded"});
    QVERIFY2(status.code == 0, status.why());
    QVERIFY(m_other.json({"member", "list", "--network", "guarded"}).code == 0);
    QVERIFY(gate.logins() > 0);

    // Another person at this computer has to sign in too.
    QCOMPARE(m_other.json({"identity", "new", "Second Guest", "--role", "researcher"}).code, 0);
    const QStringList list{"member", "list", "--network", "guarded"};
    QCOMPARE(m_other.json(list, "Second Guest").errorCode(), std::string("chain.unauthorized"));
    const QStringList login{"network", "login", "guarded", "--password-file"};
    QCOMPARE(m_other.json(login + QStringList{secret("wrong", "no")}, "Second Guest").errorCode(),
             std::string("chain.unauthorized"));
    QCOMPARE(m_other.json({"network", "login", "guarded", "--token-file", secret("token", "x")}, "Second Guest").code, 2);
    const Ran in = m_other.json(login + QStringList{secret("right", "open sesame\n")}, "Second Guest");
    QVERIFY2(in.code == 0, in.why());
    QCOMPARE(m_other.json(list, "Second Guest").code, 0);
}

void TestCliNetwork::aLostKeyIsReplaced()
{
    const auto member = [this](const QString &profile) {
        const Ran list = m_runner.json({"member", "list"}, profile);
        if (list.code != 0 || list.json["members"].size() != 1)
            QTest::qFail(list.why(), __FILE__, __LINE__);
        return list.json["members"][0];
    };
    SAME_JSON(member("Admin Test")["keyVersion"], 1);
    const Ran revoked = m_runner.json({"member", "revoke-key", "Admin Test"});
    QVERIFY2(revoked.code == 0, revoked.why());
    SAME_JSON(member("Admin Test")["keyRevoked"], true); // still lets them in, and does not set the same key again
    SAME_JSON(member("Admin Test")["keyVersion"], 1);
    QCOMPARE(m_runner.json({"member", "revoke-key", "Admin Test"}).errorCode(),
             std::string("contract.keyRevokedAlready"));
    const Ran rotated = m_runner.json({"identity", "rotate"});
    QVERIFY2(rotated.code == 0, rotated.why());
    SAME_JSON(member("Admin Test")["keyVersion"], 2);
    SAME_JSON(member("Admin Test")["keyRevoked"], false);

    // Whoever restores the person from the phrase finds out which key is the newest, and does not set an older one.
    const QString phrase = m_runner.write("phrase", QByteArray::fromStdString(m_phrase));
    QFile::setPermissions(phrase, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const Ran again = m_runner.json({"identity", "recover", "Admin Again", "--phrase-file", phrase});
    QVERIFY2(again.code == 0, again.why());
    QVERIFY(again.json["recipient"] != rotated.json["recipient"]);
    SAME_JSON(member("Admin Again")["keyVersion"], 2);
    const Ran shown = m_runner.json({"identity", "show", "Admin Again"});
    SAME_JSON(shown.json["recipient"], rotated.json["recipient"]);
}

void TestCliNetwork::chainDown()
{
    QCOMPARE(m_runner.json({"network", "stop"}).code, 0);
    for (const QStringList &command :
         {QStringList{"catalogue"}, QStringList{"network", "status"}, QStringList{"member", "list"}}) {
        const Ran ran = m_other.json(command, "Guest Test");
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.errorCode() == "chain.unreachable", ran.why());
    }
    // What needs no chain goes on.
    const QString note = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample/note-korean.txt");
    QCOMPARE(m_other.json({"import", note}, "Guest Test").code, 0);
    QCOMPARE(m_other.json({"review"}, "Guest Test").code, 0);
}

QTEST_GUILESS_MAIN(TestCliNetwork)
#include "test_cli_network.moc"
