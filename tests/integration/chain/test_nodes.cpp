// SPDX-License-Identifier: GPL-3.0-or-later
#include "chain_fixture.h"
#include "gate.h"

#include "core/base/files.h"
#include "core/chain/code_check.h"
#include "core/chain/head_watch.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QThread>
#include <QUrl>

#include <map>
#include <thread>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

namespace {

/// Certificates made by openssl as an operator makes them: an authority, a node, a client.
struct Certificates {
    QTemporaryDir folder;

    [[nodiscard]] QString file(const char *name) const { return folder.filePath(QLatin1String(name)); }
    [[nodiscard]] QByteArray read(const char *name) const { return readFile(file(name), 1 << 20).value(); }

    bool run(const QStringList &arguments) const
    {
        QProcess openssl;
        openssl.setWorkingDirectory(folder.path());
        openssl.start("openssl", arguments);
        return openssl.waitForFinished() && openssl.exitCode() == 0;
    }
    bool authority(const QString &name) const
    {
        return run({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=" + name,
                    "-keyout", name + ".key", "-out", name + ".pem"});
    }
    bool signedBy(const QString &authority, const QString &name, const QStringList &key) const
    {
        QFile extension(folder.filePath(name + ".ext"));
        if (!extension.open(QIODevice::WriteOnly) || extension.write("subjectAltName=IP:127.0.0.1\n") < 0)
            return false;
        extension.close();
        return run(QStringList{"req", "-nodes", "-subj", "/CN=" + name, "-keyout", name + ".key", "-out",
                               name + ".csr", "-newkey"}
                   + key)
               && run({"x509", "-req", "-days", "2", "-in", name + ".csr", "-CA", authority + ".pem", "-CAkey",
                       authority + ".key", "-CAcreateserial", "-extfile", name + ".ext", "-out",
                       name + ".pem"});
    }
    bool make() const
    {
        return authority("authority") && authority("stranger") && signedBy("authority", "node", {"rsa:2048"})
               && signedBy("authority", "client", {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"});
    }
    /// Of a node that asks for a client's certificate.
    [[nodiscard]] QSslConfiguration node() const
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate(read("node.pem")));
        tls.setPrivateKey(QSslKey(read("node.key"), QSsl::Rsa));
        tls.setCaCertificates({QSslCertificate(read("authority.pem"))});
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        return tls;
    }
};

net::ReadSecret secretsOf(std::map<std::string, QByteArray> secrets)
{
    return [secrets = std::move(secrets)](const std::string &name) -> Result<SecretBytes> {
        const auto found = secrets.find(name);
        if (found == secrets.end())
            return fail(ErrorCode::KeychainNoEntry);
        return SecretBytes(bytesOf(found->second));
    };
}

} // namespace

class TestNodes : public QObject {
    Q_OBJECT

    Home m_home;

    [[nodiscard]] quint16 node() const
    {
        return static_cast<quint16>(QUrl(QString::fromStdString(m_home.chain->profile().rpcUrl)).port());
    }
    [[nodiscard]] NetworkProfile through(const std::vector<std::string> &urls) const
    {
        NetworkProfile profile = m_home.chain->profile();
        profile.name = "consortium";
        profile.journal.clear();
        profile.rpcUrl = urls.front();
        profile.moreUrls.assign(urls.begin() + 1, urls.end());
        return profile;
    }

private Q_SLOTS:
    void initTestCase() { TEST_OK(m_home.start()); }

    void theNextNodeIsAskedWhenOneFails()
    {
        Gate first({.node = node()});
        const Gate second({.node = node()});
        TEST_VALUE(const auto chain, Chain::connect(through({first.url(), second.url()})));
        QVERIFY(first.answered() > 0);
        QCOMPARE(second.answered(), 0);
        first.close();
        TEST_OK(chain->head());
        QVERIFY(second.answered() > 0);
        const int before = second.answered();
        const Gate back({.node = node(), .port = first.port()});
        TEST_OK(chain->head()); // stays where it is
        QCOMPARE(second.answered(), before + 1);
    }

    void aNodeOfAnotherChainIsNeverUsed()
    {
        const Gate foreign({});
        Gate real({.node = node()});
        QCOMPARE(outcome(Chain::connect(through({foreign.url()}))), "chain.wrongChain");
        TEST_VALUE(const auto chain, Chain::connect(through({foreign.url(), real.url()})));
        TEST_OK(chain->head());
        const int asked = foreign.answered(); // for its chain id
        TEST_OK(chain->head());
        QCOMPARE(foreign.answered(), asked);
        real.close();
        QVERIFY(!chain->head());
        QVERIFY(foreign.answered() <= asked + 2);
    }

    void aPasswordIsChangedForAToken()
    {
        const Gate gate({.node = node(), .user = "amana", .password = "right", .tokenUses = 4});
        NetworkProfile profile = through({gate.url()});
        QCOMPARE(outcome(Chain::connect(profile)), "chain.unauthorized");
        profile.access.login = net::Access::Login::Password;
        profile.access.user = "amana";
        profile.access.secret = "network/consortium";
        QCOMPARE(outcome(Chain::connect(profile)), "chain.unauthorized"); // no secrets
        QCOMPARE(outcome(Chain::connect(profile, secretsOf({}))), "keychain.noEntry");
        const auto wrong = Chain::connect(profile, secretsOf({{"network/consortium", "wrong"}}));
        QCOMPARE(outcome(wrong), "chain.unauthorized");
        QVERIFY(wrong.error().debugString().find("wrong") == std::string::npos);
        const int before = gate.logins();
        TEST_VALUE(const auto chain, Chain::connect(profile, secretsOf({{"network/consortium", "right"}})));
        for (int i = 0; i < 10; ++i) // the token runs out, again and again
            TEST_OK(chain->head());
        QVERIFY(gate.logins() >= before + 3);
    }

    void aTokenOfOnesOwn()
    {
        const Gate gate({.node = node(), .bearer = "abc.def.ghi"});
        NetworkProfile profile = through({gate.url()});
        profile.access.login = net::Access::Login::Bearer;
        profile.access.secret = "token";
        TEST_OK(Chain::connect(profile, secretsOf({{"token", "abc.def.ghi"}})));
        QCOMPARE(outcome(Chain::connect(profile, secretsOf({{"token", "other"}}))), "chain.unauthorized");
        const int refused = gate.refused();
        QCOMPARE(outcome(Chain::connect(profile, secretsOf({{"token", "two\r\nHost: x"}}))),
                 "chain.unauthorized"); // no header is made of it
        QCOMPARE(gate.refused(), refused);
    }

    void certificatesOfBothSides()
    {
        const Certificates made;
        QVERIFY(made.make());
        const Gate gate({.node = node(), .tls = made.node()});
        NetworkProfile profile = through({gate.url()});
        const net::ReadSecret secrets = secretsOf({{"key", made.read("client.key")}});
        QCOMPARE(outcome(Chain::connect(profile, secrets)), "chain.untrusted"); // no system trusts it
        profile.access.authority = made.read("stranger.pem").toStdString();
        QCOMPARE(outcome(Chain::connect(profile, secrets)), "chain.untrusted");
        profile.access.authority = made.read("authority.pem").toStdString();
        QVERIFY(!Chain::connect(profile, secrets)); // we show nothing
        QCOMPARE(gate.answered(), 0);
        profile.access.clientCertificate = made.read("client.pem").toStdString();
        profile.access.clientKey = "key";
        TEST_OK(Chain::connect(profile, secrets));
        QVERIFY(gate.answered() > 0);
        QCOMPARE(outcome(Chain::connect(profile, secretsOf({{"key", "no key"}}))), "chain.untrusted");
    }

    // The index finds out by itself how many blocks a node lets it ask for.
    void aNodeThatAnswersForFewBlocksOnly()
    {
        TEST_OK(m_home.enrolAdmin());
        for (int i = 0; i < 15; ++i)
            TEST_OK(m_home.chain->rpc().call("anvil_mine", {"0x64"}));
        TEST_OK(m_home.outbox->send(*m_home.chain, m_home.admin,
                                    DatasetRegistry(*m_home.chain)
                                        .publish(dataset("behind many blocks", {m_home.admin.address()}))));
        const Gate gate({.node = node(), .maxRange = 150});
        TEST_VALUE(const auto chain, Chain::connect(through({gate.url()})));
        TEST_VALUE(const auto index, EventIndex::open(m_home.folder.filePath("few.sqlite")));
        TEST_OK(index->sync(*chain));
        QVERIFY(gate.refused() > 0);
        QCOMPARE(index->datasets()->size(), std::size_t(1));
        const int answered = gate.answered();
        TEST_OK(index->sync(*chain)); // nothing new: a question for the head, one for the newest block
        QVERIFY(gate.answered() - answered <= 3);
    }

    // The WebSocket only wakes; the node and its connection may go and come.
    void newBlocksWakeUs()
    {
        NetworkProfile profile = through({m_home.chain->profile().rpcUrl});
        profile.webSocketUrl = "ws://127.0.0.1:" + std::to_string(node());
        HeadWatch watch(profile.webSocketUrl, {}, {});
        QTRY_VERIFY_WITH_TIMEOUT(watch.isListening(), 5000);
        (void)watch.wait(std::chrono::milliseconds(50)); // of a block of before
        TEST_VALUE(const auto chain, Chain::connect(profile));
        QElapsedTimer timer;
        timer.start();
        std::thread miner([&] {
            QThread::msleep(300);
            (void)chain->rpc().call("anvil_mine", {"0x1"});
        });
        const bool woken = watch.wait(std::chrono::seconds(20));
        miner.join();
        QVERIFY(woken);
        QVERIFY(timer.elapsed() < 10000);
        m_home.killNode();
        QTRY_VERIFY_WITH_TIMEOUT(!watch.isListening(), 5000);
        TEST_OK(m_home.start()); // on the port of before
        QTRY_VERIFY_WITH_TIMEOUT(watch.isListening(), 40000);
        HeadWatch refused("ws://192.0.2.1:1", {}, {}); // without TLS to another machine
        QVERIFY(!refused.wait(std::chrono::milliseconds(50)));
    }

    void theFileOfANetworkHoldsNamesOfSecrets()
    {
        QTemporaryDir home;
        NetworkProfile profile = through({"https://one.example", "https://two.example"});
        profile.webSocketUrl = "wss://one.example";
        profile.finalizedTag = true;
        profile.access = {net::Access::Login::Password, "amana", "network/consortium", "CA", "CERT", "key"};
        TEST_OK(saveNetwork(home.path(), profile));
        TEST_VALUE(const NetworkProfile read, loadNetwork(home.path(), "consortium"));
        QVERIFY(read.access == profile.access);
        QVERIFY(read.moreUrls == profile.moreUrls);
        QCOMPARE(read.webSocketUrl, profile.webSocketUrl);
        QVERIFY(read.finalizedTag);
    }

    // A proxy as the contracts will be: its slot names an implementation whose code is known, or not.
    void theImplementationBehindAProxy()
    {
        const JsonRpc &rpc = m_home.chain->rpc();
        const Address proxy = keyOf("proxy").address();
        const Address implementation = keyOf("implementation").address();
        const std::string slot = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
        const auto point = [&](const std::string &word) {
            return rpc.call("anvil_setStorageAt", {crypto::checksumAddress(proxy), slot, word});
        };
        QCOMPARE(outcome(implementationOf(rpc, proxy)), "chain.wrongCode");
        TEST_OK(point("0x" + std::string(24, '0') + toHex(implementation)));
        TEST_OK(rpc.call("anvil_setCode", {crypto::checksumAddress(implementation), "0x60016002aabbcc00"}));
        const QByteArray masked = fromHex("60016002000000" "00").value();
        const KnownCode known{"DatasetRegistry", crypto::keccak256(bytesOf(masked)), {{4, 3}}};
        TEST_VALUE(const Address found, implementationOf(rpc, proxy));
        QVERIFY(found == implementation);
        QCOMPARE(checkImplementation(rpc, proxy, std::array{known}).value(), "DatasetRegistry");
        KnownCode other = known;
        other.maskedHash[0] ^= 1;
        QCOMPARE(outcome(checkImplementation(rpc, proxy, std::array{other})), "chain.wrongCode");
        QCOMPARE(checkImplementation(rpc, proxy, std::array{other, known}).value(), "DatasetRegistry");
        TEST_OK(point("0x01" + std::string(22, '0') + toHex(implementation)));
        QCOMPARE(outcome(implementationOf(rpc, proxy)), "chain.wrongCode");
    }
};

QTEST_GUILESS_MAIN(TestNodes)
#include "test_nodes.moc"
