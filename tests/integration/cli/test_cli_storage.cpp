// SPDX-License-Identifier: GPL-3.0-or-later
// Two computers: a clinic and a laboratory, each with its own home, blocks and Kubo node, on one chain and in one private
// swarm. What the clinic publishes, the laboratory finds, asks for, and opens.
#include "core/content/kubo.h"
#include "core/content/kubo_child.h"
#include "kubo.h"
#include "runner.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QTcpServer>
#include <QTest>

namespace {

const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

nlohmann::json jsonOf(const QString &path)
{
    return nlohmann::json::parse(contentOf(path).toStdString(), nullptr, false);
}

} // namespace

class TestCliStorage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void nobodyElseKeepsAnything();
    void aNodeIsAdded();
    void placesAreChecked();
    void publishTellsTheTruths();
    void theOtherComputerFindsIt();
    void theOtherComputerOpensIt();
    void aNodeThatIsDownIsNamed();
    void lostCopiesAreToldAndGivenAgain();
    void damagedBlocksComeBack();
    void whatNobodyNeedsIsFreed();
    void aLimitIsKept();
    void releasedAndRemoved();

private:
    Ran clinic(const QStringList &arguments) const { return m_clinic.json(arguments, QStringLiteral("Clinic Test")); }
    Ran lab(const QStringList &arguments) const { return m_lab.json(arguments, QStringLiteral("Lab Test")); }
    QStringList nodeArguments(const Runner &runner, quint16 port, const QString &peer = {}) const;

    Runner m_clinic;
    Runner m_lab;
    quint16 m_clinicPort = freePort();
    quint16 m_labPort = freePort();
    std::string m_cid;
};

QStringList TestCliStorage::nodeArguments(const Runner &runner, quint16 port, const QString &peer) const
{
    const QByteArray key = "/key/swarm/psk/1.0.0/\n/base16/\n" + QByteArray(64, '5') + "\n";
    const QString file = runner.write(QStringLiteral("swarm.key"), key);
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    QStringList arguments{"storage", "add", "own", "--kind", "node", "--swarm-host", "127.0.0.1", "--swarm-port",
                          QString::number(port), "--swarm-key-file", file};
    if (!peer.isEmpty())
        arguments << "--peer" << peer;
    return arguments;
}

void TestCliStorage::initTestCase()
{
    QCOMPARE(m_clinic.json({"identity", "new", "Clinic Test", "--role", "clinician"}).code, 0);
    const Ran made = m_lab.json({"identity", "new", "Lab Test", "--role", "researcher"});
    QCOMPARE(made.code, 0);
    const Ran started = clinic({"network", "start"});
    QVERIFY2(started.code == 0, started.why());
    QCOMPARE(clinic({"member", "add", "Clinic Test", "--roles", "uploader,admin"}).code, 0);
    QStringList add{"network", "add", "clinic"};
    const Ran networks = clinic({"network", "list"});
    for (const auto &row : networks.json["networks"]) {
        const auto text = [&row](const char *key) { return QString::fromStdString(row[key].get<std::string>()); };
        add << "--rpc" << text("rpc") << "--chain-id" << QString::number(row["chainId"].get<int>());
        for (const char *contract : {"identity", "datasets", "access", "market", "credit", "timelock"})
            add << QStringLiteral("--") + QLatin1String(contract) << text(contract);
    }
    const Ran added = m_lab.json(add);
    QVERIFY2(added.code == 0, added.why());
    QCOMPARE(m_lab.json({"network", "use", "clinic"}).code, 0);
    const QString address = QString::fromStdString(made.json["address"].get<std::string>());
    const Ran member = clinic({"member", "add", address, "--roles", "researcher"});
    QVERIFY2(member.code == 0, member.why());
}

void TestCliStorage::cleanupTestCase()
{
    for (const QString &network : {m_clinic.home() + "/networks/local", m_lab.home() + "/networks/clinic"})
        (void)amana::content::KuboChild(network + QStringLiteral("/node-own")).stop();
}

void TestCliStorage::nobodyElseKeepsAnything()
{
    SAME_JSON(clinic({"storage", "list"}).json["storage"], nlohmann::json::array());
    QCOMPARE(clinic({"storage", "keep"}).errorCode(), std::string("ipfs.storageNone"));
    SAME_JSON(clinic({"storage", "status"}).json["records"], nlohmann::json::array());
    QCOMPARE(clinic({"storage", "remove", "own"}).errorCode(), std::string("ipfs.storageUnknown"));
}

void TestCliStorage::aNodeIsAdded()
{
    QStringList open = nodeArguments(m_clinic, m_clinicPort);
    QCOMPARE(clinic(open << "--open").code, 2); // private or open, not both
    const Ran added = clinic(nodeArguments(m_clinic, m_clinicPort));
    QVERIFY2(added.code == 0, added.why());
    SAME_JSON(added.json["privateSwarm"], true);
    QVERIFY(!added.out.contains(QByteArray(64, '5')));
    QCOMPARE(clinic(nodeArguments(m_clinic, m_clinicPort)).errorCode(), std::string("ipfs.storageExists"));
    const auto config = jsonOf(m_clinic.home() + "/networks/local/node-own/repo/config");
    const QString peer = QStringLiteral("/ip4/127.0.0.1/tcp/%1/p2p/%2")
                             .arg(m_clinicPort)
                             .arg(QString::fromStdString(config["Identity"]["PeerID"].get<std::string>()));
    const Ran other = lab(nodeArguments(m_lab, m_labPort, peer));
    QVERIFY2(other.code == 0, other.why());
}

void TestCliStorage::placesAreChecked()
{
    const QString closed = QStringLiteral("http://127.0.0.1:%1").arg(freePort());
    for (const char *kind : {"kubo", "cluster", "pinning", "gateway"})
        QCOMPARE(clinic({"storage", "add", "x", "--kind", kind, "--url", closed}).errorCode(), std::string("ipfs.unreachable"));
    QCOMPARE(clinic({"storage", "add", "x", "--kind", "kubo", "--url", "http://192.0.2.1:5001"}).errorCode(),
             std::string("ipfs.insecure"));
    QCOMPARE(clinic({"storage", "add", "x", "--kind", "floppy", "--url", closed}).code, 2);
    QCOMPARE(clinic({"storage", "add", "x", "--kind", "kubo"}).code, 2);
    QCOMPARE(clinic({"storage", "add", "../x", "--kind", "kubo", "--url", closed}).code, 2);
    QCOMPARE(clinic({"storage", "add", "x", "--kind", "guarded", "--url", closed}).code, 2); // whose gateway?
    QCOMPARE(clinic({"storage", "list"}).json["storage"].size(), std::size_t(1));
}

void TestCliStorage::publishTellsTheTruths()
{
    const QString decisions = m_clinic.write(QStringLiteral("decisions.json"), R"({"*":{"accept":"all","sampleSeen":true}})");
    const Ran published = clinic({"publish", kSample, "--title", "Synthetic test records", "--custodian", "institution", "--purpose",
                                  "GRU", "--decisions", decisions, "--yes"});
    QVERIFY2(published.code == 0, published.why());
    m_cid = published.json["cid"];
    const auto &stored = published.json["stored"];
    SAME_JSON(stored["cid"], m_cid);
    QCOMPARE(stored["kept"].size(), std::size_t(1));
    SAME_JSON(stored["kept"][0]["storage"], "own");
    SAME_JSON(stored["kept"][0]["kept"], 1);
    SAME_JSON(stored["foundBy"], ""); // our own node is no other computer
    QVERIFY(!stored["kept"][0]["checked"].get<std::string>().empty());
    const Ran status = clinic({"storage", "status", "1"});
    QVERIFY2(status.code == 0, status.why());
    QCOMPARE(status.json["records"].size(), std::size_t(3)); // dataset, card, report
}

void TestCliStorage::theOtherComputerFindsIt()
{
    const Ran catalogue = lab({"catalogue"});
    QVERIFY2(catalogue.code == 0, catalogue.why());
    QCOMPARE(catalogue.json["datasets"].size(), std::size_t(1));
    SAME_JSON(catalogue.json["datasets"][0]["card"]["title"], "Synthetic test records"); // fetched from the other node
}

void TestCliStorage::theOtherComputerOpensIt()
{
    const QString folder = m_lab.path(QStringLiteral("got"));
    const Ran asked = lab({"request", "1", "--purpose", "GRU", "--until", later(30), "--message", "A test, please"});
    QVERIFY2(asked.code == 0, asked.why());
    QCOMPARE(lab({"download", "1", "-o", folder}).errorCode(), std::string("sharing.notApproved"));
    const QString parts = m_lab.home() + "/networks/clinic/blocks";
    const Ran requests = clinic({"requests"});
    QVERIFY2(requests.out.contains("A test, please"), requests.why()); // the message came the other way
    QCOMPARE(clinic({"approve", "1"}).code, 0);
    const Ran opened = lab({"download", "1", "-o", folder});
    QVERIFY2(opened.code == 0, opened.why());
    SAME_JSON(opened.json["documents"], 8);
    QVERIFY(QFile::exists(folder + "/manifest.json"));
    QVERIFY(!below(parts, "resourceType")); // what is stored is encrypted
}

void TestCliStorage::aNodeThatIsDownIsNamed()
{
    // Its program cannot be found, and the node that runs is ended: what is said of it is the last that was known.
    const amana::content::KuboChild node(m_clinic.home() + "/networks/local/node-own");
    QVERIFY(node.stop().has_value());
    const QByteArray program = qgetenv("AMANA_IPFS");
    qputenv("AMANA_IPFS", "/nowhere/ipfs");
    const Ran status = clinic({"storage", "status", "1"});
    qputenv("AMANA_IPFS", program);
    QVERIFY2(status.code == 0, status.why());
    SAME_JSON(status.json["records"][0]["kept"][0]["problem"], "ipfs.programMissing");
    SAME_JSON(status.json["records"][0]["kept"][0]["kept"], 1);
    const Ran kept = clinic({"storage", "keep"}); // starts it again
    QVERIFY2(kept.code == 0, kept.why());
    for (const auto &record : kept.json["records"])
        QVERIFY2(!record["kept"][0].contains("problem"), kept.why());
}

void TestCliStorage::lostCopiesAreToldAndGivenAgain()
{
    amana::content::KuboChildOptions options; // as nodeArguments has them: so it is the node that runs
    options.swarmKey = amana::SecretBytes(amana::digestFromHex(std::string(64, '5')).value());
    options.swarmHost = "127.0.0.1";
    options.swarmPort = m_clinicPort;
    const auto endpoint = amana::content::KuboChild(m_clinic.home() + "/networks/local/node-own").ensureRunning(options);
    QVERIFY(endpoint.has_value());
    const amana::content::KuboNode node(*endpoint);
    const auto cid = amana::content::Cid::parse(m_cid);
    QProcess watching;
    m_clinic.start(watching, {"--profile", "Clinic Test", "storage", "keep", "1", "--watch", "1"});
    QByteArray told;
    const auto tells = [&](const QByteArray &text) {
        watching.waitForReadyRead(100);
        told += watching.readAllStandardOutput();
        return told.contains(text);
    };
    QTRY_VERIFY_WITH_TIMEOUT(tells("whole    dataset 1"), 60'000);
    QVERIFY(node.unpin(*cid).has_value()); // somebody takes it away
    QTRY_VERIFY_WITH_TIMEOUT(tells("again    dataset 1  own: 1 of 1"), 60'000);
    QVERIFY(node.pinOf(*cid).value().has_value());
    watching.terminate();
    QVERIFY(watching.waitForFinished(30'000));
    QCOMPARE(watching.exitCode(), 0);
}

void TestCliStorage::damagedBlocksComeBack()
{
    QDirIterator blocks(m_lab.home() + "/networks/clinic/blocks", {"*.blk"}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(blocks.hasNext());
    QFile file(blocks.next());
    const QByteArray before = contentOf(file.fileName());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("altered");
    file.close();
    const Ran checked = lab({"storage", "check"});
    QVERIFY2(checked.code == 0, checked.why());
    SAME_JSON(checked.json["damaged"], 1);
    SAME_JSON(checked.json["repaired"], 1);
    QCOMPARE(contentOf(file.fileName()), before);
    SAME_JSON(lab({"storage", "check"}).json["damaged"], 0);
}

void TestCliStorage::whatNobodyNeedsIsFreed()
{
    const Ran first = clinic({"storage", "clean"});
    QVERIFY2(first.code == 0, first.why());
    QVERIFY(first.json["kept"].get<int>() > 10);
    SAME_JSON(clinic({"storage", "check"}).json["damaged"], 0);
    const Ran verified = clinic({"verify", QString::fromStdString(m_cid)});
    QVERIFY2(verified.code == 0, verified.why()); // all that the contracts name is still there
    SAME_JSON(clinic({"storage", "clean"}).json["blocks"], 0);
}

void TestCliStorage::aLimitIsKept()
{
    QCOMPARE(clinic({"storage", "limit", "1"}).code, 0);
    SAME_JSON(clinic({"storage", "status"}).json["limit"], 1'000'000);
    QCOMPARE(clinic({"storage", "limit", "0"}).code, 0);
    SAME_JSON(clinic({"storage", "status"}).json["limit"], nlohmann::json());
    QCOMPARE(clinic({"storage", "limit", "much"}).code, 2);
}

void TestCliStorage::releasedAndRemoved()
{
    const Ran released = clinic({"storage", "release", "1"});
    QVERIFY2(released.code == 0, released.why());
    QCOMPARE(clinic({"storage", "status", "1"}).errorCode(), std::string("sharing.notPublishedHere"));
    const Ran removed = clinic({"storage", "remove", "own"});
    QVERIFY2(removed.code == 0, removed.why());
    QVERIFY(!amana::content::KuboChild(m_clinic.home() + "/networks/local/node-own").status().running);
    SAME_JSON(clinic({"storage", "list"}).json["storage"], nlohmann::json::array());
}

int main(int argc, char **argv)
{
    const Peer kubo = findKubo();
    if (const int code = exitCodeWithout(kubo); code != 0)
        return code;
    qputenv("AMANA_IPFS", kubo.path.toLocal8Bit());
    QCoreApplication application(argc, argv);
    TestCliStorage test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_cli_storage.moc"
