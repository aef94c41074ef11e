// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content/car.h"
#include "core/content/car_pull.h"

#include <QBuffer>
#include <QTest>

using namespace amana;
using namespace amana::content;

namespace {

struct Archive {
    DagNode root;
    QByteArray bytes;
};

Archive makeArchive(MemoryBlocks &blocks)
{
    QBuffer content;
    content.setData(QByteArray(1'500'000, 'c'));
    content.open(QIODevice::ReadOnly);
    const auto file = addFile(content, blocks);
    const auto root = addDirectory({{"file", file->cid, file->totalSize}}, blocks);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    if (!writeCar(blocks, root->cid, out))
        qFatal("writeCar failed");
    return {*root, out.data()};
}

Result<CarContents> import(QByteArray bytes, BlockSink &sink)
{
    QBuffer in(&bytes);
    in.open(QIODevice::ReadOnly);
    return readCar(in, sink);
}

ErrorCode errorOf(const auto &result)
{
    return result ? ErrorCode::InternalUnexpected : result.error().code;
}

} // namespace

class TestCar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headerIsAsSpecified();
    void roundTrip();
    void emptyFilesTravel();
    void everyTruncationIsNoticed();
    void flippedBytesAreNoticed();
    void versionTwoIsRead();
    void malformedArchives_data();
    void malformedArchives();
    void missingBlockEndsWriting();
    void pulledIsAsWritten();
    void aWalkMayOnlyNameLeaves();
};

void TestCar::headerIsAsSpecified()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    const std::string expected =
        "3aa265726f6f747381d82a582500" + toHex(bytesOf(archive.root.cid.bytes())) + "6776657273696f6e01";
    QCOMPARE(toHex(bytesOf(archive.bytes.left(59))), expected);
}

void TestCar::roundTrip()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    MemoryBlocks copy;
    const auto contents = import(archive.bytes, copy);
    QVERIFY(contents);
    QCOMPARE(contents->blocks, std::uint64_t(4));
    QVERIFY(contents->roots == std::vector<Cid>{archive.root.cid});
    const auto file = resolvePath(copy, archive.root.cid, "file");
    QVERIFY(file);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QVERIFY(readFile(copy, *file, out));
    QCOMPARE(out.data(), QByteArray(1'500'000, 'c'));
}

void TestCar::emptyFilesTravel()
{
    MemoryBlocks blocks;
    const Cid empty = Cid::of(Codec::Raw, {}); // a block of no bytes
    QVERIFY(blocks.put(empty, {}));
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QVERIFY(writeCar(blocks, empty, out));
    MemoryBlocks copy;
    QVERIFY(import(out.data(), copy));
    QVERIFY(copy.get(empty));
}

void TestCar::everyTruncationIsNoticed()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    for (qsizetype size = 0; size < archive.bytes.size(); size += size < 400 ? 1 : 99'991) {
        MemoryBlocks copy;
        const auto contents = import(archive.bytes.left(size), copy);
        if (contents) { // cut between two blocks: a shorter archive, whose graph is not complete
            QCOMPARE(errorOf(walk(copy, archive.root.cid,
                                  [](const Cid &, const QByteArray &) -> Status { return {}; })),
                     ErrorCode::BlockMissing);
        } else {
            QCOMPARE(contents.error().code, ErrorCode::CarMalformed);
        }
    }
}

void TestCar::flippedBytesAreNoticed()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    for (qsizetype at = 61; at < archive.bytes.size(); at += at < 500 ? 1 : 50'021) {
        QByteArray changed = archive.bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x20);
        MemoryBlocks copy;
        QVERIFY2(!import(changed, copy), qPrintable(QString::number(at)));
    }
    QByteArray changed = archive.bytes;
    changed[changed.size() - 1] = 'd';
    MemoryBlocks copy;
    QCOMPARE(errorOf(import(changed, copy)), ErrorCode::BlockAltered);
    QCOMPARE(copy.count(), std::size_t(3)); // the good ones before it
}

void TestCar::versionTwoIsRead()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    const auto number = [](std::uint64_t value) {
        QByteArray bytes;
        for (int i = 0; i < 8; ++i)
            bytes.append(static_cast<char>(value >> (8 * i) & 0xff));
        return bytes;
    };
    const auto size = static_cast<std::uint64_t>(archive.bytes.size());
    const QByteArray pragma = QByteArray::fromHex("0aa16776657273696f6e02");
    const QByteArray v2 = pragma + QByteArray(16, '\0') + number(60) + number(size) + number(60 + size)
                          + QByteArray(9, '\0') + archive.bytes + "an index";
    MemoryBlocks copy;
    const auto contents = import(v2, copy);
    QVERIFY2(contents, contents ? "" : contents.error().debugString().c_str());
    QCOMPARE(contents->blocks, std::uint64_t(4));

    const QByteArray overflow =
        pragma + QByteArray(16, '\0') + number(60) + number(~std::uint64_t(0)) + number(0) + archive.bytes;
    QCOMPARE(errorOf(import(overflow, copy)), ErrorCode::CarMalformed);
}

void TestCar::malformedArchives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const std::string &hex, ErrorCode code = ErrorCode::CarMalformed) {
        QTest::newRow(name) << fromHex(hex).value_or(QByteArray()) << int(code);
    };
    const std::string header = "11a265726f6f7473806776657273696f6e01"; // no roots: allowed
    row("empty", "");
    row("text", "68656c6c6f20776f726c64");
    row("header of 2^60 bytes", "ffffffffffffffff0f");
    row("endless length", "ffffffffffffffffffffffff");
    row("version 3", "11a265726f6f7473806776657273696f6e03");
    row("roots without end", "11a265726f6f74739affffffff6776657273696f");
    row("empty section", header + "00");
    row("section shorter than a cid", header + "0401551220");
    row("section of 1 GiB", header + "8080808004" + std::string(100, '0'), ErrorCode::BlockTooLarge);
    row("cid of another hash", header + "2601551320" + std::string(68, '0'), ErrorCode::CidUnsupported);
    row("dag-cbor block", header + "2601711220" + std::string(68, '0'), ErrorCode::CidUnsupported);
}

void TestCar::malformedArchives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    MemoryBlocks blocks;
    const auto contents = import(bytes, blocks);
    QVERIFY(!contents);
    QVERIFY2(int(contents.error().code) == code, contents.error().debugString().c_str());
    QCOMPARE(blocks.count(), std::size_t(0));
}

void TestCar::missingBlockEndsWriting()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    blocks.remove(Cid::of(Codec::Raw, bytesOf(QByteArray(1'500'000 - (1 << 20), 'c'))));
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QCOMPARE(errorOf(writeCar(blocks, archive.root.cid, out)), ErrorCode::BlockMissing);
}

void TestCar::pulledIsAsWritten()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    CarPull pull(blocks, archive.root.cid);
    QByteArray bytes;
    std::uint64_t blockBytes = 0;
    for (;;) {
        const auto piece = pull.next();
        QVERIFY(piece);
        if (piece->bytes.isEmpty())
            break;
        bytes += piece->bytes;
        blockBytes += piece->blockBytes;
    }
    QVERIFY(bytes == archive.bytes);
    QCOMPARE(blockBytes, archive.root.totalSize);
    blocks.remove(Cid::of(Codec::Raw, bytesOf(QByteArray(1'500'000 - (1 << 20), 'c'))));
    CarPull broken(blocks, archive.root.cid);
    auto piece = broken.next();
    while (piece && !piece->bytes.isEmpty())
        piece = broken.next();
    QCOMPARE(errorOf(piece), ErrorCode::BlockMissing);
}

void TestCar::aWalkMayOnlyNameLeaves()
{
    MemoryBlocks blocks;
    const Archive archive = makeArchive(blocks);
    const Cid leaf = Cid::of(Codec::Raw, bytesOf(QByteArray(1'500'000 - (1 << 20), 'c')));
    blocks.remove(leaf);
    DagWalk steps(blocks, archive.root.cid, {}, DagWalk::Leaves::Named);
    std::vector<Cid> seen;
    for (auto step = steps.next(); step && *step; step = steps.next()) {
        seen.push_back((*step)->cid);
        QCOMPARE((*step)->block.isEmpty(), (*step)->cid.codec == Codec::Raw);
    }
    QCOMPARE(seen.size(), std::size_t(4));
    QCOMPARE(seen.back(), leaf);
    // Whoever remembers for itself may leave things out.
    DagWalk none(blocks, archive.root.cid, {}, DagWalk::Leaves::Read, [](const Cid &) { return false; });
    QVERIFY(none.next() && !*none.next());
}

QTEST_GUILESS_MAIN(TestCar)
#include "test_car.moc"
