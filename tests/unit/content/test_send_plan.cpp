// SPDX-License-Identifier: GPL-3.0-or-later
// What another node is asked and sent, for nodes that have nothing, a part, or a part with holes.
#include "core/content/car.h"
#include "core/content/send_plan.h"
#include "test_result.h"

#include <QBuffer>

#include <algorithm>
#include <unordered_set>

using namespace amana;
using namespace amana::content;
using namespace amana::test;

namespace {

/// A node that remembers what it was asked and given.
struct Node {
    std::unordered_set<Cid> blocks;
    mutable int asked = 0;

    [[nodiscard]] HasBlock has() const
    {
        return [this](const Cid &cid) -> Result<bool> {
            ++asked;
            return blocks.contains(cid);
        };
    }
};

/// 70 files of 2 MiB and 5 bytes, the last two the same, in a folder: leaves, nodes, and one more level.
struct Folder {
    MemoryBlocks blocks;
    Cid root;

    Folder()
    {
        std::vector<DirectoryEntry> entries;
        for (int i = 0; i < 70; ++i) {
            QByteArray bytes((2 << 20) + 5, static_cast<char>(std::min(i, 68)));
            bytes[1 << 20] = 'x'; // its leaves differ
            QBuffer in(&bytes);
            in.open(QIODevice::ReadOnly);
            const DagNode node = addFile(in, blocks).value();
            entries.push_back({QByteArray::number(i).rightJustified(3, '0').toStdString(), node.cid, node.totalSize});
        }
        root = addDirectory(entries, blocks)->cid;
    }
};

std::uint64_t bytesIn(const MemoryBlocks &blocks, const std::vector<Cid> &cids)
{
    std::uint64_t bytes = 0;
    for (const Cid &cid : cids)
        bytes += static_cast<std::uint64_t>(blocks.get(cid)->size());
    return bytes;
}

} // namespace

class TestSendPlan : public QObject {
    Q_OBJECT

    const Folder m_folder;

    [[nodiscard]] SendPlan plan(const Node &node, Ask ask) const
    {
        node.asked = 0;
        return planSending(m_folder.blocks, m_folder.root, node.has(), ask, {}).value();
    }

private Q_SLOTS:
    void childrenComeFirst();
    void aNewNodeIsNotAskedForEverything();
    void onlyTheRestGoesAgain_data();
    void onlyTheRestGoesAgain();
    void holesAreFoundWhenEachBlockIsAskedFor();
    void piecesAreSmallAndWhole();
    void aFailureEndsIt();
    void aLoneLeaf();
};

void TestSendPlan::childrenComeFirst()
{
    const SendPlan all = plan({}, Ask::Nothing);
    QVERIFY(all.whole);
    QCOMPARE(all.blocks.size(), m_folder.blocks.count()); // each once
    QCOMPARE(all.blocks.back(), m_folder.root);
    QCOMPARE(all.bytes, bytesIn(m_folder.blocks, all.blocks));
    std::unordered_set<Cid> sent;
    for (const Cid &cid : all.blocks) {
        TEST_OK(walk(m_folder.blocks, cid, [&](const Cid &below, const QByteArray &) -> Status {
            return below == cid || sent.contains(below) ? Status() : Status(fail(ErrorCode::BlockMissing));
        }));
        sent.insert(cid);
    }
}

void TestSendPlan::aNewNodeIsNotAskedForEverything()
{
    const Node node;
    QCOMPARE(plan(node, Ask::FromTop).blocks, plan({}, Ask::Nothing).blocks);
    QVERIFY2(node.asked < 70, qPrintable(QString::number(node.asked)));
}

void TestSendPlan::onlyTheRestGoesAgain_data()
{
    QTest::addColumn<int>("sent");
    for (const int sent : {0, 1, 2, 3, 4, 5, 20, 100, 210, 279})
        QTest::addRow("%d blocks", sent) << sent;
}

void TestSendPlan::onlyTheRestGoesAgain()
{
    QFETCH(int, sent);
    const SendPlan all = plan({}, Ask::Nothing);
    Node node;
    const auto some = all.blocks.begin() + std::min<std::ptrdiff_t>(sent, std::ssize(all.blocks));
    node.blocks.insert(all.blocks.begin(), some);
    const SendPlan rest = plan(node, Ask::FromTop);
    QCOMPARE(rest.blocks, std::vector<Cid>(some, all.blocks.end()));
    QCOMPARE(rest.bytes, bytesIn(m_folder.blocks, rest.blocks));
    QCOMPARE(rest.whole, sent == 0);
}

void TestSendPlan::holesAreFoundWhenEachBlockIsAskedFor()
{
    const SendPlan all = plan({}, Ask::Nothing);
    Node node;
    node.blocks.insert(all.blocks.begin(), all.blocks.end());
    QVERIFY(plan(node, Ask::FromTop).blocks.empty());
    QCOMPARE(node.asked, 1);
    std::vector<Cid> holes;
    for (std::size_t i = 3; i < all.blocks.size(); i += 17)
        holes.push_back(all.blocks[i]);
    for (const Cid &cid : holes)
        node.blocks.erase(cid);
    QCOMPARE(plan(node, Ask::EachBlock).blocks, holes);
}

void TestSendPlan::piecesAreSmallAndWhole()
{
    const SendPlan all = plan({}, Ask::Nothing);
    MemoryBlocks arrived;
    int lasts = 0;
    std::uint64_t told = 0;
    const Progress progress([&](std::uint64_t done, std::uint64_t) { told = done; }, nullptr);
    const SendPiece send = [&](const CarPiece &piece, bool last, const Progress &) -> Status {
        lasts += last ? 1 : 0;
        QByteArray bytes = piece.bytes();
        QBuffer in(&bytes);
        in.open(QIODevice::ReadOnly);
        AMANA_TRY(const CarContents contents, readCar(in, arrived));
        const bool right = static_cast<std::size_t>(bytes.size()) <= CarPiece::kMaxBytes
                           && contents.blocks == piece.blocks() && contents.bytes == piece.blockBytes()
                           && contents.roots == std::vector{m_folder.root};
        return right ? Status() : Status(fail(ErrorCode::CarMalformed));
    };
    TEST_OK(sendPieces(all, m_folder.blocks, m_folder.root, send, progress));
    QCOMPARE(lasts, 1);
    QCOMPARE(told, all.bytes);
    QCOMPARE(arrived.count(), m_folder.blocks.count());
}

void TestSendPlan::aFailureEndsIt()
{
    int pieces = 0;
    const SendPiece send = [&](const CarPiece &, bool, const Progress &) -> Status {
        return ++pieces < 2 ? Status() : Status(fail(ErrorCode::IpfsUnreachable));
    };
    const SendPlan all = plan({}, Ask::Nothing);
    QCOMPARE(outcome(sendPieces(all, m_folder.blocks, m_folder.root, send, {})), std::string("ipfs.unreachable"));
    QCOMPARE(pieces, 2);
    const HasBlock silent = [](const Cid &) -> Result<bool> { return fail(ErrorCode::IpfsTimeout); };
    QCOMPARE(outcome(planSending(m_folder.blocks, m_folder.root, silent, Ask::FromTop, {})), std::string("ipfs.timeout"));
    ReadLimits limits;
    limits.maxBlocks = 10;
    QCOMPARE(outcome(planSending(m_folder.blocks, m_folder.root, {}, Ask::Nothing, {}, limits)), std::string("content.dagTooLarge"));
    limits = {};
    limits.maxDepth = 1;
    QCOMPARE(outcome(planSending(m_folder.blocks, m_folder.root, {}, Ask::Nothing, {}, limits)), std::string("content.dagTooLarge"));
    MemoryBlocks few;
    QCOMPARE(outcome(planSending(few, m_folder.root, {}, Ask::Nothing, {})), std::string("content.blockMissing"));
    const std::atomic<bool> cancelled = true;
    QCOMPARE(outcome(planSending(m_folder.blocks, m_folder.root, {}, Ask::Nothing, {nullptr, &cancelled})),
             std::string("job.cancelled"));
}

void TestSendPlan::aLoneLeaf()
{
    MemoryBlocks blocks;
    QBuffer in;
    in.setData("hello world");
    in.open(QIODevice::ReadOnly);
    const Cid root = addFile(in, blocks)->cid;
    const SendPlan alone = planSending(blocks, root, {}, Ask::Nothing, {}).value();
    QCOMPARE(alone.blocks, std::vector{root});
    QCOMPARE(alone.bytes, std::uint64_t(11));
}

QTEST_GUILESS_MAIN(TestSendPlan)
#include "test_send_plan.moc"
