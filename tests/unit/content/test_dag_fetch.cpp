// SPDX-License-Identifier: GPL-3.0-or-later
// Fetching from gateways that behave well, badly, and not at all.
#include "core/content/dag_fetch.h"
#include "core/content/varint.h"
#include "gateway_fixture.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <mutex>

using namespace amana;
using namespace amana::content;
using namespace amana::content::test;

namespace {

struct Home {
    QTemporaryDir folder{folderPattern()};
    std::unique_ptr<BlockStore> store = openStore(folder.path());

    [[nodiscard]] bool hasAll(const Tree &tree) const
    {
        return std::all_of(tree.all.begin(), tree.all.end(),
                           [this](const Cid &cid) { return store->get(cid).has_value(); });
    }
};

std::string whyOf(const Result<FetchReport> &report)
{
    return report ? "" : report.error().debugString();
}

ErrorCode dropOf(const SourceCounts &source)
{
    return source.dropped ? source.dropped->code : ErrorCode::InternalUnexpected;
}

QByteArray section(const QByteArray &block)
{
    const QByteArray id = Cid::of(Codec::Raw, bytesOf(block)).bytes();
    QByteArray bytes;
    putVarint(bytes, static_cast<std::uint64_t>(id.size() + block.size()));
    return bytes + id + block;
}

} // namespace

class TestDagFetch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneBlockIsVerified();
    void oneSourceGivesOneArchive();
    void whatIsThereIsNotAskedFor();
    void cutAnywhereAndGoesOn();
    void everyReplyIsCut();
    void severalSourcesShare();
    void oneAlteredBlockIsFetchedAgain();
    void alteredInAnArchive();
    void badRepliesAreDropped_data();
    void badRepliesAreDropped();
    void missingThereIsAskedElsewhere_data();
    void missingThereIsAskedElsewhere();
    void missingEverywhere();
    void archivesAreNotForEverybody();
    void slowSourcesAreDropped_data();
    void slowSourcesAreDropped();
    void nobodyAnswers();
    void canBeCancelled();
    void limitsAreKept();
    void countsAreTold();
};

void TestDagFetch::oneBlockIsVerified()
{
    const auto tree = treeOf(1, 2, 100);
    const TestGateway honest(tree->blocks);
    const GatewayBlocks blocks(honest.gateway());
    QVERIFY(blocks.get(tree->root).value_or(QByteArray()) == tree->blocks.get(tree->root).value_or("x"));
    const auto missing = blocks.get(blockOf(99).cid);
    QCOMPARE(errorOf(missing), ErrorCode::IpfsNotFound);
    QCOMPARE(missing.error().param("cid"), blockOf(99).cid.text());
    const TestGateway liar(tree->blocks, [](const Question &) { return withHead("something else"); });
    QCOMPARE(errorOf(GatewayBlocks(liar.gateway()).get(tree->root)), ErrorCode::BlockAltered);
    const TestGateway flood(tree->blocks, [](const Question &) { return withHead(QByteArray(3 << 20, 'x')); });
    QCOMPARE(errorOf(GatewayBlocks(flood.gateway()).get(tree->root)), ErrorCode::BlockTooLarge);
    const TestGateway closed(tree->blocks, [](const Question &) { return withHead("no", "403 Forbidden"); });
    QCOMPARE(errorOf(GatewayBlocks(closed.gateway()).get(tree->root)), ErrorCode::IpfsUnauthorized);
}

void TestDagFetch::oneSourceGivesOneArchive()
{
    const auto tree = treeOf(3, 5, 1000);
    const TestGateway source(tree->blocks);
    const Home home;
    const auto report = fetchDag(tree->root, {source.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QCOMPARE(source.requests(), 1);
    QCOMPARE(report->fetched, std::uint64_t(tree->all.size()));
    QVERIFY(home.hasAll(*tree));
    QVERIFY(home.store->pin(tree->root, "whole"));
}

void TestDagFetch::whatIsThereIsNotAskedFor()
{
    const auto tree = treeOf(3, 5, 1000);
    const TestGateway source(tree->blocks);
    const Home home;
    QVERIFY(fetchDag(tree->root, {source.gateway()}, *home.store));
    const int before = source.requests();
    QVERIFY(fetchDag(tree->root, {source.gateway()}, *home.store));
    QCOMPARE(source.requests(), before);
    QVERIFY(home.store->remove(blockOf(7).cid));
    const auto report = fetchDag(tree->root, {source.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QCOMPARE(source.requests(), before + 1);
    QCOMPARE(report->fetched, std::uint64_t(1));
    QVERIFY(home.hasAll(*tree));
}

void TestDagFetch::cutAnywhereAndGoesOn()
{
    const auto tree = treeOf(2, 3, 300, false);
    qsizetype whole = 4000;
    int cuts = 0;
    for (qsizetype cut = 0; cut < whole; cut += 37, ++cuts) {
        const TestGateway source(tree->blocks, [&whole, cut](const Question &question) -> std::optional<QByteArray> {
            const QByteArray reply = withHead(question.honest);
            if (question.number > 0)
                return reply;
            whole = reply.size();
            return reply.left(cut);
        });
        const Home home;
        const auto report = fetchDag(tree->root, {source.gateway()}, *home.store);
        QVERIFY2(report, whyOf(report).c_str());
        QCOMPARE(report->fetched, std::uint64_t(tree->all.size())); // no good block came twice
        QVERIFY(home.hasAll(*tree));
    }
    QVERIFY(cuts > 50);
}

void TestDagFetch::everyReplyIsCut()
{
    const auto tree = treeOf(4, 6, 300, false);
    const TestGateway source(tree->blocks, [](const Question &question) { return withHead(question.honest).left(1000); });
    const Home home;
    const auto report = fetchDag(tree->root, {source.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QCOMPARE(report->fetched, std::uint64_t(tree->all.size()));
    QVERIFY(source.requests() > 4);
    QVERIFY(home.hasAll(*tree));
}

void TestDagFetch::severalSourcesShare()
{
    const auto tree = treeOf(12, 6, 20'000);
    const TestGateway one(tree->blocks);
    const TestGateway two(tree->blocks);
    const TestGateway three(tree->blocks);
    const Home home;
    const auto report = fetchDag(tree->root, {one.gateway(), two.gateway(), three.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QVERIFY(home.hasAll(*tree));
    for (const SourceCounts &source : report->sources)
        QVERIFY2(source.blocks > 6 && !source.dropped, std::to_string(source.blocks).c_str());
}

void TestDagFetch::oneAlteredBlockIsFetchedAgain()
{
    const auto tree = treeOf(1, 40, 5000);
    const Cid altered = tree->all[tree->all.size() * 9 / 10];
    std::atomic<int> lies = 0;
    const auto alter = [&](const Question &question) -> std::optional<QByteArray> {
        if (question.cid != altered || lies++ > 0)
            return std::nullopt;
        QByteArray body = question.honest;
        body[2500] = static_cast<char>(body[2500] ^ 1);
        return withHead(body);
    };
    const TestGateway one(tree->blocks, alter); // whoever of the two is asked for that block first
    const TestGateway two(tree->blocks, alter);
    const Home home;
    // the folder is there: its files are shared by both sources, block by block
    for (int i = 0; i < 2; ++i)
        QVERIFY(home.store->put(tree->all[std::size_t(i)], bytesOf(*tree->blocks.get(tree->all[std::size_t(i)]))));
    const auto report = fetchDag(tree->root, {one.gateway(), two.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QVERIFY(home.hasAll(*tree));
    std::map<Cid, int> asked = one.asked();
    for (const auto &[cid, times] : two.asked())
        asked[cid] += times;
    QCOMPARE(asked.size(), tree->all.size() - 2);
    for (const auto &[cid, times] : asked)
        QCOMPARE(times, cid == altered ? 2 : 1);
    QCOMPARE(std::count_if(report->sources.begin(), report->sources.end(),
                           [](const SourceCounts &source) { return dropOf(source) == ErrorCode::IpfsLied; }),
             1);
}

void TestDagFetch::alteredInAnArchive()
{
    const auto tree = treeOf(1, 40, 5000);
    const Cid altered = tree->all[tree->all.size() * 9 / 10];
    const auto alter = [&](const Question &question) -> std::optional<QByteArray> {
        QByteArray body = question.honest;
        const qsizetype at = body.lastIndexOf(altered.bytes()) + 2000; // first it is in the folder's links
        body[at] = static_cast<char>(body[at] ^ 1);
        return withHead(body);
    };
    const TestGateway liar(tree->blocks, alter);
    const Home home;
    const auto first = fetchDag(tree->root, {liar.gateway()}, *home.store);
    QCOMPARE(errorOf(first), ErrorCode::IpfsNotFound);
    QVERIFY2(first.error().cause && first.error().cause->code == ErrorCode::IpfsLied, whyOf(first).c_str());
    QCOMPARE(liar.requests(), 1);
    const TestGateway honest(tree->blocks);
    const auto second = fetchDag(tree->root, {honest.gateway()}, *home.store);
    QVERIFY2(second, whyOf(second).c_str());
    QCOMPARE(second->fetched + second->present, std::uint64_t(tree->all.size()));
    QCOMPARE(second->present, std::uint64_t(tree->all.size() * 9 / 10)); // all before the altered one was kept
    QVERIFY(home.hasAll(*tree));
}

void TestDagFetch::badRepliesAreDropped_data()
{
    using Change = std::function<QByteArray(const Question &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char *name, ErrorCode code, const Change &change) {
        QTest::newRow(name) << change << code;
    };
    row("another block, well formed", ErrorCode::IpfsLied,
        [](const Question &q) { return withHead(q.archive ? section("other") : QByteArray("other")); });
    row("a block too many", ErrorCode::IpfsLied,
        [](const Question &q) { return withHead(q.honest + (q.archive ? section("extra") : QByteArray("extra"))); });
    row("a page for people", ErrorCode::IpfsLied, [](const Question &) { return withHead("<html>Welcome</html>" + QByteArray(500, ' ')); });
    row("a section without end", ErrorCode::IpfsLied, [](const Question &q) {
        return withHead((q.archive ? q.honest.left(59) : QByteArray()) + QByteArray(12, '\xff'));
    });
    row("a section of 4 GiB", ErrorCode::IpfsLied, [](const Question &q) {
        return withHead((q.archive ? q.honest.left(59) : QByteArray()) + QByteArray::fromHex("8080808010"));
    });
    row("too short, by its own words", ErrorCode::IpfsBadReply,
        [](const Question &q) { return withHead(q.archive ? q.honest.left(70) : QByteArray("s")); });
    row("a redirection", ErrorCode::IpfsBadReply,
        [](const Question &) { return QByteArray("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"); });
    row("not for you", ErrorCode::IpfsUnauthorized,
        [](const Question &) { return withHead("no", "403 Forbidden"); });
    row("busy for ever", ErrorCode::IpfsRefused,
        [](const Question &) { return withHead("later", "503 Service Unavailable"); });
    row("shorter than it says", ErrorCode::IpfsUnreachable, [](const Question &) {
        return QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\nshort");
    });
}

void TestDagFetch::badRepliesAreDropped()
{
    using Change = std::function<QByteArray(const Question &)>;
    QFETCH(Change, change);
    QFETCH(ErrorCode, code);
    const auto tree = treeOf(2, 3, 500);
    const TestGateway bad(tree->blocks, [&change](const Question &question) { return change(question); });
    {
        const Home home;
        const auto alone = fetchDag(tree->root, {bad.gateway()}, *home.store);
        QCOMPARE(errorOf(alone), ErrorCode::IpfsNotFound);
        QVERIFY(alone.error().cause);
        QCOMPARE(alone.error().cause->code, code);
    }
    const TestGateway good(tree->blocks);
    const Home home;
    const auto report = fetchDag(tree->root, {bad.gateway(), good.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QVERIFY(home.hasAll(*tree));
}

void TestDagFetch::missingThereIsAskedElsewhere_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("not found") << QByteArray("404 Not Found");
    QTest::newRow("not found in time") << QByteArray("504 Gateway Timeout");
}

void TestDagFetch::missingThereIsAskedElsewhere()
{
    QFETCH(QByteArray, status);
    const auto tree = treeOf(2, 3, 500);
    const TestGateway none(tree->blocks, [&status](const Question &) { return withHead("no", status); });
    const TestGateway good(tree->blocks);
    const Home home;
    const auto report = fetchDag(tree->root, {none.gateway(), good.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QVERIFY(home.hasAll(*tree) && !report->sources[0].dropped);
    QCOMPARE(report->sources[1].blocks, std::uint64_t(tree->all.size()));
}

void TestDagFetch::missingEverywhere()
{
    const auto tree = treeOf(2, 3, 500);
    tree->blocks.remove(blockOf(4, 500).cid);
    const TestGateway source(tree->blocks);
    const Home home;
    const auto report = fetchDag(tree->root, {source.gateway()}, *home.store);
    QCOMPARE(errorOf(report), ErrorCode::IpfsNotFound);
    QCOMPARE(report.error().param("cid"), blockOf(4, 500).cid.text());
    QVERIFY(home.store->has(tree->root)); // what came is kept
}

void TestDagFetch::archivesAreNotForEverybody()
{
    const auto tree = treeOf(2, 3, 500);
    const TestGateway source(tree->blocks, [](const Question &question) -> std::optional<QByteArray> {
        return question.archive ? std::optional(withHead("what?", "400 Bad Request")) : std::nullopt;
    });
    const Home home;
    const auto report = fetchDag(tree->root, {source.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QCOMPARE(source.requests(), static_cast<int>(tree->all.size()) + 1);
    QVERIFY(home.hasAll(*tree));
}

void TestDagFetch::slowSourcesAreDropped_data()
{
    QTest::addColumn<bool>("silent");
    QTest::newRow("a byte now and then") << false;
    QTest::newRow("nothing more") << true;
}

void TestDagFetch::slowSourcesAreDropped()
{
    QFETCH(bool, silent);
    const auto tree = treeOf(2, 3, 500, false);
    const ScriptedServer slow([silent](QTcpSocket &socket, const QByteArray &) {
        amana::test::write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        for (int i = 0; i < 20 && socket.state() == QAbstractSocket::ConnectedState; ++i) {
            if (!silent)
                amana::test::write(socket, "x");
            socket.waitForReadyRead(100); // and sees when it is left
        }
    });
    const TestGateway good(tree->blocks);
    const Home home;
    Gateway first{.url = slow.url({}), .idle = std::chrono::milliseconds(400)};
    const auto report = fetchDag(tree->root, {first, good.gateway()}, *home.store);
    QVERIFY2(report, whyOf(report).c_str());
    QVERIFY(home.hasAll(*tree));
    QCOMPARE(report->sources[1].blocks, std::uint64_t(tree->all.size()));
    if (report->sources[0].requests > 0 && report->sources[0].dropped)
        QCOMPARE(dropOf(report->sources[0]), ErrorCode::IpfsTimeout);
    QVERIFY(silent || report->sources[0].requests == 0 || report->sources[0].dropped);
}

void TestDagFetch::nobodyAnswers()
{
    const Home home;
    const Gateway nobody{.url = QUrl(QStringLiteral("http://127.0.0.1:1"))};
    const auto report = fetchDag(blockOf(1).cid, {nobody, nobody}, *home.store);
    QCOMPARE(errorOf(report), ErrorCode::IpfsNotFound);
    QCOMPARE(report.error().cause->code, ErrorCode::IpfsUnreachable);
    QCOMPARE(errorOf(fetchDag(blockOf(1).cid, {}, *home.store)), ErrorCode::IpfsNotFound);
    const Gateway open{.url = QUrl(QStringLiteral("http://192.0.2.1"))};
    QCOMPARE(fetchDag(blockOf(1).cid, {open}, *home.store).error().cause->code, ErrorCode::IpfsInsecure);
}

void TestDagFetch::canBeCancelled()
{
    const auto tree = treeOf(2, 3, 500);
    const TestGateway source(tree->blocks, [](const Question &) {
        QThread::msleep(3000);
        return withHead("late");
    });
    const Home home;
    std::atomic<bool> cancelled = false;
    QElapsedTimer timer;
    timer.start();
    const Progress progress([&cancelled](std::uint64_t, std::uint64_t) { cancelled = true; }, &cancelled);
    Gateway patient = source.gateway();
    patient.idle = std::chrono::seconds(15);
    QCOMPARE(errorOf(fetchDag(tree->root, {patient}, *home.store, progress)), ErrorCode::Cancelled);
    QVERIFY(timer.elapsed() < 2500);
}

void TestDagFetch::limitsAreKept()
{
    const auto tree = treeOf(2, 3, 500);
    const TestGateway source(tree->blocks);
    FetchOptions few;
    few.limits.maxBlocks = 5;
    FetchOptions flat;
    flat.limits.maxDepth = 1;
    QCOMPARE(errorOf(fetchDag(tree->root, {source.gateway()}, *Home().store, {}, few)), ErrorCode::DagTooLarge);
    QCOMPARE(errorOf(fetchDag(tree->root, {source.gateway()}, *Home().store, {}, flat)), ErrorCode::DagTooLarge);
    const Home home;
    QVERIFY(home.store->setQuota(1200));
    QCOMPARE(errorOf(fetchDag(tree->root, {source.gateway()}, *home.store)), ErrorCode::StoreQuota);
}

void TestDagFetch::countsAreTold()
{
    const auto tree = treeOf(2, 3, 500);
    const TestGateway source(tree->blocks);
    const Home home;
    FetchOptions options;
    std::vector<SourceCounts> seen;
    options.watch = [&seen](const std::vector<SourceCounts> &counts) { seen = counts; };
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    const Progress progress(
        [&](std::uint64_t now, std::uint64_t all) {
            done = now;
            total = all;
        },
        nullptr);
    QVERIFY(fetchDag(tree->root, {source.gateway()}, *home.store, progress, options));
    QCOMPARE(seen.size(), std::size_t(1));
    QCOMPARE(seen[0].requests, std::uint64_t(1));
    QCOMPARE(seen[0].blocks, std::uint64_t(tree->all.size()));
    QCOMPARE(seen[0].bytes, home.store->totalBytes().value_or(0));
    QVERIFY(seen[0].url.starts_with("http://127.0.0.1:"));
    QVERIFY(done > 0 && total >= done);
}

QTEST_GUILESS_MAIN(TestDagFetch)
#include "test_dag_fetch.moc"
