// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/content/block_store.h"
#include "core/content/car.h"
#include "kubo.h"

#include <QBuffer>
#include <QDir>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <QTest>

#include <random>

using namespace amana;
using namespace amana::content;

namespace {

QString ipfsPath;

QByteArray ourCid(const QString &path)
{
    HashOnlySink sink;
    const auto node = addPath(path, sink);
    return QByteArray::fromStdString(node ? node->cid.text() : node.error().debugString());
}

void write(const QDir &folder, const char *name, const QByteArray &bytes)
{
    const QString path = folder.filePath(QString::fromUtf8(name));
    QVERIFY(folder.mkpath(QFileInfo(path).path()));
    QVERIFY(writeFileAtomic(path, bytes));
}

/// Nested, with an empty folder, an empty file, hidden entries, spaces, Korean and equal files.
void fillFolder(const QDir &folder)
{
    write(folder, "manifest.age", testBytes(700));
    write(folder, "parts/0001.age", testBytes((1 << 20) + 1));
    write(folder, "parts/0002.age", testBytes(3'333'333));
    write(folder, "parts/deep/er/same", testBytes(700));
    write(folder, "with space and (brackets)", "x");
    write(folder, "\xed\x99\x98\xec\x9e\x90.txt", "y");
    write(folder, "Zebra", "z");
    write(folder, ".hidden/.file", "h");
    write(folder, "empty file", "");
    QVERIFY(folder.mkpath(QStringLiteral("empty folder")));
}

/// A folder of up to some files and folders, of every kind of size and name that comes to mind; always the same for
/// one state of `random`.
void growTree(const QDir &folder, std::mt19937 &random, int depth)
{
    static const QStringList names{QStringLiteral("scan"), QStringLiteral("with space"), QStringLiteral(".hidden"),
                                   QStringLiteral("환자"), QStringLiteral("Zebra"),      QStringLiteral("a.b.c"),
                                   QStringLiteral("ü"),    QStringLiteral("-dash")};
    static constexpr int sizes[] = {0, 1, 31, 262'144, 262'145, 1'048'575, 1'048'576, 1'048'577, 2'500'000};
    const int entries = static_cast<int>(random() % 6);
    for (int i = 0; i < entries; ++i) {
        const QString name = names[static_cast<int>(random() % 8)] + QString::number(i);
        if (depth < 4 && random() % 3 == 0) {
            QVERIFY(folder.mkdir(name));
            growTree(QDir(folder.filePath(name)), random, depth + 1);
            continue;
        }
        const int size = random() % 40 == 0 ? sizes[random() % 9] : static_cast<int>(random() % 3000);
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(testBytes(size, static_cast<std::uint32_t>(random() % 50))), qint64(size));
    }
}

} // namespace

/// The same bytes must get the same identifiers from Kubo with the profile unixfs-v1-2025, and travel both
/// ways as CAR.
class TestPeerKubo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void files_data();
    void files();
    void folders();
    void foldersOfManyEntries_data();
    void foldersOfManyEntries();
    void twoHundredTrees();
    void kuboImportsOurCar();
    void weImportKubosCar();
    void kuboRefusesADamagedCar();

private:
    std::unique_ptr<Kubo> m_kubo;
};

void TestPeerKubo::initTestCase()
{
    m_kubo = std::make_unique<Kubo>(ipfsPath);
    QVERIFY(m_kubo->initialised());
    QVERIFY(m_kubo->run({"version"}).out.contains("0.40.1"));
}

void TestPeerKubo::files_data()
{
    QTest::addColumn<int>("size");
    constexpr int mib = 1 << 20;
    for (const int size : {0, 1, 1000, mib - 1, mib, mib + 1, 2 * mib, 2 * mib + 1, 5 * mib - 1, 9'999'999})
        QTest::addRow("%d bytes", size) << size;
}

void TestPeerKubo::files()
{
    QFETCH(int, size);
    const QTemporaryDir temporary;
    const QString path = temporary.filePath(QStringLiteral("file"));
    QVERIFY(writeFileAtomic(path, testBytes(size)));
    QCOMPARE(ourCid(path), m_kubo->cidOf(path));
}

void TestPeerKubo::folders()
{
    const QTemporaryDir temporary;
    QCOMPARE(ourCid(temporary.path()), m_kubo->cidOf(temporary.path()));
    fillFolder(QDir(temporary.path()));
    QCOMPARE(ourCid(temporary.path()), m_kubo->cidOf(temporary.path()));
}

void TestPeerKubo::foldersOfManyEntries_data()
{
    QTest::addColumn<int>("entries");
    QTest::newRow("a thousand, as in a package") << 1000;
    QTest::newRow("just under 256 KiB") << 4600;
}

void TestPeerKubo::foldersOfManyEntries()
{
    QFETCH(int, entries);
    const QTemporaryDir temporary;
    for (int i = 0; i < entries; ++i) {
        QFile file(temporary.filePath(QString::number(i).rightJustified(5, QLatin1Char('0'))
                                      + QStringLiteral(".age")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::number(i % 10));
    }
    QCOMPARE(ourCid(temporary.path()), m_kubo->cidOf(temporary.path()));
}

void TestPeerKubo::twoHundredTrees()
{
    const QTemporaryDir temporary;
    std::mt19937 random(2025);
    QHash<QByteArray, QByteArray> ours;
    for (int i = 0; i < 200; ++i) {
        const QString path = temporary.filePath(QStringLiteral("tree%1").arg(i));
        QVERIFY(QDir().mkdir(path));
        growTree(QDir(path), random, 0);
        ours.insert(QStringLiteral("tree%1").arg(i).toUtf8(), ourCid(path));
    }
    // one run of the program for all of them: "added <cid> <path>" a line
    const PeerResult added = m_kubo->run({"add", "-r", "--hidden", "--pin=false", "--progress=false", temporary.path()});
    QVERIFY2(added.code == 0, added.err.constData());
    const QByteArray before = QFileInfo(temporary.path()).fileName().toUtf8() + '/';
    int compared = 0;
    for (const QByteArray &line : added.out.split('\n')) {
        const QByteArray cid = line.mid(6).split(' ').value(0);
        const QByteArray path = line.mid(7 + cid.size());
        if (!path.startsWith(before) || !ours.contains(path.mid(before.size())))
            continue;
        QCOMPARE(ours.value(path.mid(before.size())), cid);
        ++compared;
    }
    QCOMPARE(compared, 200);
    const QList<QByteArray> cids = ours.values();
    QVERIFY(QSet<QByteArray>(cids.begin(), cids.end()).size() > 150);
}

void TestPeerKubo::kuboImportsOurCar()
{
    const QTemporaryDir temporary;
    const QDir folder(temporary.filePath(QStringLiteral("data")));
    QVERIFY(QDir().mkpath(folder.path()));
    fillFolder(folder);
    const auto store = BlockStore::open(temporary.filePath(QStringLiteral("blocks")));
    QVERIFY(store);
    const auto root = addPath(folder.path(), **store);
    QVERIFY(root);
    QFile car(temporary.filePath(QStringLiteral("data.car")));
    QVERIFY(car.open(QIODevice::WriteOnly));
    QVERIFY(writeCar(**store, root->cid, car));
    car.close();

    const Kubo fresh(ipfsPath);
    const PeerResult imported = fresh.run({"dag", "import", "--stats", car.fileName()});
    QVERIFY2(imported.code == 0, imported.err.constData());
    const QString cid = QString::fromStdString(root->cid.text());
    QVERIFY(imported.out.contains(root->cid.text().c_str()));
    QCOMPARE(fresh.run({"cat", QStringLiteral("/ipfs/%1/parts/0002.age").arg(cid)}).out,
             testBytes(3'333'333));
    QCOMPARE(fresh.run({"cat", QStringLiteral("/ipfs/%1/parts/deep/er/same").arg(cid)}).out, testBytes(700));
    const PeerResult verified = fresh.run({"get", "-o", temporary.filePath(QStringLiteral("copy")), cid});
    QVERIFY2(verified.code == 0, verified.err.constData());
    QCOMPARE(ourCid(temporary.filePath(QStringLiteral("copy"))), QByteArray::fromStdString(root->cid.text()));
}

void TestPeerKubo::weImportKubosCar()
{
    const QTemporaryDir temporary;
    const QDir folder(temporary.path());
    fillFolder(folder);
    const QByteArray cid = m_kubo->cidOf(folder.path());
    const PeerResult exported = m_kubo->run({"dag", "export", "--progress=false", QString::fromLatin1(cid)});
    QVERIFY2(exported.code == 0, exported.err.constData());
    QBuffer in;
    in.setData(exported.out);
    in.open(QIODevice::ReadOnly);
    MemoryBlocks blocks;
    const auto contents = readCar(in, blocks);
    QVERIFY2(contents, contents ? "" : contents.error().debugString().c_str());
    const auto root = Cid::parse(cid.toStdString());
    QVERIFY(root && contents->roots == std::vector<Cid>{*root});
    const auto part = resolvePath(blocks, *root, "parts/0002.age");
    QVERIFY(part);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QVERIFY(readFile(blocks, *part, out));
    QCOMPARE(out.data(), testBytes(3'333'333));
    QBuffer again;
    again.open(QIODevice::WriteOnly);
    QVERIFY(writeCar(blocks, *root, again));
    QVERIFY(again.data() == exported.out); // the same order and the same header, byte for byte
}

void TestPeerKubo::kuboRefusesADamagedCar()
{
    const QTemporaryDir temporary;
    MemoryBlocks blocks;
    QBuffer content;
    content.setData(testBytes(5000));
    content.open(QIODevice::ReadOnly);
    const auto root = addFile(content, blocks);
    QVERIFY(root);
    QBuffer car;
    car.open(QIODevice::WriteOnly);
    QVERIFY(writeCar(blocks, root->cid, car));
    QByteArray damaged = car.data();
    damaged[damaged.size() - 10] = static_cast<char>(damaged[damaged.size() - 10] ^ 1);
    const QString path = temporary.filePath(QStringLiteral("damaged.car"));
    QVERIFY(writeFileAtomic(path, damaged));
    QVERIFY(m_kubo->run({"dag", "import", path}).code != 0);
    QBuffer in(&damaged);
    in.open(QIODevice::ReadOnly);
    MemoryBlocks copy;
    const auto contents = readCar(in, copy);
    QVERIFY(!contents);
    QCOMPARE(contents.error().code, ErrorCode::BlockAltered);
}

int main(int argc, char **argv)
{
    const Peer kubo = findKubo();
    if (const int code = exitCodeWithout(kubo); code != 0)
        return code;
    ipfsPath = kubo.path;
    QCoreApplication application(argc, argv);
    TestPeerKubo test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_peer_kubo.moc"
