// SPDX-License-Identifier: GPL-3.0-or-later
// A graph from one store into another: without copying, verified, whatever happens on the way.
#include "store_fixture.h"

#include "core/content/dag_reader.h"
#include "core/content/file_writer.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace amana;
using namespace amana::content;
using namespace amana::content::test;

namespace {

constexpr int kChunks = 7;

QByteArray chunkOf(int number)
{
    return QByteArray(static_cast<qsizetype>(kChunkSize), static_cast<char>('a' + number));
}

/// A file of some chunks, in a folder.
Cid putGraph(BlockStore &store)
{
    FileWriter writer(store);
    for (int i = 0; i < kChunks; ++i)
        if (!writer.write(bytesOf(chunkOf(i))))
            qFatal("write");
    const auto root = addFolder({{"parts/0001.age", *writer.finish()}}, store);
    if (!root || !store.flush())
        qFatal("graph");
    return root->cid;
}

QByteArray contentIn(const BlockStore &store, const Cid &root)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const auto file = resolvePath(store, root, "parts/0001.age");
    return file && readFile(store, *file, out) ? out.data() : QByteArray();
}

QByteArray expected()
{
    QByteArray all;
    for (int i = 0; i < kChunks; ++i)
        all += chunkOf(i);
    return all;
}

ino_t inodeOf(const QString &path)
{
    struct stat info {};
    return ::stat(path.toLocal8Bit().constData(), &info) == 0 ? info.st_ino : 0;
}

} // namespace

class TestBlockAdopt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linksAndSurvivesItsSource();
    void copiesAcrossFileSystems();
    void takesTheGraphOnly();
    void damagedAndMissingAreRefused();
    void damagedCopyHereIsReplaced();
    void again();
    void killedAtAnyPoint();
    void quotaHolds();
    void cancelled();
};

void TestBlockAdopt::linksAndSurvivesItsSource()
{
    const QTemporaryDir folder(folderPattern());
    const QString from = folder.filePath(QStringLiteral("from"));
    const QString to = folder.filePath(QStringLiteral("to"));
    const auto store = openStore(to);
    Cid root;
    {
        const auto staging = openStore(from);
        root = putGraph(*staging);
        QVERIFY(store->adopt(*staging, root));
        const Cid leaf = Cid::of(Codec::Raw, bytesOf(chunkOf(3)));
        QCOMPARE(inodeOf(pathOf(from, leaf)), inodeOf(pathOf(to, leaf))); // one file, two names
        QCOMPARE(store->totalBytes().value_or(0), staging->totalBytes().value_or(1));
    }
    QVERIFY(QDir(from).removeRecursively());
    QVERIFY(contentIn(*store, root) == expected());
    QVERIFY(contentIn(*openStore(to), root) == expected()); // it was flushed
}

void TestBlockAdopt::copiesAcrossFileSystems()
{
    const QTemporaryDir shm(folderPattern());
    const QTemporaryDir disk(QDir::tempPath() + QStringLiteral("/amana-store-XXXXXX"));
    struct stat a {};
    struct stat b {};
    ::stat(shm.path().toLocal8Bit().constData(), &a);
    ::stat(disk.path().toLocal8Bit().constData(), &b);
    if (a.st_dev == b.st_dev)
        QSKIP("one file system only");
    const auto staging = openStore(shm.path());
    const auto store = openStore(disk.path());
    const Cid root = putGraph(*staging);
    QVERIFY(store->adopt(*staging, root));
    QVERIFY(contentIn(*store, root) == expected());
}

void TestBlockAdopt::takesTheGraphOnly()
{
    const QTemporaryDir folder(folderPattern());
    const auto staging = openStore(folder.filePath(QStringLiteral("from")));
    const auto store = openStore(folder.filePath(QStringLiteral("to")));
    const Block other = blockOf(1);
    QVERIFY(staging->put(other.cid, bytesOf(other.bytes)));
    const Cid root = putGraph(*staging);
    QVERIFY(store->adopt(*staging, root));
    QVERIFY(!store->has(other.cid));
}

void TestBlockAdopt::damagedAndMissingAreRefused()
{
    const QTemporaryDir folder(folderPattern());
    const QString from = folder.filePath(QStringLiteral("from"));
    const QString to = folder.filePath(QStringLiteral("to"));
    const auto staging = openStore(from);
    const Cid root = putGraph(*staging);
    const Cid leaf = Cid::of(Codec::Raw, bytesOf(chunkOf(5)));
    QByteArray altered = chunkOf(5);
    altered[1000] = 'Z';
    for (const QByteArray &bytes : {altered, chunkOf(5).left(99), QByteArray(), QByteArray(3 << 20, 'x')}) {
        overwrite(pathOf(from, leaf), bytes);
        const auto store = openStore(to);
        const Status adopted = store->adopt(*staging, root);
        QCOMPARE(errorOf(adopted), ErrorCode::BlockAltered);
        QCOMPARE(adopted.error().param("cid"), leaf.text());
        QVERIFY(!store->has(leaf));
    }
    QVERIFY(QFile::remove(pathOf(from, leaf)));
    const auto store = openStore(to);
    QCOMPARE(errorOf(store->adopt(*staging, root)), ErrorCode::BlockMissing);
    QVERIFY(QFile::remove(pathOf(from, root))); // its other name is in the store already
    overwrite(pathOf(from, root), "not a node");
    QCOMPARE(errorOf(store->adopt(*staging, root)), ErrorCode::BlockAltered);
    std::uint64_t named = 0; // the books count what is there, nothing that failed
    QVERIFY(store->flush());
    QVERIFY(store->forEach([&named](const Cid &, std::uint64_t size) -> Status {
        named += size;
        return {};
    }));
    QCOMPARE(store->totalBytes().value_or(1), named);
}

void TestBlockAdopt::damagedCopyHereIsReplaced()
{
    const QTemporaryDir folder(folderPattern());
    const QString to = folder.filePath(QStringLiteral("to"));
    const auto staging = openStore(folder.filePath(QStringLiteral("from")));
    const auto store = openStore(to);
    const Cid root = putGraph(*staging);
    QVERIFY(store->adopt(*staging, root));
    const Cid leaf = Cid::of(Codec::Raw, bytesOf(chunkOf(2)));
    QVERIFY(QFile::remove(pathOf(to, leaf))); // one name of two: the source keeps its own
    overwrite(pathOf(to, leaf), "broken");
    QVERIFY(store->adopt(*staging, root));
    QVERIFY(contentIn(*store, root) == expected());
}

void TestBlockAdopt::again()
{
    const QTemporaryDir folder(folderPattern());
    const auto staging = openStore(folder.filePath(QStringLiteral("from")));
    const auto store = openStore(folder.filePath(QStringLiteral("to")));
    const Cid root = putGraph(*staging);
    QVERIFY(store->adopt(*staging, root));
    const auto bytes = store->totalBytes();
    QVERIFY(store->adopt(*staging, root));
    QCOMPARE(store->totalBytes().value_or(0), bytes.value_or(1));
}

/// kill −9 after each step of the progress in turn: the store stays good, and the next attempt completes it.
void TestBlockAdopt::killedAtAnyPoint()
{
    const QTemporaryDir folder(folderPattern());
    const QString from = folder.filePath(QStringLiteral("from"));
    const QString to = folder.filePath(QStringLiteral("to"));
    const Cid root = putGraph(*openStore(from));
    for (int step = 1; step <= kChunks + 3; ++step) { // leaves, the file, two folders
        QDir(to).removeRecursively();
        const pid_t child = ::fork();
        if (child == 0) {
            const auto staging = openStore(from);
            const auto store = openStore(to);
            int reports = 0;
            const Progress progress(
                [&](std::uint64_t, std::uint64_t) {
                    if (++reports == step)
                        ::raise(SIGKILL);
                },
                nullptr);
            ::_exit(store->adopt(*staging, root, progress) ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        const auto staging = openStore(from);
        const auto store = openStore(to);
        const auto scanned = store->scan();
        QVERIFY(scanned && scanned->damaged.empty());
        QCOMPARE(store->totalBytes().value_or(1), scanned->bytes);
        QVERIFY(store->adopt(*staging, root));
        QVERIFY(contentIn(*store, root) == expected());
    }
}

void TestBlockAdopt::quotaHolds()
{
    const QTemporaryDir folder(folderPattern());
    const auto staging = openStore(folder.filePath(QStringLiteral("from")));
    const auto store = openStore(folder.filePath(QStringLiteral("to")));
    const Cid root = putGraph(*staging);
    QVERIFY(store->setQuota(3 << 20));
    QCOMPARE(errorOf(store->adopt(*staging, root)), ErrorCode::StoreQuota);
    QVERIFY(store->totalBytes().value_or(~0ull) <= 3u << 20);
}

void TestBlockAdopt::cancelled()
{
    const QTemporaryDir folder(folderPattern());
    const auto staging = openStore(folder.filePath(QStringLiteral("from")));
    const auto store = openStore(folder.filePath(QStringLiteral("to")));
    const Cid root = putGraph(*staging);
    std::atomic<bool> cancelled = false;
    const Progress progress([&](std::uint64_t done, std::uint64_t) { cancelled = done > (2 << 20); }, &cancelled);
    QCOMPARE(errorOf(store->adopt(*staging, root, progress)), ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestBlockAdopt)
#include "test_block_adopt.moc"
