// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP against a server that behaves well, badly, and not at all.
#include "core/net/http_client.h"
#include "scripted_server.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include <atomic>
#include <thread>

using namespace amana;
using namespace amana::net;
using namespace amana::test;

namespace {

HttpProblem problemOf(const HttpResult<HttpReply> &reply)
{
    return reply ? HttpProblem::Insecure : reply.error().problem; // no test below expects Insecure of a reply
}

} // namespace

class TestHttp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestAndReply();
    void everyStatusIsAReply();
    void aStreamWaitsForItsReader();
    void brokenOffIsAFailure_data();
    void brokenOffIsAFailure();
    void silenceEnds();
    void cancelEnds();
    void theReaderMayStop();
    void tooMuchIsRefused();
    void onlyThisMachineWithoutTls();
    void nobodyThere();
    void badCertificatesAreTold();
};

void TestHttp::requestAndReply()
{
    QByteArray seen;
    const ScriptedServer server([&seen](QTcpSocket &socket, const QByteArray &request) {
        seen = request;
        write(socket, ok("answer"));
    });
    HttpClient http;
    HttpRequest request{.url = server.url("/api?arg=1"), .method = "POST", .body = "question", .contentType = "text/x"};
    request.authorization = "Bearer t";
    request.accept = "application/x";
    request.range = "bytes=5-";
    const auto reply = http.send(request);
    QVERIFY(reply);
    QCOMPARE(reply->status, 200);
    QCOMPARE(reply->body, QByteArray("answer"));
    QCOMPARE(reply->contentType, QByteArray("text/plain"));
    QCOMPARE(reply->length, std::optional<std::uint64_t>(6));
    QVERIFY2(seen.startsWith("POST /api?arg=1 HTTP/1.1\r\n") && seen.endsWith("\r\n\r\nquestion"), seen.constData());
    for (const char *header : {"User-Agent: Amana/", "Authorization: Bearer t", "Accept: application/x", "Range: bytes=5-",
                               "Content-Type: text/x", "Accept-Encoding: identity"})
        QVERIFY2(seen.contains(header), header);
    QVERIFY(!seen.contains("Mozilla"));
}

void TestHttp::everyStatusIsAReply()
{
    const ScriptedServer server([](QTcpSocket &socket, const QByteArray &request) {
        write(socket, request.contains("/moved")
                          ? QByteArray("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                          : ok("why not", "404 Not Found"));
    });
    HttpClient http;
    const auto missing = http.send({.url = server.url()});
    QVERIFY(missing);
    QCOMPARE(missing->status, 404);
    QCOMPARE(missing->body, QByteArray("why not"));
    const auto moved = http.send({.url = server.url("/moved")});
    QVERIFY(moved);
    QCOMPARE(moved->status, 302); // not followed
}

void TestHttp::aStreamWaitsForItsReader()
{
    constexpr qint64 kSize = qint64(96) << 20;
    std::atomic<qint64> written = 0;
    const ScriptedServer server([&written](QTcpSocket &socket, const QByteArray &) {
        write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(kSize) + "\r\n\r\n");
        const QByteArray piece(1 << 20, 'x');
        for (qint64 sent = 0; sent < kSize; sent += piece.size()) {
            write(socket, piece);
            written = sent;
        }
    });
    HttpClient http;
    qint64 received = 0;
    qint64 ahead = 0;
    const auto reply = http.receive({.url = server.url(), .maxReply = kSize}, [&](ByteView piece) {
        if (received == 0)
            QThread::msleep(500); // the server could send it all meanwhile
        received += static_cast<qint64>(piece.size());
        ahead = std::max(ahead, written - received);
        return true;
    });
    QVERIFY(reply);
    QCOMPARE(received, kSize);
    QVERIFY(reply->body.isEmpty());
    QVERIFY2(ahead < (qint64(40) << 20), qPrintable(QString::number(ahead))); // the system's own buffers are in it
}

void TestHttp::brokenOffIsAFailure_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("in the status") << QByteArray("HTTP/1.1 20");
    QTest::newRow("in the headers") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
    QTest::newRow("in the body") << ok("a long answer").chopped(3);
    QTest::newRow("no HTTP") << QByteArray("220 ftp ready\r\n\r\n");
}

void TestHttp::brokenOffIsAFailure()
{
    QFETCH(QByteArray, bytes);
    const ScriptedServer server([&bytes](QTcpSocket &socket, const QByteArray &) { write(socket, bytes); });
    HttpClient http;
    const auto reply = http.send({.url = server.url(), .idle = std::chrono::seconds(2)});
    QVERIFY2(!reply, reply ? reply->body.constData() : "");
    QVERIFY(problemOf(reply) == HttpProblem::Unreachable || problemOf(reply) == HttpProblem::Timeout);
}

void TestHttp::silenceEnds()
{
    const ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
        write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        QThread::msleep(1500);
    });
    HttpClient http;
    const QElapsedTimer timer = [] {
        QElapsedTimer started;
        started.start();
        return started;
    }();
    const auto reply = http.send({.url = server.url(), .idle = std::chrono::milliseconds(300)});
    QCOMPARE(problemOf(reply), HttpProblem::Timeout);
    QVERIFY(timer.elapsed() < 1400);
}

void TestHttp::cancelEnds()
{
    const ScriptedServer server([](QTcpSocket &, const QByteArray &) { QThread::msleep(1500); });
    HttpClient http;
    std::atomic<bool> cancelled = false;
    std::thread later([&cancelled] {
        QThread::msleep(200);
        cancelled = true;
    });
    QElapsedTimer timer;
    timer.start();
    const auto reply = http.send({.url = server.url()}, Progress(nullptr, &cancelled));
    later.join();
    QCOMPARE(problemOf(reply), HttpProblem::Cancelled);
    QVERIFY(timer.elapsed() < 1000);
}

void TestHttp::theReaderMayStop()
{
    const ScriptedServer server([](QTcpSocket &socket, const QByteArray &) { write(socket, ok(QByteArray(3 << 20, 'x'))); });
    HttpClient http;
    int pieces = 0;
    const auto reply = http.receive({.url = server.url()}, [&pieces](ByteView) { return ++pieces < 2; });
    QCOMPARE(problemOf(reply), HttpProblem::Cancelled);
    QCOMPARE(pieces, 2);
}

void TestHttp::tooMuchIsRefused()
{
    const ScriptedServer server([](QTcpSocket &socket, const QByteArray &) { write(socket, ok(QByteArray(2 << 20, 'x'))); });
    HttpClient http;
    QCOMPARE(problemOf(http.send({.url = server.url(), .maxReply = 1 << 20})), HttpProblem::TooLarge);
    QVERIFY(http.send({.url = server.url(), .maxReply = 2 << 20}));
}

void TestHttp::onlyThisMachineWithoutTls()
{
    HttpClient http;
    const auto reply = http.send({.url = QUrl(QStringLiteral("http://name:secret@192.0.2.1/x?token=secret"))});
    QVERIFY(!reply);
    QCOMPARE(reply.error().problem, HttpProblem::Insecure);
    QVERIFY(reply.error().url.find("secret") == std::string::npos);
    QVERIFY(isSecure(QUrl(QStringLiteral("http://[::1]:80"))));
    QVERIFY(isSecure(QUrl(QStringLiteral("https://192.0.2.1"))));
    QVERIFY(!isSecure(QUrl(QStringLiteral("ws://localhost.example.org"))));
    QVERIFY(!isSecure(QUrl(QStringLiteral("ftp://localhost"))));
}

void TestHttp::nobodyThere()
{
    HttpClient http;
    QCOMPARE(problemOf(http.send({.url = QUrl(QStringLiteral("http://127.0.0.1:1"))})), HttpProblem::Unreachable);
}

void TestHttp::badCertificatesAreTold()
{
    const auto wrong = tlsWith({.authority = "no certificate", .clientCertificate = {}, .clientKey = {}});
    QVERIFY(!wrong);
    QCOMPARE(QByteArray(wrong.error()), QByteArray("authority"));
    QVERIFY(tlsWith({}));
}

QTEST_GUILESS_MAIN(TestHttp)
#include "test_http.moc"
