// SPDX-License-Identifier: GPL-3.0-or-later
// The server over real sockets: our own client, and bytes that no client would send.
#include "core/net/http_client.h"
#include "core/net/http_server.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <thread>

#include <sys/socket.h>

using namespace amana;
using namespace amana::net;

namespace {

ServerReply echo(const ServerRequest &request)
{
    QByteArray words = request.method + ' ' + request.path;
    for (const auto &[name, value] : request.query)
        words += '|' + name + '=' + value;
    return {.contentType = "text/x", .headers = {{"X-Seen", request.header("x-ask")}}, .body = words + '\n' + request.body};
}

std::unique_ptr<HttpServer> serve(ServeRequest handler = echo, ServerOptions options = {})
{
    auto server = HttpServer::start(std::move(options), std::move(handler));
    return server ? std::move(*server) : nullptr;
}

QUrl urlOf(const HttpServer &server, const QString &rest = QStringLiteral("/"))
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(server.port()).arg(rest));
}

/// A connection that sends what it likes.
class Raw {
public:
    explicit Raw(const HttpServer &server)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        if (!m_socket.waitForConnected(5000))
            qFatal("no connection");
    }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(5000)) {
        }
    }
    /// Everything until the other side closes, or nothing comes for that long.
    QByteArray all(int patience = 5000)
    {
        QByteArray bytes = m_socket.readAll();
        while (m_socket.state() == QAbstractSocket::ConnectedState && m_socket.waitForReadyRead(patience))
            bytes += m_socket.readAll();
        return bytes + m_socket.readAll();
    }
    bool closes(int patience)
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState || m_socket.waitForDisconnected(patience);
    }
    /// Nothing more is sent; what comes can be read (a half-closed connection).
    void endSending() { ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR); }
    QTcpSocket &socket() { return m_socket; }

private:
    QTcpSocket m_socket;
};

QByteArray statusLine(const QByteArray &reply)
{
    return reply.left(reply.indexOf("\r\n"));
}

/// The server is as good as before.
bool stillServes(const HttpServer &server)
{
    HttpClient http;
    const auto reply = http.send({.url = urlOf(server)});
    return reply && reply->status == 200;
}

} // namespace

class TestHttpServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestAndReply();
    void escapesAreLeftAlone();
    void headHasNoBody();
    void aStreamWaitsForItsReader();
    void aFailingSourceIsNeverAWhole();
    void badRequestsNeverArrive_data();
    void badRequestsNeverArrive();
    void aBodyHasALimit();
    void aSlowRequestIsCut();
    void halfAConnectionIsServed();
    void manyConnectionsAreTurnedAway();
    void manyAtOnce();
    void itEndsInOrder();
    void otherComputersNeedTls();
    void whereItCannotListen();
    void tls();
};

void TestHttpServer::requestAndReply()
{
    const auto server = serve();
    QVERIFY(server && server->port() > 0 && !server->hasTls());
    HttpClient http;
    const auto reply = http.send(
        {.url = urlOf(*server, QStringLiteral("/a/b?x=1&y=")), .method = "POST", .body = "words", .contentType = "text/x"});
    QVERIFY(reply);
    QCOMPARE(reply->status, 200);
    QCOMPARE(reply->contentType, QByteArray("text/x"));
    QCOMPARE(reply->body, QByteArray("POST /a/b|x=1|y=\nwords"));
    Raw raw(*server);
    raw.send("GET / HTTP/1.1\r\nHost: h\r\nX-ASK: seen\r\nConnection: close\r\n\r\n");
    QVERIFY(raw.all().contains("X-Seen: seen"));
}

void TestHttpServer::escapesAreLeftAlone()
{
    const auto server = serve();
    Raw raw(*server);
    raw.send("GET /a%00b%2f..%2e?q=%00%41 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const QByteArray reply = raw.all();
    QVERIFY2(reply.contains("GET /a%00b%2f..%2e|q=%00%41"), reply.constData());
}

void TestHttpServer::headHasNoBody()
{
    std::atomic<int> asked = 0;
    const auto server = serve([&asked](const ServerRequest &request) -> ServerReply {
        if (request.path == "/stream")
            return {.source = [&asked]() -> Result<QByteArray> { return ++asked > 3 ? QByteArray() : QByteArray("x"); }};
        return {.body = "twelve bytes"};
    });
    Raw raw(*server);
    raw.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nHEAD /stream HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const QByteArray reply = raw.all();
    QCOMPARE(reply.count("HTTP/1.1 200"), 2);
    QVERIFY(reply.contains("Content-Length: 12") && !reply.contains("twelve"));
    QCOMPARE(int(asked), 0);
}

void TestHttpServer::aStreamWaitsForItsReader()
{
    constexpr int kPieces = 200;
    const QByteArray piece(1 << 20, 'x');
    std::atomic<int> given = 0;
    const auto server = serve([&](const ServerRequest &) -> ServerReply {
        return {.source = [&]() -> Result<QByteArray> { return ++given > kPieces ? QByteArray() : piece; }};
    });
    HttpClient http;
    std::uint64_t received = 0;
    int ahead = 0;
    const auto reply = http.receive({.url = urlOf(*server), .maxReply = qint64(1) << 40}, [&](ByteView bytes) {
        if (received == 0)
            QThread::msleep(500); // whoever does not wait would be done by now
        received += bytes.size();
        ahead = std::max(ahead, int(given) - int(received >> 20));
        return true;
    });
    QVERIFY(reply && reply->status == 200);
    QCOMPARE(received, std::uint64_t(kPieces) << 20);
    QVERIFY2(ahead < 40, qPrintable(QString::number(ahead))); // the buffers of two sockets and of our client
}

void TestHttpServer::aFailingSourceIsNeverAWhole()
{
    const auto server = serve([](const ServerRequest &) -> ServerReply {
        const auto count = std::make_shared<int>(0); // shared by the copies of one source
        return {.source = [count]() -> Result<QByteArray> {
            return ++*count > 2 ? Result<QByteArray>(fail(ErrorCode::BlockMissing)) : QByteArray("some");
        }};
    });
    Raw raw(*server);
    raw.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    const QByteArray reply = raw.all();
    QVERIFY(reply.startsWith("HTTP/1.1 200") && reply.contains("Transfer-Encoding: chunked"));
    QVERIFY(reply.contains("some") && !reply.endsWith("0\r\n\r\n")); // the last chunk of RFC 9112, section 7.1
    QVERIFY(raw.closes(1000) && stillServes(*serve()));
}

void TestHttpServer::badRequestsNeverArrive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("status"); // empty: closed without a word, or with any refusal
    const QByteArray head = "GET / HTTP/1.1\r\nHost: h\r\n";
    QTest::newRow("noise") << QByteArray("\x00\xff\x16\x03\x01 nonsense\r\n\r\n", 19) << QByteArray();
    QTest::newRow("noLines") << QByteArray(200'000, 'a') << QByteArray();
    QTest::newRow("longPath") << "GET /" + QByteArray(200'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n" << QByteArray();
    QTest::newRow("longHeader") << head + "X: " + QByteArray(200'000, 'a') + "\r\n\r\n" << QByteArray();
    QTest::newRow("manyHeaders") << head + QByteArray("A: b\r\n").repeated(20'000) + "\r\n" << QByteArray();
    QTest::newRow("noHost") << QByteArray("GET / HTTP/1.1\r\n\r\n") << QByteArray("HTTP/1.1 400");
    QTest::newRow("old") << QByteArray("GET / HTTP/1.0\r\nHost: h\r\n\r\n") << QByteArray("HTTP/1.1 505");
    QTest::newRow("older") << QByteArray("GET /\r\n\r\n") << QByteArray();
    QTest::newRow("tooLong") << head + "Content-Length: 100000000\r\n\r\n" << QByteArray("HTTP/1.1 413");
    QTest::newRow("badLength") << head + "Content-Length: -1\r\n\r\n" << QByteArray("HTTP/1.1 400");
    QTest::newRow("noLength") << head + "Content-Length: many\r\n\r\n" << QByteArray("HTTP/1.1 400");
    QTest::newRow("huge") << head + "Content-Length: 99999999999999999999999\r\n\r\n" << QByteArray();
    QTest::newRow("badChunk") << head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" << QByteArray("HTTP/1.1 400");
}

void TestHttpServer::badRequestsNeverArrive()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, status);
    std::atomic<int> arrived = 0;
    const auto server = serve([&](const ServerRequest &request) {
        ++arrived;
        return echo(request);
    });
    QVERIFY(server);
    Raw raw(*server);
    raw.send(bytes);
    raw.endSending();
    const QByteArray reply = raw.all();
    QVERIFY2(reply.isEmpty() || !statusLine(reply).contains(" 200"), reply.left(300).constData());
    QVERIFY2(status.isEmpty() || reply.startsWith(status), reply.left(300).constData());
    QCOMPARE(int(arrived), 0);
    QVERIFY(stillServes(*server));
}

void TestHttpServer::aBodyHasALimit()
{
    const auto server = serve();
    HttpClient http;
    const auto fits = http.send({.url = urlOf(*server), .method = "POST", .body = QByteArray(64 << 10, 'x')});
    QVERIFY(fits && fits->status == 200);
    const QByteArray chunk = "1000\r\n" + QByteArray(0x1000, 'x') + "\r\n";
    Raw raw(*server);
    raw.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeated(20) + "0\r\n\r\n");
    QCOMPARE(statusLine(raw.all()).left(12), QByteArray("HTTP/1.1 413"));
    Raw endless(*server);
    endless.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 1000 && endless.socket().state() == QAbstractSocket::ConnectedState; ++i)
        endless.send(chunk);
    QVERIFY(endless.closes(5000));
    QVERIFY(stillServes(*server));
}

void TestHttpServer::aSlowRequestIsCut()
{
    ServerOptions options;
    options.arrival = std::chrono::milliseconds(700);
    const auto server = serve(echo, std::move(options));
    Raw raw(*server);
    QElapsedTimer timer;
    timer.start();
    raw.send("GET / HTTP/1.1\r\nHost: h\r\nX: ");
    while (raw.socket().state() == QAbstractSocket::ConnectedState && timer.elapsed() < 10'000) {
        raw.socket().write("a"); // something moves all the time
        raw.closes(50);
    }
    QVERIFY2(timer.elapsed() >= 600 && timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(stillServes(*server));
}

void TestHttpServer::halfAConnectionIsServed()
{
    const auto server = serve();
    Raw gone(*server); // in the middle of a request
    gone.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nfive.");
    gone.endSending();
    QVERIFY(!gone.all().startsWith("HTTP/1.1 200"));
    Raw half(*server);
    half.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    half.endSending();
    QVERIFY(half.all().startsWith("HTTP/1.1 200"));
    QVERIFY(stillServes(*server));
}

void TestHttpServer::manyConnectionsAreTurnedAway()
{
    ServerOptions options;
    options.connectionsPerAddress = 4;
    const auto server = serve(echo, std::move(options));
    std::vector<std::unique_ptr<Raw>> held;
    for (int i = 0; i < 4; ++i) {
        held.push_back(std::make_unique<Raw>(*server));
        held.back()->send("GET / HTTP/1.1\r\n"); // and waits
    }
    Raw fifth(*server);
    QVERIFY(fifth.closes(3000));
    held.clear();
    for (int i = 0; i < 100 && !stillServes(*server); ++i)
        QThread::msleep(20);
    QVERIFY(stillServes(*server));
}

void TestHttpServer::manyAtOnce()
{
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    const auto server = serve([&](const ServerRequest &request) {
        most = std::max(int(most), ++now);
        QThread::msleep(20); // a handler may block
        --now;
        return echo(request);
    });
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            HttpClient http;
            for (int n = 0; n < 20; ++n) {
                const auto reply = http.send({.url = urlOf(*server)});
                good += reply && reply->status == 200 ? 1 : 0;
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(int(good), 160);
    QVERIFY(most > 1);
}

void TestHttpServer::itEndsInOrder()
{
    std::atomic<bool> inside = false;
    auto server = serve([&](const ServerRequest &request) {
        inside = true;
        QThread::msleep(400);
        return echo(request);
    });
    const QUrl url = urlOf(*server);
    std::atomic<int> status = 0;
    std::thread client([&] {
        HttpClient http;
        const auto reply = http.send({.url = url});
        status = reply ? reply->status : -1;
    });
    QTRY_VERIFY(inside);
    QElapsedTimer timer;
    timer.start();
    server.reset();
    client.join();
    QCOMPARE(int(status), 200); // what was under way was answered
    QVERIFY(timer.elapsed() < 3000);
    HttpClient http;
    QVERIFY(!http.send({.url = url}));

    // An endless stream is cut when the patience is over.
    ServerOptions options;
    options.grace = std::chrono::milliseconds(200);
    auto endless = serve([](const ServerRequest &) -> ServerReply {
        return {.source = []() -> Result<QByteArray> { return QByteArray(1000, 'x'); }};
    }, std::move(options));
    Raw raw(*endless);
    raw.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(raw.socket().waitForReadyRead(5000));
    timer.start();
    endless.reset();
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

void TestHttpServer::otherComputersNeedTls()
{
    for (const char *address : {"0.0.0.0", "::", "192.0.2.1", "::ffff:127.0.0.1"}) {
        const auto refused = HttpServer::start({.address = address}, echo);
        QVERIFY(!refused);
        QCOMPARE(errorId(refused.error().code), errorId(ErrorCode::GatewayNeedsTls));
        QCOMPARE(refused.error().param("address"), std::string(address));
    }
    QVERIFY(HttpServer::start({.address = "127.0.0.2"}, echo));
}

void TestHttpServer::whereItCannotListen()
{
    const auto first = serve();
    const auto taken = HttpServer::start({.port = first->port()}, echo);
    QVERIFY(!taken && taken.error().code == ErrorCode::GatewayCannotListen);
    QCOMPARE(taken.error().param("port"), std::to_string(first->port()));
    for (const char *address : {"", "nowhere.invalid", "1.2.3.4.5", "127.0.0.1:80"}) {
        const auto wrong = HttpServer::start({.address = address}, echo);
        QVERIFY2(!wrong && wrong.error().code == ErrorCode::GatewayCannotListen, address);
    }
    const auto junk =
        HttpServer::start({.certificate = "junk", .key = SecretBytes::fromText("junk")}, echo);
    QVERIFY(!junk && junk.error().code == ErrorCode::GatewayCannotListen);
    const auto half = HttpServer::start({.certificate = "junk"}, echo);
    QVERIFY(!half && half.error().code == ErrorCode::GatewayCannotListen);
}

void TestHttpServer::tls()
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key.pem"));
    const QString certificate = folder.filePath(QStringLiteral("certificate.pem"));
    QCOMPARE(QProcess::execute(QStringLiteral("openssl"),
                               {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                                "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
                                "subjectAltName=IP:127.0.0.1"}),
             0);
    const auto read = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray pem = read(certificate);
    ServerOptions options{.address = "0.0.0.0", .certificate = pem, .key = SecretBytes(bytesOf(read(key)))};
    const auto server = serve(echo, std::move(options));
    QVERIFY(server && server->hasTls());
    const QUrl url(QStringLiteral("https://127.0.0.1:%1/x").arg(server->port()));
    const auto trusted = tlsWith({.authority = pem, .clientCertificate = {}, .clientKey = {}});
    QVERIFY(trusted.has_value());
    HttpClient knows(*trusted);
    const auto reply = knows.send({.url = url});
    QVERIFY(reply && reply->status == 200);
    HttpClient stranger;
    const auto refused = stranger.send({.url = url});
    QVERIFY(!refused && refused.error().problem == HttpProblem::Untrusted);
    Raw plain(*server);
    plain.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(!plain.all().startsWith("HTTP/1.1 200"));
    QVERIFY(knows.send({.url = url}));
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "test_http_server.moc"
