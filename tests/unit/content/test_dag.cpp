// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/content/dag_pb.h"
#include "core/content/dag_reader.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace amana;
using namespace amana::content;

namespace {

/// Counts blocks and the largest number of bytes given at once; keeps nothing.
class CountingSink final : public BlockSink {
public:
    std::size_t raw = 0;
    std::size_t inner = 0;
    bool flushed = false;
    Status put(const Cid &cid, ByteView) override
    {
        ++(cid.codec == Codec::Raw ? raw : inner);
        return {};
    }
    Status flush() override
    {
        flushed = true;
        return {};
    }
};

class FullSink final : public BlockSink {
public:
    Status put(const Cid &, ByteView) override { return fail(ErrorCode::FileDiskFull); }
};

Result<DagNode> add(const QByteArray &bytes, BlockSink &sink)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return addFile(buffer, sink);
}

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    std::uint32_t state = 7;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

Result<QByteArray> readBack(const BlockSource &source, const Cid &cid, const ReadLimits &limits = {})
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    AMANA_CHECK(readFile(source, cid, out, {}, limits));
    return out.data();
}

/// Stores a hand-made dag-pb block.
Cid put(MemoryBlocks &blocks, const QByteArray &block)
{
    const Cid cid = Cid::of(Codec::DagPb, bytesOf(block));
    if (!blocks.put(cid, bytesOf(block)))
        qFatal("memory store failed");
    return cid;
}

Cid putFileNode(MemoryBlocks &blocks, const std::vector<PbLink> &links,
                const std::vector<std::uint64_t> &sizes, std::optional<std::uint64_t> fileSize)
{
    UnixFs message;
    message.fileSize = fileSize;
    message.blockSizes = sizes;
    return put(blocks, encodeNode({links, encodeUnixFs(message)}));
}

Cid putDirectory(MemoryBlocks &blocks, const std::vector<PbLink> &links)
{
    UnixFs message;
    message.type = UnixFs::Type::Directory;
    return put(blocks, encodeNode({links, encodeUnixFs(message)}));
}

ErrorCode errorOf(const auto &result)
{
    return result ? ErrorCode::InternalUnexpected : result.error().code;
}

} // namespace

class TestDag : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip_data();
    void roundTrip();
    void sizesAreStated();
    void aSinkFailureIsPassedOn();
    void cancelStops();
    void missingAndAlteredBlocksAreToldApart();
    void directories();
    void badNamesAreRefused();
    void tooManyEntriesAreRefused();
    void pathsAreResolved();
    void folders();
    void foldersRefuseLinksAndDevices();
    void hostileBlocks_data();
    void hostileBlocks();
    void hostileSizes();
    void hostileExpansion();
    void hostileDepth();
    void hostileNames();
    void walkVisitsOnce();
    void foreignFileForms();
};

void TestDag::roundTrip_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("leaves");
    QTest::newRow("empty") << 0 << 1;
    QTest::newRow("one byte") << 1 << 1;
    QTest::newRow("one chunk") << (1 << 20) << 1;
    QTest::newRow("one chunk and a byte") << (1 << 20) + 1 << 2;
    QTest::newRow("five chunks") << 5 * (1 << 20) << 5;
    QTest::newRow("odd") << 7'654'321 << 8;
}

void TestDag::roundTrip()
{
    QFETCH(int, size);
    QFETCH(int, leaves);
    const QByteArray bytes = pattern(size);
    MemoryBlocks blocks;
    const auto node = add(bytes, blocks);
    QVERIFY(node);
    QCOMPARE(node->fileSize, std::uint64_t(size));
    QCOMPARE(blocks.count(), std::size_t(leaves + (leaves > 1 ? 1 : 0)));
    QCOMPARE(readBack(blocks, node->cid).value_or(QByteArray("failed")), bytes);
    const auto info = inspectNode(blocks, node->cid);
    QVERIFY(info);
    QCOMPARE(info->fileSize, std::uint64_t(size));
    QVERIFY(info->kind == NodeKind::File);
}

void TestDag::sizesAreStated()
{
    CountingSink sink;
    const auto node = add(pattern((1 << 20) + 1), sink);
    QVERIFY(node);
    QCOMPARE(node->totalSize, std::uint64_t(1'048'681)); // as Kubo states it
    QCOMPARE(sink.raw, std::size_t(2));
    QCOMPARE(sink.inner, std::size_t(1));
}

void TestDag::aSinkFailureIsPassedOn()
{
    FullSink sink;
    QCOMPARE(errorOf(add(pattern(10), sink)), ErrorCode::FileDiskFull);
}

void TestDag::cancelStops()
{
    const std::atomic<bool> cancelled = true;
    QBuffer buffer;
    buffer.open(QIODevice::ReadOnly);
    HashOnlySink sink;
    QCOMPARE(errorOf(addFile(buffer, sink, Progress(nullptr, &cancelled))), ErrorCode::Cancelled);
}

void TestDag::missingAndAlteredBlocksAreToldApart()
{
    MemoryBlocks blocks;
    const QByteArray bytes = pattern(3 << 20);
    const auto node = add(bytes, blocks);
    QVERIFY(node);
    const Cid second = Cid::of(Codec::Raw, bytesOf(bytes).subspan(1 << 20, 1 << 20));
    QByteArray altered = bytes.mid(1 << 20, 1 << 20);
    altered[5] = static_cast<char>(altered[5] ^ 1);
    QVERIFY(blocks.put(second, bytesOf(altered)));
    const auto wrong = readBack(blocks, node->cid);
    QCOMPARE(errorOf(wrong), ErrorCode::BlockAltered);
    QCOMPARE(wrong.error().param("cid"), second.text());
    blocks.remove(second);
    QCOMPARE(errorOf(readBack(blocks, node->cid)), ErrorCode::BlockMissing);
}

void TestDag::directories()
{
    MemoryBlocks blocks;
    const auto empty = addDirectory({}, blocks);
    QVERIFY(empty);
    const auto file = add("x", blocks);
    QVERIFY(file);
    const std::vector<DirectoryEntry> entries{
        {"b", file->cid, 1}, {"a", file->cid, 1}, {"B", empty->cid, 4}, {"\xea\xb0\x80", file->cid, 1}};
    const auto node = addDirectory(entries, blocks);
    QVERIFY(node);
    auto reversed = entries;
    std::reverse(reversed.begin(), reversed.end());
    QVERIFY(addDirectory(reversed, blocks)->cid == node->cid);
    const auto list = listDirectory(blocks, node->cid);
    QVERIFY(list);
    QCOMPARE(list->size(), std::size_t(4));
    QCOMPARE((*list)[0].name, std::string("B")); // bytewise: capitals first
    QCOMPARE((*list)[3].name, std::string("\xea\xb0\x80"));
    QVERIFY(inspectNode(blocks, node->cid)->kind == NodeKind::Directory);
    QCOMPARE(errorOf(listDirectory(blocks, file->cid)), ErrorCode::DagUnsupported);
    QCOMPARE(errorOf(readBack(blocks, node->cid)), ErrorCode::DagUnsupported);
}

void TestDag::badNamesAreRefused()
{
    HashOnlySink sink;
    for (const std::string &name : {std::string(), std::string("."), std::string(".."), std::string("a/b"),
                                    std::string("a\0b", 3), std::string(256, 'x'), std::string("\xff")})
        QCOMPARE(errorOf(addDirectory({{name, Cid(), 0}}, sink)), ErrorCode::PathNotInDag);
    QCOMPARE(errorOf(addDirectory({{"a", Cid(), 0}, {"a", Cid(), 0}}, sink)), ErrorCode::PathNotInDag);
}

void TestDag::tooManyEntriesAreRefused()
{
    HashOnlySink sink;
    std::vector<DirectoryEntry> entries;
    for (int i = 0; i < 1000; ++i)
        entries.push_back({"part-" + std::to_string(i), Cid(), 1});
    QVERIFY(addDirectory(entries, sink));
    for (int i = 1000; i < 10'000; ++i)
        entries.push_back({"part-" + std::to_string(i), Cid(), 1});
    QCOMPARE(errorOf(addDirectory(entries, sink)), ErrorCode::DirectoryTooLarge);
}

void TestDag::pathsAreResolved()
{
    MemoryBlocks blocks;
    const auto file = add("x", blocks);
    const auto parts = addDirectory({{"0001.age", file->cid, file->totalSize}}, blocks);
    const auto root = addDirectory({{"parts", parts->cid, parts->totalSize}}, blocks);
    QVERIFY(resolvePath(blocks, root->cid, "parts/0001.age").value_or(Cid()) == file->cid);
    QVERIFY(resolvePath(blocks, root->cid, "parts").value_or(Cid()) == parts->cid);
    QVERIFY(resolvePath(blocks, root->cid, "").value_or(Cid()) == root->cid);
    for (const std::string_view path :
         {"part", "parts/2", "/parts", "parts//0001.age", "..", "parts/../parts"})
        QCOMPARE(errorOf(resolvePath(blocks, root->cid, path)), ErrorCode::PathNotInDag);
    QCOMPARE(errorOf(resolvePath(blocks, root->cid, "parts/0001.age/x")), ErrorCode::DagUnsupported);
}

void TestDag::folders()
{
    const QTemporaryDir temporary;
    QDir dir(temporary.path());
    QVERIFY(dir.mkpath(QStringLiteral("a/b")) && dir.mkpath(QStringLiteral("empty")));
    QVERIFY(writeFileAtomic(dir.filePath(QStringLiteral("a/one")), "1"));
    QVERIFY(writeFileAtomic(dir.filePath(QStringLiteral("a/b/two")), pattern(2'000'000)));
    QVERIFY(writeFileAtomic(dir.filePath(QStringLiteral(".hidden")), "h"));
    CountingSink sink;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    const Progress progress(
        [&](std::uint64_t d, std::uint64_t t) {
            done = d;
            total = t;
        },
        nullptr);
    const auto node = addPath(temporary.path(), sink, progress);
    QVERIFY(node);
    QVERIFY(sink.flushed);
    QCOMPARE(done, std::uint64_t(2'000'002));
    QCOMPARE(total, done);

    MemoryBlocks blocks;
    QVERIFY(addPath(temporary.path() + QLatin1Char('/'), blocks)->cid == node->cid);
    const auto two = resolvePath(blocks, node->cid, "a/b/two");
    QVERIFY(two);
    QCOMPARE(readBack(blocks, *two).value_or(QByteArray()), pattern(2'000'000));
    QCOMPARE(listDirectory(blocks, node->cid)->size(), std::size_t(3));
    QVERIFY(addPath(dir.filePath(QStringLiteral("a/one")), blocks)->cid
            == Cid::of(Codec::Raw, bytesOf(std::string_view("1"))));
}

void TestDag::foldersRefuseLinksAndDevices()
{
    const QTemporaryDir temporary;
    const QDir dir(temporary.path());
    HashOnlySink sink;
    QCOMPARE(errorOf(addPath(dir.filePath(QStringLiteral("none")), sink)), ErrorCode::FileNotFound);
    QVERIFY(QFile::link(QStringLiteral("/etc/hostname"), dir.filePath(QStringLiteral("link"))));
    QCOMPARE(errorOf(addPath(temporary.path(), sink)), ErrorCode::SymlinkRefused);
    QCOMPARE(errorOf(addPath(dir.filePath(QStringLiteral("link")), sink)), ErrorCode::SymlinkRefused);
    QVERIFY(QFile::remove(dir.filePath(QStringLiteral("link"))));
    QCOMPARE(::mkfifo(QFile::encodeName(dir.filePath(QStringLiteral("pipe"))).constData(), 0600), 0);
    QCOMPARE(errorOf(addPath(temporary.path(), sink)), ErrorCode::FileUnreadable);
}

void TestDag::hostileBlocks_data()
{
    const std::string link = "0a24" + toHex(bytesOf(Cid::of(Codec::Raw, {}).bytes()));
    QTest::addColumn<QByteArray>("block");
    const auto row = [](const char *name, const std::string &hex) {
        QTest::newRow(name) << fromHex(hex).value_or(QByteArray());
    };
    row("empty", "");
    row("garbage", "ffffffffffffffffffffffff");
    row("length past the end", "0a7f0801");
    row("length of 2^63", "0affffffffffffffffff010801");
    row("data twice", "0a0208020a020802");
    row("link after data", "0a0208021228" + link + "1200");
    row("link without hash", "120212000a020802");
    row("link with a short hash", "12040a0201550a020802");
    row("link name before hash", "12281200" + link + "0a020802");
    row("link hash twice", "124c" + link + link + "0a020802");
    row("unknown field", "2201000a020802");
    row("fixed32 field", "0d000000000a020802");
    row("no unixfs type", "0a00");
    row("unixfs type 9", "0a020809");
    row("unixfs type twice", "0a0408020802");
    row("number not in its shortest form", "0a03088200");
    row("unixfs data past the end", "0a04080212ff");
    row("block sizes without links", "0a0408022001");
}

void TestDag::hostileBlocks()
{
    QFETCH(QByteArray, block);
    MemoryBlocks blocks;
    const Cid cid = put(blocks, block);
    QCOMPARE(errorOf(readBack(blocks, cid)), ErrorCode::DagMalformed);
    QCOMPARE(errorOf(inspectNode(blocks, cid)), ErrorCode::DagMalformed);
    QVERIFY(!listDirectory(blocks, cid));
}

void TestDag::hostileSizes()
{
    MemoryBlocks blocks;
    const auto leaf = add("12345", blocks);
    const PbLink link{leaf->cid, {}, 5};
    QCOMPARE(readBack(blocks, putFileNode(blocks, {link, link}, {5, 5}, 10)).value_or(QByteArray()),
             QByteArray("1234512345"));
    QCOMPARE(errorOf(readBack(blocks, putFileNode(blocks, {link}, {4}, 4))), ErrorCode::DagMalformed);
    QCOMPARE(errorOf(readBack(blocks, putFileNode(blocks, {link}, {5}, 6))), ErrorCode::DagMalformed);
    QCOMPARE(errorOf(readBack(blocks, putFileNode(blocks, {link, link}, {5}, 5))), ErrorCode::DagMalformed);
    QCOMPARE(errorOf(readBack(blocks, putFileNode(blocks, {link}, {0}, 0))), ErrorCode::DagMalformed);
    const std::uint64_t huge = ~std::uint64_t(0) - 2;
    QCOMPARE(errorOf(readBack(blocks, putFileNode(blocks, {link, link}, {huge, 5}, 2))),
             ErrorCode::DagMalformed);
    QCOMPARE(errorOf(readBack(blocks, putFileNode(blocks, {link}, {huge}, huge))), ErrorCode::DagTooLarge);
}

/// 20 small blocks that stand for a petabyte: refused by the declared size, and by the number of blocks.
void TestDag::hostileExpansion()
{
    MemoryBlocks blocks;
    auto node = add(QByteArray(1000, 'x'), blocks);
    Cid cid = node->cid;
    std::uint64_t size = 1000;
    for (int level = 0; level < 4; ++level) {
        cid = putFileNode(blocks, std::vector<PbLink>(1000, PbLink{cid, {}, 0}),
                          std::vector<std::uint64_t>(1000, size), size * 1000);
        size *= 1000;
    }
    QCOMPARE(inspectNode(blocks, cid)->fileSize, size);
    QCOMPARE(errorOf(readBack(blocks, cid)), ErrorCode::DagTooLarge);
    ReadLimits few;
    few.maxBytes = ~std::uint64_t(0);
    few.maxBlocks = 5000;
    QCOMPARE(errorOf(readBack(blocks, cid, few)), ErrorCode::DagTooLarge);
    std::size_t visited = 0;
    QVERIFY(walk(blocks, cid, [&](const Cid &, const QByteArray &) -> Status {
        ++visited;
        return {};
    }));
    QCOMPARE(visited, std::size_t(5));
}

void TestDag::hostileDepth()
{
    MemoryBlocks blocks;
    Cid cid = add("deep", blocks)->cid;
    for (int level = 0; level < 200; ++level)
        cid = putFileNode(blocks, {PbLink{cid, {}, 0}}, {4}, 4);
    QCOMPARE(errorOf(readBack(blocks, cid)), ErrorCode::DagTooLarge);
    QCOMPARE(errorOf(walk(blocks, cid, [](const Cid &, const QByteArray &) -> Status { return {}; })),
             ErrorCode::DagTooLarge);
}

void TestDag::hostileNames()
{
    MemoryBlocks blocks;
    const Cid file = add("x", blocks)->cid;
    for (const std::string &name :
         {std::string(), std::string(".."), std::string("../x"), std::string("/etc/passwd"),
          std::string("a\0b", 3), std::string("\xff\xfe")})
        QCOMPARE(errorOf(listDirectory(blocks, putDirectory(blocks, {{file, name, 1}}))),
                 ErrorCode::DagMalformed);
    QCOMPARE(errorOf(listDirectory(blocks, putDirectory(blocks, {{file, "a", 1}, {file, "a", 1}}))),
             ErrorCode::DagMalformed);
}

void TestDag::walkVisitsOnce()
{
    MemoryBlocks blocks;
    const auto same = add(QByteArray(3 << 20, 'z'), blocks); // three equal leaves
    const auto root =
        addDirectory({{"a", same->cid, same->totalSize}, {"b", same->cid, same->totalSize}}, blocks);
    std::vector<Cid> order;
    QVERIFY(walk(blocks, root->cid, [&](const Cid &cid, const QByteArray &) -> Status {
        order.push_back(cid);
        return {};
    }));
    QCOMPARE(order.size(), std::size_t(3));
    QVERIFY(order.front() == root->cid && order[1] == same->cid);
    const Status stopped = walk(blocks, root->cid, [](const Cid &, const QByteArray &) -> Status {
        return fail(ErrorCode::Cancelled);
    });
    QCOMPARE(errorOf(stopped), ErrorCode::Cancelled);
}

/// What other programs write: content inside the node, a missing file size, links, sharded directories.
void TestDag::foreignFileForms()
{
    MemoryBlocks blocks;
    UnixFs inlineFile;
    inlineFile.data = "inline";
    inlineFile.fileSize = 6;
    QCOMPARE(readBack(blocks, put(blocks, encodeNode({{}, encodeUnixFs(inlineFile)}))).value_or(QByteArray()),
             QByteArray("inline"));
    inlineFile.fileSize.reset();
    inlineFile.type = UnixFs::Type::Raw;
    QCOMPARE(readBack(blocks, put(blocks, encodeNode({{}, encodeUnixFs(inlineFile)}))).value_or(QByteArray()),
             QByteArray("inline"));
    inlineFile.type = UnixFs::Type::Symlink;
    QCOMPARE(errorOf(readBack(blocks, put(blocks, encodeNode({{}, encodeUnixFs(inlineFile)})))),
             ErrorCode::SymlinkRefused);
    inlineFile.type = UnixFs::Type::Shard;
    QCOMPARE(errorOf(listDirectory(blocks, put(blocks, encodeNode({{}, encodeUnixFs(inlineFile)})))),
             ErrorCode::DagUnsupported);
}

QTEST_GUILESS_MAIN(TestDag)
#include "test_dag.moc"
