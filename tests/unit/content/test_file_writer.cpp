// SPDX-License-Identifier: GPL-3.0-or-later
// A file cut into blocks while it comes: the same blocks as from a device, however the bytes are cut before.
#include "core/content/dag_pb.h"
#include "core/content/dag_reader.h"
#include "core/content/file_device.h"
#include "core/content/file_writer.h"

#include <QBuffer>
#include <QTemporaryFile>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include <sys/resource.h>

using namespace amana;
using namespace amana::content;

namespace {

constexpr std::size_t kMiB = 1u << 20;

QByteArray pattern(std::size_t size)
{
    QByteArray bytes(static_cast<qsizetype>(size), Qt::Uninitialized);
    std::mt19937 random(7);
    for (char &byte : bytes)
        byte = static_cast<char>(random());
    return bytes;
}

/// The tree as the profile says it, from whole chunks and one after the other: what the writer must come to.
DagNode plainTree(ByteView bytes)
{
    std::vector<DagNode> level;
    for (std::size_t at = 0; at < bytes.size() || level.empty(); at += kChunkSize) {
        const ByteView chunk = bytes.subspan(at, std::min(kChunkSize, bytes.size() - at));
        level.push_back({Cid::of(Codec::Raw, chunk), chunk.size(), chunk.size()});
    }
    while (level.size() > 1) {
        std::vector<DagNode> above;
        for (std::size_t at = 0; at < level.size(); at += kMaxLinks) {
            PbNode node;
            UnixFs file;
            DagNode parent;
            for (std::size_t i = at; i < std::min(level.size(), at + kMaxLinks); ++i) {
                node.links.push_back({level[i].cid, {}, level[i].totalSize});
                file.blockSizes.push_back(level[i].fileSize);
                parent.fileSize += level[i].fileSize;
                parent.totalSize += level[i].totalSize;
            }
            file.fileSize = parent.fileSize;
            node.data = encodeUnixFs(file);
            const QByteArray block = encodeNode(node);
            parent.cid = Cid::of(Codec::DagPb, bytesOf(block));
            parent.totalSize += static_cast<std::uint64_t>(block.size());
            above.push_back(parent);
        }
        level = std::move(above);
    }
    return level.front();
}

/// Checks what the writer promises its sink: one call at a time, children before parents.
class StrictSink final : public BlockSink {
public:
    std::atomic<int> wrong = 0;
    std::size_t puts = 0;
    Status put(const Cid &cid, ByteView block) override
    {
        wrong += m_inside.exchange(true) ? 1 : 0;
        wrong += Cid::of(cid.codec, block) == cid ? 0 : 1;
        if (cid.codec == Codec::DagPb) {
            const auto node = decodeNode(block);
            wrong += node ? 0 : 1;
            for (const PbLink &link : node->links)
                wrong += m_seen.contains(link.cid) ? 0 : 1;
        }
        m_seen.insert(cid);
        ++puts;
        m_inside = false;
        return {};
    }

private:
    std::atomic<bool> m_inside = false;
    std::set<Cid> m_seen;
};

/// Fails at one of its blocks, and counts what is put after.
class FullSink final : public BlockSink {
public:
    explicit FullSink(int good) : m_good(good) {}
    int after = 0;
    Status put(const Cid &, ByteView) override
    {
        if (m_good-- > 0)
            return {};
        ++after;
        return fail(ErrorCode::FileDiskFull, {{"path", "x"}});
    }

private:
    int m_good;
};

Result<DagNode> written(const QByteArray &bytes, BlockSink &sink, const std::function<std::size_t()> &nextSize)
{
    FileWriter writer(sink);
    for (ByteView rest = bytesOf(bytes); !rest.empty();) {
        const ByteView piece = rest.first(std::min(rest.size(), nextSize()));
        AMANA_CHECK(writer.write(piece));
        rest = rest.subspan(piece.size());
    }
    return writer.finish();
}

long peakKiB()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class TestFileWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameTreeHoweverItComes_data();
    void sameTreeHoweverItComes();
    void linksOverflowAtTheirLimit();
    void byteByByte();
    void failingSinkEndsIt_data();
    void failingSinkEndsIt();
    void abandonedHalfway();
    void memoryDoesNotGrow();
    void readBackAsADevice();
    void deviceSaysWhyItFailed();
    void folderOfFiles();
};

void TestFileWriter::sameTreeHoweverItComes_data()
{
    QTest::addColumn<std::size_t>("size");
    for (const std::size_t chunks : {1, 2, 4, 5, 9, 20})
        for (const int more : {-1, 0, 1, 4321})
            QTest::addRow("%d MiB %+d", int(chunks), more) << chunks * kMiB + static_cast<std::size_t>(more);
    QTest::newRow("nothing") << std::size_t(0);
    QTest::newRow("one byte") << std::size_t(1);
}

void TestFileWriter::sameTreeHoweverItComes()
{
    QFETCH(std::size_t, size);
    const QByteArray bytes = pattern(size);
    const DagNode expected = plainTree(bytesOf(bytes));
    std::mt19937 random(3);
    const std::vector<std::function<std::size_t()>> cuts = {
        [] { return 64 * 1024 + 16; }, [] { return 100'003; }, [] { return 3 * kMiB + 1; },
        [&random] { return std::size_t(1) + random() % 300'000; }};
    for (const auto &cut : cuts) {
        StrictSink sink;
        const auto node = written(bytes, sink, cut);
        QVERIFY(node);
        QVERIFY(node->cid == expected.cid);
        QCOMPARE(node->fileSize, expected.fileSize);
        QCOMPARE(node->totalSize, expected.totalSize);
        QCOMPARE(sink.wrong.load(), 0);
    }
    QBuffer device;
    device.setData(bytes);
    device.open(QIODevice::ReadOnly);
    HashOnlySink nowhere;
    QVERIFY(addFile(device, nowhere)->cid == expected.cid);
    QTemporaryFile file; // of which every processor reads a part, when only the name is asked
    QVERIFY(file.open() && file.write("skipped" + bytes) == 7 + bytes.size() && file.seek(7));
    const auto named = addFile(file, nowhere);
    QVERIFY(named);
    QVERIFY(named->cid == expected.cid);
    QCOMPARE(named->fileSize, expected.fileSize);
    QCOMPARE(named->totalSize, expected.totalSize);
}

// 1,024 links and one more: two nodes and a root. The identifiers on both sides of the border are in tests/vectors/cid.
void TestFileWriter::linksOverflowAtTheirLimit()
{
    const QByteArray piece(static_cast<qsizetype>(kMiB), 'x');
    StrictSink sink;
    FileWriter writer(sink);
    for (std::size_t i = 0; i <= kMaxLinks; ++i)
        QVERIFY(writer.write(bytesOf(piece)));
    const auto node = writer.finish();
    QVERIFY(node);
    QCOMPARE(node->fileSize, std::uint64_t((kMaxLinks + 1) * kMiB));
    QCOMPARE(sink.puts, kMaxLinks + 1 + 3);
    QCOMPARE(sink.wrong.load(), 0);
}

void TestFileWriter::byteByByte()
{
    const QByteArray bytes = pattern(kMiB + 3);
    StrictSink sink;
    const auto node = written(bytes, sink, [] { return 1; });
    QVERIFY(node);
    QVERIFY(node->cid == plainTree(bytesOf(bytes)).cid);
}

void TestFileWriter::failingSinkEndsIt_data()
{
    QTest::addColumn<int>("good");
    for (const int good : {0, 1, 3, 4, 5, 9, 19})
        QTest::addRow("after %d blocks", good) << good;
}

// Also when it fails while others are under way: its error comes out, once it has failed nothing more is put.
void TestFileWriter::failingSinkEndsIt()
{
    QFETCH(int, good);
    const QByteArray bytes = pattern(20 * kMiB);
    FullSink sink(good);
    const auto node = written(bytes, sink, [] { return 70'000; });
    QVERIFY(!node);
    QCOMPARE(node.error().code, ErrorCode::FileDiskFull);
    QCOMPARE(sink.after, 1);

    FullSink again(good);
    FileWriter writer(again);
    Status status;
    for (int i = 0; i < 40 && status; ++i)
        status = writer.write(bytesOf(bytes).first(kMiB));
    QVERIFY(!status);
    QCOMPARE(writer.write(bytesOf(bytes).first(1)).error().code, ErrorCode::FileDiskFull); // it stays so
    QCOMPARE(writer.finish().error().code, ErrorCode::FileDiskFull);
}

void TestFileWriter::abandonedHalfway()
{
    const QByteArray bytes = pattern(15 * kMiB + 5);
    StrictSink sink;
    {
        FileWriter writer(sink);
        QVERIFY(writer.write(bytesOf(bytes)));
    }
    QVERIFY(sink.puts <= 15); // leaves at most: no root
    QCOMPARE(sink.wrong.load(), 0);

    // As a cancelled addFile does it.
    std::atomic<bool> cancelled = false;
    const Progress progress([&](std::uint64_t done, std::uint64_t) { cancelled = done >= 9 * kMiB; }, &cancelled);
    QBuffer device;
    device.setData(bytes);
    device.open(QIODevice::ReadOnly);
    StrictSink part;
    QCOMPARE(addFile(device, part, progress).error().code, ErrorCode::Cancelled);
    QVERIFY(part.puts <= 9);
}

void TestFileWriter::memoryDoesNotGrow()
{
    const QByteArray piece(static_cast<qsizetype>(kMiB), 'y');
    const auto run = [&piece](int mebibytes) {
        HashOnlySink sink;
        FileWriter writer(sink);
        for (int i = 0; i < mebibytes; ++i)
            if (!writer.write(bytesOf(piece)))
                return false;
        return writer.finish().has_value();
    };
    QVERIFY(run(64)); // all its buffers have been made once
    const long before = peakKiB();
    QVERIFY(run(256));
    QVERIFY2(peakKiB() - before < 4096, qPrintable(QString::number(peakKiB() - before)));
}

void TestFileWriter::readBackAsADevice()
{
    const QByteArray bytes = pattern(6 * kMiB + 77);
    MemoryBlocks blocks;
    const auto node = written(bytes, blocks, [] { return 99'999; });
    QVERIFY(node);
    for (const qint64 step : {qint64(1) << 24, qint64(65'552), qint64(1'048'575)}) {
        FileDevice device(blocks, node->cid);
        QByteArray read;
        for (;;) {
            const QByteArray some = device.read(step);
            if (some.isEmpty())
                break;
            read += some;
        }
        QVERIFY(read == bytes);
        QVERIFY(device.atEnd());
        QVERIFY(!device.failure());
    }
    const auto empty = written({}, blocks, [] { return 1; });
    FileDevice device(blocks, empty->cid);
    QVERIFY(device.readAll().isEmpty());
    QVERIFY(!device.failure());
}

void TestFileWriter::deviceSaysWhyItFailed()
{
    const QByteArray bytes = pattern(5 * kMiB);
    MemoryBlocks blocks;
    const auto node = written(bytes, blocks, [] { return kMiB; });
    const Cid third = Cid::of(Codec::Raw, bytesOf(bytes).subspan(2 * kMiB, kMiB));
    const auto readAll = [&] {
        FileDevice device(blocks, node->cid);
        QByteArray buffer(static_cast<qsizetype>(kMiB), Qt::Uninitialized);
        qint64 total = 0;
        qint64 got = 0;
        while ((got = device.read(buffer.data(), buffer.size())) > 0)
            total += got;
        return std::make_tuple(total, got, device.failure(), device.atEnd());
    };
    blocks.remove(third);
    {
        const auto [total, got, failure, ended] = readAll();
        QCOMPARE(total, qint64(2 * kMiB));
        QCOMPARE(got, qint64(-1));
        QVERIFY(failure && failure->code == ErrorCode::BlockMissing);
        QCOMPARE(failure->param("cid"), third.text());
        QVERIFY(!ended);
    }
    QVERIFY(blocks.put(third, bytesOf(QByteArray("something else"))));
    QVERIFY(std::get<2>(readAll())->code == ErrorCode::BlockAltered);
}

void TestFileWriter::folderOfFiles()
{
    MemoryBlocks blocks;
    const auto file = [&blocks](const QByteArray &bytes) { return *written(bytes, blocks, [] { return 10; }); };
    const auto root = addFolder({{"a.txt", file("a")},
                                 {"parts/000/0001.age", file("1")},
                                 {"parts/001/1001.age", file("2")},
                                 {"parts-x", file("3")},
                                 {"parts.y/z", file("4")}},
                                blocks);
    QVERIFY(root);
    const auto at = [&](const char *path) { return resolvePath(blocks, root->cid, path); };
    QVERIFY(*at("a.txt") == file("a").cid);
    QVERIFY(*at("parts/000/0001.age") == file("1").cid);
    QVERIFY(*at("parts/001/1001.age") == file("2").cid);
    QVERIFY(*at("parts-x") == file("3").cid);
    QVERIFY(*at("parts.y/z") == file("4").cid);
    QCOMPARE(listDirectory(blocks, root->cid)->size(), std::size_t(4));
    QCOMPARE(addFolder({{"a//b", file("a")}}, blocks).error().code, ErrorCode::PathNotInDag);
    QCOMPARE(addFolder({}, blocks)->cid.text(),
             std::string("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354")); // Kubo's empty folder
}

QTEST_GUILESS_MAIN(TestFileWriter)
#include "test_file_writer.moc"
