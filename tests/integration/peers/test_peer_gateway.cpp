// SPDX-License-Identifier: GPL-3.0-or-later
// What a real Kubo has, fetched through its trustless gateway.
#include "core/base/files.h"
#include "core/content/dag_fetch.h"
#include "core/content/unixfs.h"
#include "kubo.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <sys/resource.h>

using namespace amana;
using namespace amana::content;

namespace {

QString ipfsPath;

/// `ipfs daemon`, offline, with its gateway at a free port of this machine.
class Daemon {
public:
    explicit Daemon(const Kubo &kubo)
    {
        for (const auto &[key, value] : {std::pair{"Addresses.API", "\"/ip4/127.0.0.1/tcp/0\""},
                                         std::pair{"Addresses.Gateway", "\"/ip4/127.0.0.1/tcp/0\""},
                                         std::pair{"Addresses.Swarm", "[]"}, std::pair{"Gateway.NoFetch", "true"}})
            if (kubo.run({"config", "--json", key, value}).code != 0)
                return; // the test sees that there is no address
        m_process.setProcessEnvironment(kubo.environment());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(kubo.binary(), {"daemon", "--offline"});
        QByteArray said;
        while (!said.contains("Daemon is ready") && m_process.waitForReadyRead(60'000))
            said += m_process.readAllStandardOutput();
        const auto address = readFile(kubo.environment().value(QStringLiteral("IPFS_PATH")) + "/gateway");
        m_url = address ? QUrl(QString::fromUtf8(address->trimmed())) : QUrl();
    }
    ~Daemon()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(10'000))
            m_process.kill();
        m_process.waitForFinished(5000);
    }
    [[nodiscard]] Gateway gateway() const { return {.url = m_url}; }

private:
    QProcess m_process;
    QUrl m_url;
};

struct Home {
    QTemporaryDir folder{(QFileInfo(QStringLiteral("/dev/shm")).isWritable() ? QStringLiteral("/dev/shm")
                                                                             : QDir::tempPath())
                         + QStringLiteral("/amana-gateway-XXXXXX")};
    std::unique_ptr<BlockStore> store;
    Home()
    {
        auto opened = BlockStore::open(folder.path());
        if (!opened)
            qFatal("store: %s", opened.error().debugString().c_str());
        store = std::move(*opened);
    }
};

} // namespace

class TestPeerGateway : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wholeTree();
    void goesOnWhereItStopped();
    void twoGatewaysShare();
    void whatNobodyHas();
    void memoryDoesNotGrow();

private:
    std::unique_ptr<Kubo> m_kubo;
    std::unique_ptr<Daemon> m_daemon;
    QTemporaryDir m_data;
    Cid m_root;
};

void TestPeerGateway::initTestCase()
{
    m_kubo = std::make_unique<Kubo>(ipfsPath);
    QVERIFY(m_kubo->initialised());
    const QDir folder(m_data.path());
    for (int i = 0; i < 6; ++i) {
        const QString part = QStringLiteral("parts/%1").arg(i);
        QVERIFY(folder.mkpath(part));
        QVERIFY(writeFileAtomic(folder.filePath(part + "/scan.age"), testBytes(1'500'000 + i, std::uint32_t(i))));
        QVERIFY(writeFileAtomic(folder.filePath(part + "/same"), testBytes(700)));
    }
    QVERIFY(writeFileAtomic(folder.filePath(QStringLiteral("empty")), {}));
    const auto root = Cid::parse(m_kubo->cidOf(m_data.path()).toStdString());
    QVERIFY(root);
    m_root = *root;
    m_daemon = std::make_unique<Daemon>(*m_kubo);
    QVERIFY(m_daemon->gateway().url.isValid());
}

void TestPeerGateway::wholeTree()
{
    const Home home;
    const auto report = fetchDag(m_root, {m_daemon->gateway()}, *home.store);
    QVERIFY2(report, report ? "" : report.error().debugString().c_str());
    QCOMPARE(report->sources[0].requests, std::uint64_t(1)); // Kubo's order is the one we expect
    const auto file = resolvePath(*home.store, m_root, "parts/3/scan.age");
    QVERIFY(file);
    QBuffer content;
    content.open(QIODevice::WriteOnly);
    QVERIFY(readFile(*home.store, *file, content));
    QCOMPARE(content.data(), testBytes(1'500'003, 3));
    QVERIFY(home.store->pin(m_root, "all"));
    const GatewayBlocks blocks(m_daemon->gateway());
    QVERIFY(blocks.get(m_root).value_or("x") == home.store->get(m_root).value_or("y"));
}

void TestPeerGateway::goesOnWhereItStopped()
{
    const Home home;
    std::atomic<bool> cancelled = false;
    const Progress progress([&cancelled](std::uint64_t done, std::uint64_t) { cancelled = done > 0; }, &cancelled);
    (void)fetchDag(m_root, {m_daemon->gateway()}, *home.store, progress); // may be over before it is cancelled
    const auto missing = resolvePath(*home.store, m_root, "parts/5/same");
    if (missing)
        QVERIFY(home.store->remove(*missing));
    std::uint64_t before = 0;
    QVERIFY(home.store->forEach([&before](const Cid &, std::uint64_t) -> Status {
        ++before;
        return {};
    }));
    const auto report = fetchDag(m_root, {m_daemon->gateway()}, *home.store);
    QVERIFY2(report, report ? "" : report.error().debugString().c_str());
    QVERIFY(report->fetched > 0);
    std::uint64_t after = 0;
    QVERIFY(home.store->forEach([&after](const Cid &, std::uint64_t) -> Status {
        ++after;
        return {};
    }));
    QVERIFY(after > before);
    QVERIFY(home.store->pin(m_root, "all"));
}

void TestPeerGateway::twoGatewaysShare()
{
    Kubo other(ipfsPath);
    QCOMPARE(Cid::parse(other.cidOf(m_data.path()).toStdString()).value_or(Cid()), m_root);
    const Daemon second(other);
    const Home home;
    const auto report = fetchDag(m_root, {m_daemon->gateway(), second.gateway()}, *home.store);
    QVERIFY2(report, report ? "" : report.error().debugString().c_str());
    for (const SourceCounts &source : report->sources)
        QVERIFY(source.blocks > 0 && !source.dropped);
    QVERIFY(home.store->pin(m_root, "all"));
}

void TestPeerGateway::whatNobodyHas()
{
    const Home home;
    const Cid unknown = Cid::of(Codec::Raw, bytesOf(std::string_view("nobody has this")));
    const auto report = fetchDag(unknown, {m_daemon->gateway()}, *home.store);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::IpfsNotFound);
    QCOMPARE(report.error().param("cid"), unknown.text());
}

/// AMANA_GATEWAY_MIB=1024 measures with more.
void TestPeerGateway::memoryDoesNotGrow()
{
    const auto peakMiB = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss / 1024;
    };
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("AMANA_GATEWAY_MIB", &given);
    const int mib = given ? asked : 96;
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("large")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < mib; ++i)
        QCOMPARE(file.write(testBytes(1 << 20, std::uint32_t(i + 100))), qint64(1 << 20));
    file.close();
    const auto root = Cid::parse(m_kubo->cidOf(file.fileName()).toStdString());
    QVERIFY(root);
    const Home home;
    const long before = peakMiB();
    QElapsedTimer timer;
    timer.start();
    const auto report = fetchDag(*root, {m_daemon->gateway()}, *home.store);
    QVERIFY2(report, report ? "" : report.error().debugString().c_str());
    const auto ms = std::max<qint64>(1, timer.elapsed());
    const long grown = peakMiB() - before;
    qInfo("%d MiB in %lld ms: %lld MB/s, %ld MiB of memory more", mib, static_cast<long long>(ms),
          static_cast<long long>(report->fetchedBytes / 1000 / static_cast<std::uint64_t>(ms)), grown);
    QVERIFY(grown < 48);
    QCOMPARE(home.store->totalBytes().value_or(0), report->fetchedBytes);
}

int main(int argc, char **argv)
{
    const Peer kubo = findKubo();
    if (const int code = exitCodeWithout(kubo); code != 0)
        return code;
    ipfsPath = kubo.path;
    QCoreApplication application(argc, argv);
    TestPeerGateway test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_peer_gateway.moc"
