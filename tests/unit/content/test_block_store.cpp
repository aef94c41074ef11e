// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace amana;
using namespace amana::content;
using namespace amana::content::test;

namespace {

/// Files under tmp/ other than the two locks of the folder and the journals of living sessions.
int leftovers(const QString &store)
{
    int count = 0;
    for (QDirIterator it(store + QStringLiteral("/tmp"), QDir::AllEntries | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
         it.hasNext();) {
        it.next();
        const QString name = it.fileName();
        const bool expected = name == QStringLiteral("entry") || name == QStringLiteral("collect")
                              || name.startsWith(QStringLiteral("journal-"));
        count += expected ? 0 : 1;
    }
    return count;
}

} // namespace

class TestBlockStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void putGetRemove();
    void blocksAreVisibleToOthersAfterFlush();
    void destructionFlushes();
    void manyBlocksAndCounts();
    void alteredAndMissingAreToldApart();
    void puttingRepairs();
    void tooLargeIsRefused();
    void killedProcessLeavesNothingHalf();
    void livingSessionsAreNotSwept();
    void severalProcessesWriteAtOnce();
    void severalThreadsWriteAtOnce();
    void strangeFilesArePassedOver();
    void unwritableFolderIsAnError();
};

void TestBlockStore::putGetRemove()
{
    const QTemporaryDir folder;
    const auto store = openStore(folder.path());
    const Block block = blockOf(1);
    QVERIFY(!store->has(block.cid));
    QCOMPARE(errorOf(store->get(block.cid)), ErrorCode::BlockMissing);
    QVERIFY(store->put(block.cid, bytesOf(block.bytes)));
    QVERIFY(store->has(block.cid));
    QCOMPARE(store->get(block.cid).value_or(QByteArray()), block.bytes); // before flush, by the same object
    QVERIFY(store->flush());
    QCOMPARE(store->get(block.cid).value_or(QByteArray()), block.bytes);
    QCOMPARE(store->totalBytes().value_or(0), std::uint64_t(block.bytes.size()));
    QVERIFY(QFile::exists(pathOf(folder.path(), block.cid)));
    QVERIFY(store->remove(block.cid));
    QVERIFY(store->remove(block.cid));
    QVERIFY(!store->has(block.cid));
    const Block empty{{}, Cid::of(Codec::Raw, {})};
    QVERIFY(store->put(empty.cid, {}) && store->flush());
    QVERIFY(store->get(empty.cid));
}

void TestBlockStore::blocksAreVisibleToOthersAfterFlush()
{
    const QTemporaryDir folder;
    const auto writer = openStore(folder.path());
    const auto reader = openStore(folder.path());
    const Block block = blockOf(2);
    QVERIFY(writer->put(block.cid, bytesOf(block.bytes)));
    QVERIFY(!reader->has(block.cid));
    QVERIFY(writer->flush());
    QCOMPARE(reader->get(block.cid).value_or(QByteArray()), block.bytes);
    QVERIFY(writer->put(block.cid, bytesOf(block.bytes))); // again: nothing to do
    QCOMPARE(leftovers(folder.path()), 4);                 // two sessions and their locks, no block
}

void TestBlockStore::destructionFlushes()
{
    const QTemporaryDir folder;
    const Block block = blockOf(3);
    QVERIFY(openStore(folder.path())->put(block.cid, bytesOf(block.bytes)));
    QCOMPARE(leftovers(folder.path()), 0);
    QVERIFY(openStore(folder.path())->get(block.cid));
}

void TestBlockStore::manyBlocksAndCounts()
{
    const QTemporaryDir folder;
    const auto store = openStore(folder.path());
    std::uint64_t bytes = 0;
    for (int i = 0; i < 2500; ++i) {
        const Block block = blockOf(i, 10);
        bytes += std::uint64_t(block.bytes.size());
        QVERIFY(store->put(block.cid, bytesOf(block.bytes)));
    }
    const auto other = openStore(folder.path());
    std::size_t visible = 0;
    const auto count = [&](const Cid &, std::uint64_t) -> Status {
        ++visible;
        return {};
    };
    QVERIFY(other->forEach(count));
    QCOMPARE(visible, 2 * BlockStore::kBatchBlocks); // two full batches flushed themselves
    QVERIFY(store->flush());
    visible = 0;
    QVERIFY(other->forEach(count));
    QCOMPARE(visible, std::size_t(2500));
    QCOMPARE(other->totalBytes().value_or(0), bytes);
}

void TestBlockStore::alteredAndMissingAreToldApart()
{
    const QTemporaryDir folder;
    const auto store = openStore(folder.path());
    const Block block = blockOf(4);
    QVERIFY(store->put(block.cid, bytesOf(block.bytes)) && store->flush());
    const QString path = pathOf(folder.path(), block.cid);
    QByteArray damaged = block.bytes;
    damaged[500] = static_cast<char>(damaged[500] ^ 1);
    for (const QByteArray &bytes :
         {damaged, block.bytes.left(999), QByteArray(), block.bytes + 'x', QByteArray(3 << 20, 'x')}) {
        overwrite(path, bytes);
        const auto got = store->get(block.cid);
        QCOMPARE(errorOf(got), ErrorCode::BlockAltered);
        QCOMPARE(got.error().param("cid"), block.cid.text());
    }
    QVERIFY(QFile::remove(path));
    QCOMPARE(errorOf(store->get(block.cid)), ErrorCode::BlockMissing);
}

void TestBlockStore::puttingRepairs()
{
    const QTemporaryDir folder;
    const auto store = openStore(folder.path());
    const Block block = blockOf(5);
    QVERIFY(store->put(block.cid, bytesOf(block.bytes)) && store->flush());
    overwrite(pathOf(folder.path(), block.cid), "broken");
    QVERIFY(store->put(block.cid, bytesOf(block.bytes)) && store->flush());
    QCOMPARE(store->get(block.cid).value_or(QByteArray()), block.bytes);
}

void TestBlockStore::tooLargeIsRefused()
{
    const QTemporaryDir folder;
    const auto store = openStore(folder.path());
    const Block block = blockOf(6, 3 << 20);
    QCOMPARE(errorOf(store->put(block.cid, bytesOf(block.bytes))), ErrorCode::BlockTooLarge);
}

/// A process that dies by kill −9 with blocks written and not flushed.
void TestBlockStore::killedProcessLeavesNothingHalf()
{
    const QTemporaryDir folder;
    const Block kept = blockOf(7);
    const Block lost = blockOf(8);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto store = openStore(folder.path());
        const bool good = store->put(kept.cid, bytesOf(kept.bytes)) && store->flush()
                          && store->put(lost.cid, bytesOf(lost.bytes));
        ::raise(good ? SIGKILL : SIGTERM);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGKILL);
    QVERIFY(leftovers(folder.path()) > 0);

    const auto store = openStore(folder.path());
    QCOMPARE(leftovers(folder.path()), 2); // its own session and lock
    QVERIFY(store->get(kept.cid));
    QCOMPARE(errorOf(store->get(lost.cid)), ErrorCode::BlockMissing);
}

void TestBlockStore::livingSessionsAreNotSwept()
{
    const QTemporaryDir folder;
    const auto first = openStore(folder.path());
    const Block block = blockOf(9);
    QVERIFY(first->put(block.cid, bytesOf(block.bytes)));
    const auto second = openStore(folder.path());
    QVERIFY(first->get(block.cid));
    QVERIFY(first->flush());
    QVERIFY(second->get(block.cid));
}

void TestBlockStore::severalProcessesWriteAtOnce()
{
    const QTemporaryDir folder;
    constexpr int processes = 4;
    constexpr int blocks = 150;
    std::vector<pid_t> children;
    for (int process = 0; process < processes; ++process) {
        const pid_t child = ::fork();
        if (child == 0) {
            bool good = true;
            {
                const auto store = openStore(folder.path());
                for (int i = 0; i < blocks && good; ++i) {
                    const Block block = blockOf(i);
                    good = store->put(block.cid, bytesOf(block.bytes)) && (i % 50 != 0 || store->flush())
                           && store->get(block.cid);
                }
                good = good && store->flush();
            }
            ::_exit(good ? 0 : 1);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
    }
    const auto store = openStore(folder.path());
    for (int i = 0; i < blocks; ++i)
        QVERIFY(store->get(blockOf(i).cid));
    QCOMPARE(leftovers(folder.path()), 2);
}

void TestBlockStore::severalThreadsWriteAtOnce()
{
    const QTemporaryDir folder;
    const auto store = openStore(folder.path());
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const Block block = blockOf(i);
                const bool good = store->put(block.cid, bytesOf(block.bytes)) && store->get(block.cid)
                                  && (i % 100 != 0 || store->flush());
                failures += good ? 0 : 1;
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    QVERIFY(store->flush());
    QCOMPARE(leftovers(folder.path()), 2);
}

void TestBlockStore::strangeFilesArePassedOver()
{
    const QTemporaryDir folder;
    const auto store = openStore(folder.path());
    const Block block = blockOf(10);
    QVERIFY(store->put(block.cid, bytesOf(block.bytes)) && store->flush());
    const QString shard = QFileInfo(pathOf(folder.path(), block.cid)).path();
    overwrite(shard + QStringLiteral("/notes.txt"), "hello");
    overwrite(shard + QStringLiteral("/nonsense.blk"), "hello");
    QCOMPARE(store->totalBytes().value_or(0), std::uint64_t(block.bytes.size()));
}

void TestBlockStore::unwritableFolderIsAnError()
{
    const auto store = BlockStore::open(QStringLiteral("/proc/none"));
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::FileUnwritable);
}

QTEST_GUILESS_MAIN(TestBlockStore)
#include "test_block_store.moc"
