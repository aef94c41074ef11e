// SPDX-License-Identifier: GPL-3.0-or-later
// Kubo, IPFS Cluster and pinning services as they answer well, badly, too late and not at all.
#include "core/content/car_piece.h"
#include "core/content/cluster.h"
#include "core/content/kubo_upload.h"
#include "core/content/pinning_service.h"
#include "core/content/send_plan.h"
#include "scripted_server.h"
#include "test_result.h"

#include <mutex>

using namespace amana;
using namespace amana::content;
using namespace amana::test;
using namespace std::chrono_literals;

namespace {

const Cid kCid = Cid::of(Codec::Raw, bytesOf(std::string_view("hello world")));

/// Answers by what the request line contains, and keeps the requests.
class Service {
public:
    using Answers = std::vector<std::pair<QByteArray, QByteArray>>;
    explicit Service(Answers answers)
        : m_answers(std::move(answers)), m_server([this](QTcpSocket &socket, const QByteArray &request) {
              const QByteArray line = request.left(request.indexOf('\r'));
              QByteArray answer;
              {
                  const std::lock_guard lock(m_mutex);
                  m_requests.push_back(request);
                  for (const auto &[part, said] : m_answers)
                      if (answer.isEmpty() && line.contains(part))
                          answer = said;
              }
              write(socket, answer);
          })
    {}
    [[nodiscard]] IpfsEndpoint endpoint() const
    {
        IpfsEndpoint made{m_server.url(QStringLiteral("/base/")).toString().toStdString(), {}, secrets()};
        made.access.login = net::Access::Login::Bearer;
        return made;
    }
    [[nodiscard]] QByteArray request(int i) const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests.value(i);
    }
    [[nodiscard]] static net::ReadSecret secrets()
    {
        return [](const std::string &) -> Result<SecretBytes> { return SecretBytes::fromText("a-token"); };
    }

private:
    const Answers m_answers;
    mutable std::mutex m_mutex;
    QList<QByteArray> m_requests;
    ScriptedServer m_server; // last: it runs before the constructor is done
};

QByteArray cid()
{
    return QByteArray::fromStdString(kCid.text());
}

QByteArray rootLine(const QByteArray &error)
{
    return "{\"Root\":{\"Cid\":{\"/\":\"" + cid() + "\"},\"PinErrorMsg\":\"" + error + "\"}}\n";
}

CarPiece helloPiece()
{
    CarPiece piece(kCid);
    piece.add(kCid, "hello world");
    return piece;
}

QByteArray receipt(const QByteArray &id, const QByteArray &status, const QByteArray &more = {})
{
    return "{\"requestid\":\"" + id + "\",\"status\":\"" + status + "\",\"created\":\"2026-01-02T03:04:05Z\",\"pin\":{\"cid\":\""
           + cid() + "\",\"name\":\"n\"},\"delegates\":[\"/ip4/192.0.2.1/tcp/1/p2p/x\"]" + more + "}";
}

const QByteArray kIdentity = R"({"ID":"12D3","AgentVersion":"kubo/0.40.1","Addresses":["/ip4/127.0.0.1/tcp/1/p2p/12D3"]})";

} // namespace

class TestIpfsClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsAskedOfKubo();
    void failuresAreNamed_data();
    void failuresAreNamed();
    void noCutReplyIsAnAnswer();
    void secretsDoNotTravelUnencrypted();
    void anImportIsBelievedOnlyWithItsResult_data();
    void anImportIsBelievedOnlyWithItsResult();
    void aPinIsBelievedOnlyWithItsResult_data();
    void aPinIsBelievedOnlyWithItsResult();
    void aPinThatStallsEnds();
    void slowIsNotSilent();
    void othersWordsAreCutShort();
    void theClusterIsAsked();
    void theClusterIsBelievedOnlyWithTheRightAnswer();
    void receipts();
    void pinsAreAwaited();
    void pagesAreRead();
    void requestsAreRemoved();
};

void TestIpfsClients::whatIsAskedOfKubo()
{
    const Service service({{"/id", ok(kIdentity)},
                           {"dag/import", ok(rootLine("") + "{\"Stats\":{\"BlockCount\":1,\"BlockBytesCount\":11}}\n")},
                           {"pin/add", ok("{\"Progress\":1,\"Bytes\":11}\n{\"Pins\":[\"" + cid() + "\"]}\n")}});
    const KuboNode node(service.endpoint());
    TEST_VALUE(const KuboIdentity identity, node.identity());
    QCOMPARE(identity.addresses.size(), std::size_t(1));
    QByteArray request = service.request(0);
    QVERIFY2(request.startsWith("POST /base/api/v0/id HTTP/1.1\r\n"), request.constData());
    QVERIFY(request.contains("Authorization: Bearer a-token\r\n"));
    TEST_OK(node.import(helloPiece(), true));
    request = service.request(1);
    QVERIFY2(request.startsWith("POST /base/api/v0/dag/import?pin-roots=true&stats=true&timeout=120s HTTP"), request.constData());
    QVERIFY(request.contains("Content-Type: multipart/form-data; boundary="));
    QVERIFY(request.contains("\r\n\r\n" + helloPiece().bytes() + "\r\n--"));
    TEST_OK(node.pin(kCid, "a&b=c+\xc3\xa4", {60s, 90s}));
    QVERIFY(service.request(2).startsWith("POST /base/api/v0/pin/add?arg=" + cid()
                                          + "&recursive=true&progress=true&name=a%26b%3Dc%2B%C3%A4&timeout=90s HTTP"));
}

void TestIpfsClients::failuresAreNamed_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("detail");
    QTest::newRow("401") << ok("", "401 Unauthorized") << QByteArray("ipfs.unauthorized") << QByteArray();
    QTest::newRow("403 of Kubo") << ok("Kubo RPC Access Denied: x", "403 Forbidden") << QByteArray("ipfs.unauthorized") << QByteArray();
    QTest::newRow("Kubo's words") << ok(R"({"Message":"no space","Code":0,"Type":"error"})", "500 X") << QByteArray("ipfs.refused")
                                  << QByteArray("no space");
    QTest::newRow("the cluster's words") << ok(R"({"code":500,"message":"not enough peers"})", "500 X") << QByteArray("ipfs.refused")
                                         << QByteArray("not enough peers");
    QTest::newRow("a pinning service's") << ok(R"({"error":{"reason":"FUNDS","details":"pay"}})", "409 X") << QByteArray("ipfs.refused")
                                         << QByteArray("FUNDS: pay");
    QTest::newRow("a proxy's page") << ok("<html>bad gateway</html>", "502 X") << QByteArray("ipfs.badReply") << QByteArray();
    QTest::newRow("no such path") << ok("404 page not found", "404 X") << QByteArray("ipfs.badReply") << QByteArray();
    QTest::newRow("moved") << ok("", "302 Found") << QByteArray("ipfs.badReply") << QByteArray();
    QTest::newRow("empty") << ok("") << QByteArray("ipfs.badReply") << QByteArray();
    QTest::newRow("no JSON") << ok("{\"ID\":") << QByteArray("ipfs.badReply") << QByteArray();
    QTest::newRow("other JSON") << ok("[1]") << QByteArray("ipfs.badReply") << QByteArray();
    QTest::newRow("other types") << ok(R"({"ID":5,"AgentVersion":["x"],"Addresses":7})") << QByteArray("ipfs.badReply") << QByteArray();
    QTest::newRow("too long") << ok(QByteArray(17 << 20, ' ')) << QByteArray("ipfs.badReply") << QByteArray();
}

void TestIpfsClients::failuresAreNamed()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, detail);
    const Service service({{"", answer}});
    const auto identity = KuboNode(service.endpoint()).identity();
    QCOMPARE(QByteArray::fromStdString(outcome(identity)), code);
    QCOMPARE(QByteArray::fromStdString(identity.error().param("detail")), detail);
    QVERIFY(identity.error().debugString().find("token") == std::string::npos);
}

void TestIpfsClients::noCutReplyIsAnAnswer()
{
    const QByteArray whole = ok(kIdentity);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const Service service({{"", whole.left(size)}});
        const auto identity = KuboNode(service.endpoint()).identity();
        QVERIFY2(outcome(identity) == "ipfs.unreachable", qPrintable(QString::number(size)));
    }
}

void TestIpfsClients::secretsDoNotTravelUnencrypted()
{
    bool read = false;
    IpfsEndpoint endpoint{"http://192.0.2.1:5001", {}, [&read](const std::string &) -> Result<SecretBytes> {
                              read = true;
                              return SecretBytes::fromText("x");
                          }};
    endpoint.access.login = net::Access::Login::Bearer;
    QCOMPARE(outcome(KuboNode(endpoint).identity()), std::string("ipfs.insecure"));
    QVERIFY(!read);
    endpoint.url = "http://127.0.0.1:1";
    QCOMPARE(outcome(KuboNode(endpoint).identity()), std::string("ipfs.unreachable"));
    endpoint.secrets = [](const std::string &) -> Result<SecretBytes> { return fail(ErrorCode::FileNotFound); };
    QCOMPARE(outcome(KuboNode(endpoint).identity()), std::string("ipfs.unauthorized"));
    endpoint.access.authority = "no certificate";
    QCOMPARE(outcome(KuboNode(endpoint).identity()), std::string("ipfs.unauthorized"));
    endpoint.access.login = net::Access::Login::None;
    QCOMPARE(outcome(KuboNode(endpoint).identity()), std::string("ipfs.untrusted"));
}

void TestIpfsClients::anImportIsBelievedOnlyWithItsResult_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    const QByteArray stats = "{\"Stats\":{\"BlockCount\":1,\"BlockBytesCount\":11}}\n";
    QTest::newRow("well") << rootLine("") + stats << QByteArray("ok");
    QTest::newRow("without the last line's end") << (rootLine("") + stats).chopped(1) << QByteArray("ok");
    QTest::newRow("not pinned") << rootLine("block was not found") + stats << QByteArray("ipfs.pinFailed");
    QTest::newRow("a late error") << rootLine("") << QByteArray("ipfs.badReply");
    QTest::newRow("nothing") << QByteArray() << QByteArray("ipfs.badReply");
    QTest::newRow("no pin") << stats << QByteArray("ipfs.badReply");
    QTest::newRow("other blocks") << rootLine("") + "{\"Stats\":{\"BlockCount\":2}}\n" << QByteArray("ipfs.badReply");
    QTest::newRow("another root") << rootLine("").replace("bafk", "bafy") + stats << QByteArray("ipfs.badReply");
    QTest::newRow("an endless line") << QByteArray(2 << 20, 'x') << QByteArray("ipfs.badReply");
    QTest::newRow("not JSON") << rootLine("") + "Stats\n" + stats << QByteArray("ipfs.badReply");
}

void TestIpfsClients::anImportIsBelievedOnlyWithItsResult()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, code);
    const Service service({{"", ok(body)}});
    QCOMPARE(QByteArray::fromStdString(outcome(KuboNode(service.endpoint()).import(helloPiece(), true))), code);
}

void TestIpfsClients::aPinIsBelievedOnlyWithItsResult_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("code");
    const QByteArray progress = "{\"Progress\":3,\"Bytes\":30}\n";
    QTest::newRow("well") << ok(progress + "{\"Pins\":[\"" + cid() + "\"]}\n") << QByteArray("ok");
    QTest::newRow("a late error") << ok(progress) << QByteArray("ipfs.pinFailed");
    QTest::newRow("another one") << ok(progress + "{\"Pins\":[\"bafyother\"]}\n") << QByteArray("ipfs.pinFailed");
    QTest::newRow("refused") << ok(R"({"Message":"pin: context deadline exceeded","Code":0})", "500 X") << QByteArray("ipfs.pinFailed");
    QTest::newRow("broken off") << ok(progress + "{\"Pins\":[\"" + cid() + "\"]}\n").chopped(1) << QByteArray("ipfs.unreachable");
}

void TestIpfsClients::aPinIsBelievedOnlyWithItsResult()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, code);
    const Service service({{"", answer}});
    QCOMPARE(QByteArray::fromStdString(outcome(KuboNode(service.endpoint()).pin(kCid, ""))), code);
}

void TestIpfsClients::aPinThatStallsEnds()
{
    const ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
        write(socket, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
        for (int i = 0; i < 60 && socket.state() == QAbstractSocket::ConnectedState; ++i) {
            write(socket, "{\"Progress\":3,\"Bytes\":30}\n");
            QThread::msleep(100);
        }
    });
    const KuboNode node({server.url().toString().toStdString(), {}, {}});
    QElapsedTimer timer;
    timer.start();
    const Status stalled = node.pin(kCid, "", {1s, 60s});
    QCOMPARE(outcome(stalled), std::string("ipfs.pinFailed"));
    QCOMPARE(stalled.error().param("detail"), std::string("stalled"));
    QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
}

void TestIpfsClients::slowIsNotSilent()
{
    const ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
        for (const char byte : ok("{\"Pins\":[\"" + cid() + "\"]}\n")) {
            write(socket, QByteArray(1, byte));
            QThread::msleep(5);
        }
    });
    TEST_OK(KuboNode({server.url().toString().toStdString(), {}, {}}).pin(kCid, ""));
}

void TestIpfsClients::othersWordsAreCutShort()
{
    const QByteArray words = QByteArray("a\\nb\\u0007").append(QByteArray("\xea\xb0\x80").repeated(500));
    const Service service({{"", ok("{\"Message\":\"" + words + "\"}", "500 X")}});
    const std::string detail = KuboNode(service.endpoint()).identity().error().param("detail");
    QVERIFY(detail.starts_with("a b \xea\xb0\x80") && detail.size() <= 300);
    QCOMPARE(QString::fromStdString(detail).toUtf8().toStdString(), detail);
}

void TestIpfsClients::theClusterIsAsked()
{
    const QByteArray status = "{\"cid\":\"" + cid() + R"(","name":"n","peer_map":{"p1":{"peername":"a","status":"pinned","error":""},
        "p2":{"peername":"b","status":"pin_error","error":"no\nspace"},"p3":5}})";
    const Service service({{"DELETE", ok(R"({"code":404,"message":"pin is not part of the pinset"})", "404 X")},
                           {"/recover", ok(status)},
                           {"GET /base/pins/", ok(status)},
                           {"POST /base/pins/", ok("{\"cid\":\"" + cid() + "\"}")},
                           {"/peers", ok("{\"id\":\"p1\",\"peername\":\"a\",\"version\":\"1.1.6\",\"error\":\"\",\"ipfs\":{\"id\":\"i1\","
                                         "\"error\":\"gone\"}}\n{\"id\":\"p2\",\"peername\":\"b\",\"error\":\"dial\"}\n")},
                           {"/health/alerts", ok(R"([{"peer":"p2","name":"ping","triggered_at":"2026-01-02T03:04:05Z"}])")},
                           {"/add", ok("[{\"name\":\"\",\"cid\":\"" + cid() + "\",\"bytes\":11}]")}});
    const Cluster cluster(service.endpoint());
    TEST_VALUE(const auto peers, cluster.peers());
    QCOMPARE(peers.size(), std::size_t(2));
    QCOMPARE(peers[0].error, std::string("gone"));
    QCOMPARE(peers[1].error, std::string("dial"));
    TEST_OK(cluster.add(helloPiece()));
    QVERIFY(service.request(1).startsWith("POST /base/add?format=car&local=true&no-pin=true&stream-channels=false HTTP"));
    TEST_OK(cluster.pin(kCid, "n", {2, 3}));
    QVERIFY(service.request(2).startsWith("POST /base/pins/" + cid() + "?replication-min=2&replication-max=3&name=n HTTP"));
    TEST_VALUE(const ClusterStatus copies, cluster.status(kCid));
    QCOMPARE(copies.copies.size(), std::size_t(3));
    QCOMPARE(copies.pinned(), 1);
    QCOMPARE(copies.copies[1].error, std::string("no space"));
    QCOMPARE(cluster.recover(kCid)->pinned(), 1);
    QVERIFY(service.request(4).startsWith("POST /base/pins/" + cid() + "/recover HTTP"));
    QCOMPARE(cluster.alerts()->front().metric, std::string("ping"));
    TEST_OK(cluster.unpin(kCid));
}

void TestIpfsClients::theClusterIsBelievedOnlyWithTheRightAnswer()
{
    const Service service({{"/add", ok("[{\"cid\":\"" + cid() + "\",\"bytes\":10}]")},
                           {"/peers", ok("{\"peername\":\"a\"}\n")},
                           {"/pins/", ok("{\"cid\":\"bafyother\",\"peer_map\":{}}")},
                           {"/health", ok("{}")}});
    const Cluster cluster(service.endpoint());
    for (const std::string &said : {outcome(cluster.add(helloPiece())), outcome(cluster.peers()), outcome(cluster.pin(kCid, "", {})),
                                    outcome(cluster.status(kCid)), outcome(cluster.unpin(kCid)), outcome(cluster.alerts())})
        QCOMPARE(said, std::string("ipfs.badReply"));
}

void TestIpfsClients::receipts()
{
    const Service service({{"POST /base/pins HTTP", ok(receipt("r1", "queued"), "202 Accepted")},
                           {"POST /base/pins/r%2F1 HTTP", ok(receipt("r2", "pinning"), "202 Accepted")},
                           {"GET /base/pins/strange", ok(receipt("r1", "eaten"))},
                           {"GET /base/pins/", ok(receipt("r1", "failed", ",\"info\":{\"status_details\":\"no peer\"}"))}});
    const PinningService pinning(service.endpoint());
    const PinRequest request{kCid, "a \"name\"", {"/ip4/192.0.2.1/tcp/1/p2p/x"}};
    TEST_VALUE(const PinReceipt made, pinning.add(request));
    QCOMPARE(made.state, PinState::Queued);
    QCOMPARE(made.delegates.size(), std::size_t(1));
    QVERIFY(service.request(0).endsWith("{\"cid\":\"" + cid()
                                        + R"(","name":"a \"name\"","origins":["/ip4/192.0.2.1/tcp/1/p2p/x"]})"));
    TEST_VALUE(const PinReceipt other, pinning.replace("r/1", request));
    QCOMPARE(other.id, std::string("r2"));
    TEST_VALUE(const PinReceipt failed, pinning.get("r1"));
    QCOMPARE(failed.detail, std::string("no peer"));
    QCOMPARE(outcome(pinning.get("strange")), std::string("ipfs.badReply"));
    QCOMPARE(outcome(pinning.awaitPinned("r1", 5s)), std::string("ipfs.pinFailed"));
    QCOMPARE(outcome(pinning.add({Cid{}, "", {}})), std::string("ipfs.badReply")); // a receipt for something else
}

void TestIpfsClients::pinsAreAwaited()
{
    std::atomic<int> asked = 0;
    const ScriptedServer server([&](QTcpSocket &socket, const QByteArray &) {
        const int now = ++asked;
        if (now != 2) // the second time it only hangs up
            write(socket, ok(receipt("r", now < 3 ? "queued" : "pinned")));
    });
    const PinningService pinning({server.url().toString().toStdString(), {}, {}});
    TEST_VALUE(const PinReceipt early, pinning.awaitPinned("r", 0s));
    QCOMPARE(early.state, PinState::Queued);
    asked = 0;
    TEST_VALUE(const PinReceipt pinned, pinning.awaitPinned("r", 30s));
    QCOMPARE(pinned.state, PinState::Pinned);
    asked = -1'000'000;
    const std::atomic<bool> cancelled = true;
    QCOMPARE(outcome(pinning.awaitPinned("r", 30s, {nullptr, &cancelled})), std::string("job.cancelled"));
}

void TestIpfsClients::pagesAreRead()
{
    const auto page = [](int from, int to, const QByteArray &created) {
        QByteArrayList results;
        for (int i = from; i < to; ++i)
            results << receipt("r" + QByteArray::number(i), "pinned").replace("2026-01-02T03:04:05Z", created);
        return ok("{\"count\":1500,\"results\":[" + results.join(',') + "]}");
    };
    const Service service({{"before=2026-01-01", page(990, 1500, "2025-01-01T00:00:00Z")},
                           {"GET /base/pins?status=queued%2Cpinning%2Cpinned%2Cfailed&limit=1000 ", page(0, 1000, "2026-01-01T00:00:00Z")},
                           {"GET /base/pins?", ok("{\"count\":0,\"results\":[]}")}});
    const PinningService pinning(service.endpoint());
    TEST_VALUE(const auto all, pinning.list());
    QCOMPARE(all.size(), std::size_t(1500)); // the ten that both pages have once
    QVERIFY(pinning.list(kCid)->empty());
    QVERIFY(service.request(2).contains("&cid=" + cid()));
}

void TestIpfsClients::requestsAreRemoved()
{
    const Service service({{"DELETE /base/pins/gone", ok(R"({"error":{"reason":"NOT_FOUND"}})", "404 X")},
                           {"DELETE /base/pins/kept", ok(R"({"error":{"reason":"LOCKED"}})", "400 X")},
                           {"DELETE /base/pins/", ok("", "202 Accepted")}});
    const PinningService pinning(service.endpoint());
    TEST_OK(pinning.remove("r1"));
    TEST_OK(pinning.remove("gone"));
    QCOMPARE(outcome(pinning.remove("kept")), std::string("ipfs.refused"));
}

QTEST_GUILESS_MAIN(TestIpfsClients)
#include "test_ipfs_clients.moc"
