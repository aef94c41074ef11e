// SPDX-License-Identifier: GPL-3.0-or-later
// What a block store keeps, what it gives up, and what it does when there is no room.
#include "core/content/dag_reader.h"
#include "store_fixture.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <thread>

#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace amana;
using namespace amana::content;
using namespace amana::content::test;

namespace {

/// A folder with three files: one of its own, two that others may have too. `number` > 0.
Cid putFolder(BlockSink &sink, int number)
{
    std::vector<DirectoryEntry> entries;
    for (const int file : {number, -(number % 3), -10 - number % 5}) {
        const Block block = blockOf(file);
        if (!sink.put(block.cid, bytesOf(block.bytes)))
            qFatal("cannot put");
        entries.push_back({std::to_string(file), block.cid, static_cast<std::uint64_t>(block.bytes.size())});
    }
    const auto node = addDirectory(std::move(entries), sink);
    if (!node)
        qFatal("cannot put the folder");
    return node->cid;
}

bool isWhole(const BlockStore &store, const Cid &root)
{
    return walk(store, root, [](const Cid &, const QByteArray &) { return Status(); }).has_value();
}

std::uint64_t bytesInFolder(const BlockStore &store)
{
    std::uint64_t bytes = 0;
    const Status counted = store.forEach([&bytes](const Cid &, std::uint64_t size) -> Status {
        bytes += size;
        return {};
    });
    return counted ? bytes : 0;
}

bool unpinAll(BlockStore &store)
{
    const auto pins = store.pins();
    return pins && std::all_of(pins->begin(), pins->end(), [&store](const Pin &pin) {
               return store.unpin(pin.root, pin.name).has_value();
           });
}

/// A small disk of its own, where the system lets us have one.
class SmallDisk {
public:
    explicit SmallDisk(const char *options)
        : m_mounted(::mount("none", path().toLocal8Bit().constData(), "tmpfs", 0, options) == 0)
    {}
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(path().toLocal8Bit().constData(), MNT_DETACH);
    }
    [[nodiscard]] bool mounted() const { return m_mounted; }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    bool m_mounted;
};

int exitCodeOf(pid_t child)
{
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// What a process does that writes, pins, unpins and collects; endless when `rounds` is 0. 0: all went well.
int busyProcess(const QString &folder, int seed, int rounds)
{
    std::mt19937 random(static_cast<std::uint32_t>(seed));
    const auto store = openStore(folder);
    std::vector<Pin> mine;
    for (int round = 1; rounds == 0 || round <= rounds; ++round) {
        const Cid root = putFolder(*store, 1 + static_cast<int>(random() % 40));
        const std::string name = std::to_string(seed) + "-" + std::to_string(round);
        if (!store->flush() || !store->pin(root, name))
            return 1;
        mine.push_back({root, name});
        if (round % 3 == 0) {
            const std::size_t which = random() % mine.size();
            if (!store->unpin(mine[which].root, mine[which].name))
                return 2;
            mine.erase(mine.begin() + static_cast<std::ptrdiff_t>(which));
        }
        if (round % 4 == 0 && (!store->settle() || !store->collect()))
            return 3;
        for (const Pin &pin : mine)
            if (!isWhole(*store, pin.root))
                return 4;
    }
    return 0;
}

} // namespace

class TestBlockKeeping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pinsAreKeptByName();
    void onlyWholeGraphsArePinned();
    void whatNoPinReachesGoes();
    void livingSessionsAreSpared();
    void whatIsKeptStays();
    void damagedPinsStopACollection();
    void collectingCanBeCancelled();
    void theCountIsTrue();
    void quotaIsKept();
    void scanFindsDamage();
    void scanCanBeCancelled();
    void fullDisk();
    void writeThatFailsHalfWay();
    void readOnlyDisk();
    void fourProcessesAtOnce();
    void killedAtAnyTime();
};

void TestBlockKeeping::pinsAreKeptByName()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    const Cid one = putFolder(*store, 1);
    const Cid two = putFolder(*store, 2);
    QVERIFY(store->pin(one, "dataset 1") && store->pin(one, "dataset 1") && store->pin(one, "another reason"));
    QVERIFY(store->pin(two, "dataset 1"));
    std::vector<Pin> expected{{one, "dataset 1"}, {one, "another reason"}, {two, "dataset 1"}};
    std::sort(expected.begin(), expected.end());
    QVERIFY(openStore(folder.path())->pins() == expected); // as other processes see it
    QVERIFY(store->unpin(one, "dataset 1") && store->unpin(one, "dataset 1"));
    QCOMPARE(store->pins().value_or(std::vector<Pin>()).size(), std::size_t(2));
}

void TestBlockKeeping::onlyWholeGraphsArePinned()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    const Cid root = putFolder(*store, 1);
    QVERIFY(store->flush() && store->remove(blockOf(1).cid));
    const Status pinned = store->pin(root, "x");
    QCOMPARE(errorOf(pinned), ErrorCode::BlockMissing);
    QCOMPARE(pinned.error().param("cid"), blockOf(1).cid.text());
    QVERIFY(store->pins().value_or(std::vector<Pin>(1)).empty());
}

void TestBlockKeeping::whatNoPinReachesGoes()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    const Cid kept = putFolder(*store, 1);
    const Cid gone = putFolder(*store, 4); // shares one file with the first
    QVERIFY(store->pin(kept, "a") && store->pin(gone, "b") && store->settle());
    QCOMPARE(store->collect().value_or(CollectReport{1, 1, 1}).blocks, std::uint64_t(0));
    QVERIFY(store->unpin(gone, "b"));
    const auto report = store->collect();
    QVERIFY(report);
    QCOMPARE(report->blocks, std::uint64_t(3));
    QCOMPARE(report->kept, std::uint64_t(4));
    QVERIFY(isWhole(*store, kept) && !store->has(gone) && !store->has(blockOf(4).cid));
    QCOMPARE(store->totalBytes().value_or(0), bytesInFolder(*store));
}

void TestBlockKeeping::livingSessionsAreSpared()
{
    const QTemporaryDir folder(folderPattern());
    const auto collector = openStore(folder.path());
    Cid root;
    {
        const auto writer = openStore(folder.path());
        root = putFolder(*writer, 1);
        QVERIFY(writer->flush());
    }
    {
        const auto writer = openStore(folder.path());
        QCOMPARE(putFolder(*writer, 1), root); // all was there before: it counts on that
        QCOMPARE(collector->collect().value_or(CollectReport{1, 1, 1}).blocks, std::uint64_t(0));
        QVERIFY(isWhole(*writer, root));
        const Block unflushed = blockOf(77);
        QVERIFY(writer->put(unflushed.cid, bytesOf(unflushed.bytes)));
        QVERIFY(collector->collect());
        QVERIFY(writer->flush() && collector->get(unflushed.cid));
    }
    QCOMPARE(collector->collect().value_or(CollectReport()).blocks, std::uint64_t(5)); // it ended and pinned nothing
    QCOMPARE(collector->totalBytes().value_or(1), std::uint64_t(0));
}

void TestBlockKeeping::whatIsKeptStays()
{
    const QTemporaryDir folder(folderPattern());
    const Block block = blockOf(1);
    QVERIFY(openStore(folder.path())->put(block.cid, bytesOf(block.bytes)));
    const auto store = openStore(folder.path());
    const auto size = store->keep(block.cid);
    QVERIFY(size && *size == std::uint64_t(block.bytes.size()));
    const auto absent = store->keep(blockOf(2).cid);
    QVERIFY(absent && !*absent);
    QVERIFY(store->collect() && store->has(block.cid));
    QVERIFY(store->settle() && store->collect() && !store->has(block.cid));
}

void TestBlockKeeping::damagedPinsStopACollection()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    const Cid root = putFolder(*store, 1);
    QVERIFY(store->pin(root, "a") && store->settle());
    overwrite(pathOf(folder.path(), root), "damaged");
    QCOMPARE(errorOf(store->collect()), ErrorCode::BlockAltered);
    QVERIFY(store->has(blockOf(1).cid)); // it can be repaired
    QVERIFY(QFile::remove(pathOf(folder.path(), root)));
    QCOMPARE(errorOf(store->collect()), ErrorCode::BlockMissing);
    putFolder(*store, 1);
    QVERIFY(store->flush() && store->settle() && store->collect() && isWhole(*store, root));
}

void TestBlockKeeping::collectingCanBeCancelled()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    std::atomic<bool> cancelled = false;
    std::uint64_t seen = 0;
    const Progress progress(
        [&](std::uint64_t done, std::uint64_t total) {
            seen = done;
            cancelled = total == 256 && done == 10;
        },
        &cancelled);
    QCOMPARE(errorOf(store->collect(progress)), ErrorCode::Cancelled);
    QCOMPARE(seen, std::uint64_t(10));
    QVERIFY(store->collect());
}

void TestBlockKeeping::theCountIsTrue()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    const auto other = openStore(folder.path());
    for (int i = 0; i < 20; ++i) {
        const Block block = blockOf(i, i * 100);
        QVERIFY(store->put(block.cid, bytesOf(block.bytes)) && other->put(block.cid, bytesOf(block.bytes)));
    }
    QVERIFY(store->flush() && other->flush()); // the same blocks twice
    QCOMPARE(store->totalBytes().value_or(0), bytesInFolder(*store));
    overwrite(pathOf(folder.path(), blockOf(3, 300).cid), blockOf(3, 300).bytes.left(100));
    QVERIFY(store->put(blockOf(3, 300).cid, bytesOf(blockOf(3, 300).bytes)) && store->flush()); // repaired
    QVERIFY(QFile::remove(folder.filePath(QStringLiteral("books"))));
    QCOMPARE(openStore(folder.path())->totalBytes().value_or(0), bytesInFolder(*store)); // counted anew
}

void TestBlockKeeping::quotaIsKept()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    const auto other = openStore(folder.path());
    QVERIFY(store->setQuota(2500));
    QCOMPARE(other->quota().value_or(0), std::uint64_t(2500));
    QVERIFY(store->put(blockOf(1).cid, bytesOf(blockOf(1).bytes))); // not flushed: counted all the same
    QVERIFY(other->put(blockOf(2).cid, bytesOf(blockOf(2).bytes)));
    const std::uint64_t before = store->totalBytes().value_or(0);
    const Status refused = other->put(blockOf(3).cid, bytesOf(blockOf(3).bytes));
    QCOMPARE(errorOf(refused), ErrorCode::StoreQuota);
    QCOMPARE(refused.error().param("limit"), std::string("2500"));
    QCOMPARE(store->totalBytes().value_or(0), before);
    QVERIFY(other->put(blockOf(1).cid, bytesOf(blockOf(1).bytes)).has_value() == false); // it cannot see that one yet
    QVERIFY(store->flush() && other->flush());
    QVERIFY(other->put(blockOf(1).cid, bytesOf(blockOf(1).bytes))); // is there: takes no room
    QVERIFY(store->remove(blockOf(2).cid) && other->put(blockOf(3).cid, bytesOf(blockOf(3).bytes)) && other->flush());
    QVERIFY(store->setQuota(1) && store->get(blockOf(3).cid)); // nothing is taken away
    QVERIFY(store->setQuota(0) && store->put(blockOf(2).cid, bytesOf(blockOf(2).bytes)));
}

void TestBlockKeeping::scanFindsDamage()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    const Cid good = putFolder(*store, 1);
    const Cid bad = putFolder(*store, 2);
    QVERIFY(store->pin(good, "good") && store->pin(bad, "bad"));
    QVERIFY(store->scan().value_or(ScanReport{1, 1, {good}, {}}).damaged.empty());
    QByteArray altered = blockOf(2).bytes;
    altered[7] = 'x';
    overwrite(pathOf(folder.path(), blockOf(2).cid), altered);
    const std::uint64_t before = store->totalBytes().value_or(0);
    std::uint64_t done = 0;
    const auto report = store->scan(Progress([&done](std::uint64_t now, std::uint64_t) { done = now; }, nullptr));
    QVERIFY(report);
    QCOMPARE(report->damaged, std::vector<Cid>{blockOf(2).cid});
    QVERIFY(report->broken == (std::vector<Pin>{{bad, "bad"}}));
    QCOMPARE(done, before);
    QCOMPARE(report->bytes, before);
    QCOMPARE(store->totalBytes().value_or(0), before - static_cast<std::uint64_t>(altered.size()));
    QCOMPARE(errorOf(store->get(blockOf(2).cid)), ErrorCode::BlockMissing);
    QCOMPARE(QDir(folder.filePath(QStringLiteral("damaged"))).entryList(QDir::Files).size(), 1);
    QCOMPARE(putFolder(*store, 2), bad); // put again: whole again
    QVERIFY(store->flush() && isWhole(*store, bad));
    QVERIFY(store->scan().value_or(ScanReport{1, 1, {}, {{bad, "bad"}}}).broken.empty());
}

void TestBlockKeeping::scanCanBeCancelled()
{
    const QTemporaryDir folder(folderPattern());
    const auto store = openStore(folder.path());
    putFolder(*store, 1);
    QVERIFY(store->flush());
    const std::atomic<bool> cancelled = true;
    QCOMPARE(errorOf(store->scan(Progress(nullptr, &cancelled))), ErrorCode::Cancelled);
}

void TestBlockKeeping::fullDisk()
{
    const SmallDisk disk("size=1m");
    if (!disk.mounted())
        QSKIP("the system gives us no disk of our own; writeThatFailsHalfWay still runs");
    const auto store = openStore(disk.path());
    const Cid pinned = putFolder(*store, 1);
    QVERIFY(store->pin(pinned, "kept"));
    Status status;
    int stored = 0;
    for (; status && stored < 100; ++stored)
        status = store->put(blockOf(stored, 100'000).cid, bytesOf(blockOf(stored, 100'000).bytes));
    QCOMPARE(errorOf(status), ErrorCode::FileDiskFull);
    QVERIFY(stored > 2 && stored < 12);
    QVERIFY(isWhole(*store, pinned)); // reading goes on
    const int room = stored / 2;
    for (int i = 0; i < room; ++i)
        QVERIFY(store->remove(blockOf(i, 100'000).cid));
    QVERIFY(store->flush()); // what was put before is kept
    QVERIFY(store->put(blockOf(0, 100'000).cid, bytesOf(blockOf(0, 100'000).bytes)) && store->flush());
    QCOMPARE(store->totalBytes().value_or(0), bytesInFolder(*store));
    QVERIFY(isWhole(*store, pinned));
}

void TestBlockKeeping::writeThatFailsHalfWay()
{
    const QTemporaryDir folder(folderPattern());
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const auto store = openStore(folder.path());
        const rlimit small{50'000, RLIM_INFINITY};
        const Block large = blockOf(1, 100'000);
        if (::setrlimit(RLIMIT_FSIZE, &small) != 0)
            ::_exit(1);
        const std::uint64_t before = store->totalBytes().value_or(1);
        if (errorOf(store->put(large.cid, bytesOf(large.bytes))) != ErrorCode::FileUnwritable
            || store->totalBytes().value_or(2) != before || store->has(large.cid))
            ::_exit(2);
        if (!store->put(blockOf(2).cid, bytesOf(blockOf(2).bytes)) || !store->flush())
            ::_exit(3);
        ::_exit(store->get(blockOf(2).cid) && bytesInFolder(*store) == store->totalBytes().value_or(0) ? 0 : 4);
    }
    QCOMPARE(exitCodeOf(child), 0);
}

void TestBlockKeeping::readOnlyDisk()
{
    const SmallDisk disk("size=1m");
    if (!disk.mounted())
        QSKIP("the system gives us no disk of our own");
    putFolder(*openStore(disk.path()), 1);
    const QByteArray path = disk.path().toLocal8Bit();
    QVERIFY(::mount("none", path.constData(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=1m") == 0);
    const auto store = BlockStore::open(disk.path());
    QCOMPARE(errorOf(store), ErrorCode::FileUnwritable);
    QVERIFY(::mount("none", path.constData(), "tmpfs", MS_REMOUNT, "size=1m") == 0);
    QVERIFY(openStore(disk.path())->get(blockOf(1).cid));
}

void TestBlockKeeping::fourProcessesAtOnce()
{
    const QTemporaryDir folder(folderPattern());
    std::vector<pid_t> children;
    for (int process = 0; process < 4; ++process) {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(busyProcess(folder.path(), process, 24));
        children.push_back(child);
    }
    for (const pid_t child : children)
        QCOMPARE(exitCodeOf(child), 0);
    const auto store = openStore(folder.path());
    QVERIFY(store->collect());
    const auto pins = store->pins();
    QVERIFY(pins);
    QCOMPARE(pins->size(), std::size_t(4 * 16));
    for (const Pin &pin : *pins)
        QVERIFY(isWhole(*store, pin.root));
    QCOMPARE(store->totalBytes().value_or(0), bytesInFolder(*store));
    QVERIFY(unpinAll(*store) && store->settle() && store->collect());
    QCOMPARE(bytesInFolder(*store), std::uint64_t(0));
}

void TestBlockKeeping::killedAtAnyTime()
{
    const QTemporaryDir folder(folderPattern());
    std::mt19937 random(1);
    for (int round = 0; round < 25; ++round) {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(busyProcess(folder.path(), round, 0));
        std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 120));
        QVERIFY(::kill(child, SIGKILL) == 0);
        int status = 0;
        QVERIFY(::waitpid(child, &status, 0) == child && WIFSIGNALED(status));
        const auto store = openStore(folder.path());
        const auto pins = store->pins();
        QVERIFY(pins);
        for (const Pin &pin : *pins)
            QVERIFY2(isWhole(*store, pin.root), pin.name.c_str());
        QCOMPARE(store->totalBytes().value_or(0), bytesInFolder(*store));
        if (round % 5 == 0)
            QVERIFY(store->collect());
    }
    const auto store = openStore(folder.path());
    QVERIFY(!store->pins().value_or(std::vector<Pin>()).empty()); // they came to something
    QVERIFY(unpinAll(*store) && store->collect());
    QCOMPARE(bytesInFolder(*store), std::uint64_t(0));
}

QTEST_GUILESS_MAIN(TestBlockKeeping)
#include "test_block_keeping.moc"
