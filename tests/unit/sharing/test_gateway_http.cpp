// SPDX-License-Identifier: GPL-3.0-or-later
// The guarded gateway over HTTP: its own client, a client that knows the specification only, and servers that are not the
// gateway that was chosen.
#include "core/content/car.h"
#include "core/net/http_client.h"
#include "core/sharing/gateway_pass.h"
#include "gateway_fixture.h"
#include "scripted_server.h"
#include "test_result.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace amana;
using namespace amana::sharing;
using namespace amana::sharing::test;
using amana::test::outcome;
using amana::test::ScriptedServer;
using nlohmann::json;

namespace {

/// A gateway that listens, and somebody who asks it.
struct Listening {
    std::shared_ptr<GatewayService *> service = std::make_shared<GatewayService *>(nullptr); // set when the port is known
    std::unique_ptr<net::HttpServer> server;
    std::unique_ptr<Gateway> gateway;
    QUrl url;
    QTemporaryDir folder{folderPattern()};
    std::unique_ptr<content::BlockStore> store;

    explicit Listening(std::uint64_t range = 16u << 20)
    {
        server = std::move(*net::HttpServer::start({}, [service = service](const net::ServerRequest &request) {
            return (*service)->answer(request);
        }));
        const std::string host = "127.0.0.1:" + std::to_string(server->port());
        gateway = std::make_unique<Gateway>(GatewaySettings{.host = host, .range = range});
        *service = gateway->service.get();
        url = QUrl(QString::fromStdString("http://" + host));
        store = std::move(*content::BlockStore::open(folder.path()));
    }
    ~Listening() { server.reset(); }

    [[nodiscard]] PassSigner signer() const { return {gateway->client, kChain, contractAddress(), gateway->clock}; }
    [[nodiscard]] GuardedGateway chosen() const { return {.url = url, .key = gateway->key.address()}; }
    [[nodiscard]] Result<GatewayPass> pass(std::uint64_t request = 1) const
    {
        return passFor(signer(), chosen(), request, request == 2 ? gateway->data.two : gateway->data.one);
    }
    [[nodiscard]] net::HttpReply get(const QString &path, const QByteArray &authorization = {}, const QByteArray &accept = {},
                                     const QByteArray &method = "GET") const
    {
        net::HttpClient http;
        QUrl where = url.resolved(QUrl(path));
        const auto reply = http.send({.url = where, .method = method, .authorization = authorization, .accept = accept});
        return reply ? *reply : net::HttpReply{};
    }
    [[nodiscard]] QString path(const content::Cid &cid, const char *query = "?format=raw") const
    {
        return QStringLiteral("/ipfs/") + QString::fromStdString(cid.text()) + QLatin1String(query);
    }
};

std::string codeIn(const QByteArray &body)
{
    const json object = json::parse(body.constBegin(), body.constEnd(), nullptr, false);
    return object.is_object() && object.contains("error") ? object["error"]["code"].get<std::string>() : std::string();
}

/// A server that gives a challenge which somebody has tampered with.
struct Impostor {
    crypto::SigningKey key = crypto::SigningKey::generate();
    std::function<void(GatewayChallenge &)> change;
    bool signsAgain = true;
    std::atomic<int> proofs = 0;
    SetClock clock;
    std::uint16_t port = 0;
    ScriptedServer server;

    Impostor() : server([this](QTcpSocket &socket, const QByteArray &request) { talk(socket, request); }) {}

    void talk(QTcpSocket &socket, const QByteArray &request)
    {
        const auto asked = askedFromJson(request.mid(request.indexOf("\r\n\r\n") + 4));
        if (!asked) {
            ++proofs;
            return amana::test::write(socket, amana::test::ok("{\"token\":\"abc\",\"expires\":1700000300}"));
        }
        const auto now = static_cast<std::uint64_t>(clock.seconds);
        GatewayChallenge challenge{{"127.0.0.1:" + std::to_string(server.url().port()), key.address(), asked->request,
                                    asked->root.text(), asked->client, Digest{1}, now, now + 60},
                                   kChain,
                                   contractAddress(),
                                   {}};
        if (!signsAgain)
            challenge.signature = sign(challenge);
        if (change)
            change(challenge);
        if (signsAgain)
            challenge.signature = sign(challenge);
        amana::test::write(socket, amana::test::ok(challengeToJson(challenge)));
    }
    [[nodiscard]] QByteArray sign(const GatewayChallenge &challenge) const
    {
        return chain::signTypedData(challenge.message.challengeHash(), challenge.chainId, challenge.contract, key);
    }
};

} // namespace

class TestGatewayHttp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWholeDatasetComes();
    void asTheSpecificationSays();
    void whatIsNotOffered_data();
    void whatIsNotOffered();
    void withoutProofNothing();
    void outsideIsNotGiven();
    void revokedInTheMiddle();
    void aBlockThatGoesMissingCutsTheArchive();
    void refusalsReachTheClient();
    void impostors_data();
    void impostors();
    void answersThatMakeNoSense_data();
    void answersThatMakeNoSense();
    void hostileBodies_data();
    void hostileBodies();
    void nothingOfTheInsideIsTold();
};

void TestGatewayHttp::aWholeDatasetComes()
{
    const Listening at;
    TEST_VALUE(const auto report, fetchGuarded(at.signer(), at.chosen(), 1, at.gateway->data.one, *at.store));
    QCOMPARE(report.fetched, std::uint64_t(9));
    TEST_OK(at.store->pin(at.gateway->data.one, "whole"));
    TEST_OK(at.gateway->guard->flush());
    std::uint64_t bytes = 0;
    for (const GatewayEvent &event : at.gateway->events())
        bytes += event.bytes;
    QCOMPARE(bytes, report.fetchedBytes);
    TEST_VALUE(const auto again, fetchGuarded(at.signer(), at.chosen(), 1, at.gateway->data.one, *at.store));
    QCOMPARE(again.fetched, std::uint64_t(0));
}

void TestGatewayHttp::asTheSpecificationSays()
{
    const Listening at;
    TEST_VALUE(const GatewayPass pass, at.pass());
    const content::Cid &root = at.gateway->data.one;
    const auto raw = at.get(at.path(root), pass.gateway.authorization);
    QCOMPARE(raw.status, 200);
    QCOMPARE(raw.contentType, QByteArray("application/vnd.ipld.raw"));
    TEST_OK(content::BlockSource::verify(root, bytesOf(raw.body)));
    const auto accepted = at.get(at.path(root, ""), pass.gateway.authorization, "application/vnd.ipld.raw");
    QCOMPARE(accepted.body, raw.body);
    const auto wins = at.get(at.path(root, "?format=raw"), pass.gateway.authorization, "application/vnd.ipld.car");
    QCOMPARE(wins.body, raw.body);

    QBuffer expected;
    expected.open(QIODevice::WriteOnly);
    TEST_OK(content::writeCar(*at.gateway->data.store, root, expected));
    const auto car = at.get(at.path(root, "?format=car&dag-scope=all&car-version=1&car-order=dfs&car-dups=n"),
                            pass.gateway.authorization);
    QCOMPARE(car.contentType, QByteArray("application/vnd.ipld.car; version=1; order=dfs; dups=n"));
    QVERIFY(car.body == expected.data());
    const auto byAccept = at.get(at.path(root, ""), pass.gateway.authorization,
                                 "text/html, application/vnd.ipld.car;version=2, application/vnd.ipld.car; order=\"dfs\"");
    QVERIFY(byAccept.body == expected.data());
    for (const auto &[query, blocks] : {std::pair("?format=car&dag-scope=block", 1), {"?format=car&dag-scope=entity", 1}}) {
        const auto part = at.get(at.path(root, query), pass.gateway.authorization);
        QByteArray bytes = part.body;
        QBuffer in(&bytes);
        in.open(QIODevice::ReadOnly);
        content::MemoryBlocks taken;
        TEST_VALUE(const auto contents, content::readCar(in, taken));
        QCOMPARE(contents.blocks, std::uint64_t(blocks));
        QCOMPARE(contents.roots.front(), root);
    }
    const auto file = at.get(at.path(at.gateway->data.ofOne, "?format=car&dag-scope=entity"), pass.gateway.authorization);
    QVERIFY(file.body.size() > 5'000'000);
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), at.server->port());
    QVERIFY(socket.waitForConnected());
    amana::test::write(socket, "HEAD " + at.path(root).toLatin1() + " HTTP/1.1\r\nHost: h\r\nAuthorization: "
                                   + pass.gateway.authorization + "\r\nConnection: close\r\n\r\n");
    while (socket.waitForReadyRead(5000)) {
    }
    const QByteArray head = socket.readAll();
    const QByteArray tag = QByteArray::fromStdString(root.text()) + ".raw";
    for (const QByteArray &line : {QByteArray("HTTP/1.1 200 OK"), "Content-Length: " + QByteArray::number(raw.body.size()),
                                   QByteArray("Content-Type: application/vnd.ipld.raw"), "Etag: \"" + tag + '"',
                                   "Content-Disposition: attachment; filename=\"" + tag + '"',
                                   QByteArray("Cache-Control: private, no-store"),
                                   QByteArray("X-Content-Type-Options: nosniff")})
        QVERIFY2(head.contains(line + "\r\n"), head.constData());
    QVERIFY(head.endsWith("\r\n\r\n"));
}

void TestGatewayHttp::whatIsNotOffered_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    const QString good = QStringLiteral("/ipfs/bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
    const auto row = [&](const char *name, const QString &path, int status, const char *method = "GET") {
        QTest::newRow(name) << QByteArray(method) << path << status;
    };
    row("root", QStringLiteral("/"), 404);
    row("ipns", QStringLiteral("/ipns/example.org?format=raw"), 404);
    row("path", good + QStringLiteral("/parts/0.age?format=raw"), 404);
    row("dots", QStringLiteral("/ipfs/..%2f..%2fetc/passwd?format=raw"), 404);
    row("noCid", QStringLiteral("/ipfs/?format=raw"), 400);
    row("notACid", QStringLiteral("/ipfs/hello?format=raw"), 400);
    row("version0", QStringLiteral("/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG?format=raw"), 400);
    row("nul", good.left(20) + QStringLiteral("%00?format=raw"), 400);
    row("noFormat", good, 406);
    row("tar", good + QStringLiteral("?format=tar"), 400);
    row("emptyFormat", good + QStringLiteral("?format="), 400);
    row("dups", good + QStringLiteral("?format=car&car-dups=y"), 400);
    row("version2", good + QStringLiteral("?format=car&car-version=2"), 400);
    row("part", good + QStringLiteral("?format=car&entity-bytes=5:9"), 400);
    row("scope", good + QStringLiteral("?format=car&dag-scope=moon"), 400);
    row("put", good + QStringLiteral("?format=raw"), 405, "PUT");
    row("post", good + QStringLiteral("?format=raw"), 405, "POST");
    row("getChallenge", QStringLiteral("/amana/v1/challenge"), 405);
    row("getToken", QStringLiteral("/amana/v1/token"), 405);
    row("good", good + QStringLiteral("?format=raw"), 401);
}

void TestGatewayHttp::whatIsNotOffered()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(int, status);
    const Listening at;
    const auto reply = at.get(path, {}, {}, method);
    QCOMPARE(reply.status, status);
    QCOMPARE(codeIn(reply.body), std::string(status == 401 ? "gateway.noProof" : "ipfs.refused"));
    QCOMPARE(reply.contentType, QByteArray("application/json"));
}

void TestGatewayHttp::withoutProofNothing()
{
    const Listening at;
    for (const QByteArray &header : {QByteArray(), QByteArray("Basic dXNlcjpwYXNz"), QByteArray("Bearer"),
                                     "Bearer " + QByteArray(5000, 'a')}) {
        const auto reply = at.get(at.path(at.gateway->data.one), header);
        QVERIFY(reply.status == 401 && codeIn(reply.body) == "gateway.noProof");
    }
    for (const QByteArray &header : {QByteArray("Bearer x"), QByteArray("Bearer ' OR 1=1")}) {
        const auto reply = at.get(at.path(at.gateway->data.one), header);
        QVERIFY(reply.status == 401 && codeIn(reply.body) == "gateway.expired");
    }
    QCOMPARE(at.gateway->contract.asked, 0);
}

void TestGatewayHttp::outsideIsNotGiven()
{
    const Listening at;
    TEST_VALUE(const GatewayPass pass, at.pass(2));
    for (const content::Cid &cid : {at.gateway->data.one, at.gateway->data.ofOne})
        for (const char *query : {"?format=raw", "?format=car"}) {
            const auto reply = at.get(at.path(cid, query), pass.gateway.authorization);
            QVERIFY(reply.status == 404 && codeIn(reply.body) == "gateway.outside");
        }
    QCOMPARE(at.get(at.path(at.gateway->data.shared), pass.gateway.authorization).status, 200);
    TEST_OK(content::GatewayBlocks(pass.gateway).get(at.gateway->data.two));
}

void TestGatewayHttp::revokedInTheMiddle()
{
    const Listening at(1 << 20); // asked again after each MiB
    at.gateway->contract.onAsk = [&at](int asked) {
        if (asked == 4)
            at.gateway->contract.grants[1].allowed = false;
    };
    const auto fetched = fetchGuarded(at.signer(), at.chosen(), 1, at.gateway->data.one, *at.store);
    QCOMPARE(outcome(fetched), "gateway.noGrant");
    TEST_VALUE(const std::uint64_t kept, at.store->totalBytes());
    QVERIFY2(kept > 0 && kept < 4'000'000, qPrintable(QString::number(kept)));
    at.gateway->contract.onAsk = nullptr;
    at.gateway->contract.grants[1].allowed = true; // approved anew: it goes on
    TEST_VALUE(const auto rest, fetchGuarded(at.signer(), at.chosen(), 1, at.gateway->data.one, *at.store));
    QVERIFY(rest.present > 0 && rest.fetched > 0);
    TEST_OK(at.store->pin(at.gateway->data.one, "whole"));
}

void TestGatewayHttp::aBlockThatGoesMissingCutsTheArchive()
{
    const Listening at;
    TEST_VALUE(const GatewayPass pass, at.pass());
    QCOMPARE(at.get(at.path(at.gateway->data.one), pass.gateway.authorization).status, 200); // known as whole from here
    TEST_OK(at.gateway->data.store->remove(at.gateway->data.shared));
    const auto missing = at.get(at.path(at.gateway->data.shared), pass.gateway.authorization);
    QVERIFY(missing.status == 404 && codeIn(missing.body) == "content.blockMissing");
    const auto gone = fetchGuarded(at.signer(), at.chosen(), 1, at.gateway->data.one, *at.store);
    QCOMPARE(outcome(gone), "ipfs.notFound");
    QCOMPARE(gone.error().param("cid"), at.gateway->data.shared.text());
}

void TestGatewayHttp::refusalsReachTheClient()
{
    const Listening at;
    const auto refused = at.pass(4);
    QCOMPARE(outcome(refused), "gateway.noGrant");
    QCOMPARE(refused.error().param("request"), std::string("4"));
    QCOMPARE(outcome(at.pass(99)), "gateway.noGrant");
    at.gateway->contract.reachable = false;
    QCOMPARE(outcome(at.pass()), "ipfs.refused");
    at.gateway->contract.reachable = true;
    for (int i = 0; i < 57; ++i)
        static_cast<void>(at.pass());
    QCOMPARE(outcome(at.pass()), "ipfs.refused"); // too many
    const GuardedGateway nobody{.url = QUrl(QStringLiteral("http://127.0.0.1:1")), .key = at.gateway->key.address()};
    QCOMPARE(outcome(passFor(at.signer(), nobody, 1, at.gateway->data.one)), "ipfs.unreachable");
    const GuardedGateway plain{.url = QUrl(QStringLiteral("http://192.0.2.1:8080")), .key = at.gateway->key.address()};
    QCOMPARE(outcome(passFor(at.signer(), plain, 1, at.gateway->data.one)), "ipfs.insecure");
    Listening late;
    SetClock ahead;
    ahead.seconds = late.gateway->clock.seconds + 150;
    const PassSigner apart{late.gateway->client, kChain, contractAddress(), ahead};
    QCOMPARE(outcome(passFor(apart, late.chosen(), 1, late.gateway->data.one)), "gateway.expired");
}

void TestGatewayHttp::impostors_data()
{
    QTest::addColumn<std::function<void(GatewayChallenge &)>>("change");
    QTest::addColumn<bool>("signsAgain");
    QTest::addColumn<std::string>("part");
    using Change = std::function<void(GatewayChallenge &)>;
    const auto row = [](const char *name, const Change &change, const char *part, bool signsAgain = true) {
        QTest::newRow(name) << change << signsAgain << std::string(part);
    };
    row("host", [](GatewayChallenge &c) { c.message.gateway = "other.test:443"; }, "host");
    row("port", [](GatewayChallenge &c) { c.message.gateway = "127.0.0.1:1"; }, "host");
    row("key", [](GatewayChallenge &c) { c.message.key[0] ^= 1; }, "key");
    row("chain", [](GatewayChallenge &c) { c.chainId = 1; }, "chain");
    row("contract", [](GatewayChallenge &c) { c.contract[0] ^= 1; }, "contract");
    row("request", [](GatewayChallenge &c) { c.message.request = 2; }, "request");
    row("dataset", [](GatewayChallenge &c) { c.message.cid.back() = 'a'; }, "dataset");
    row("client", [](GatewayChallenge &c) { c.message.client[0] ^= 1; }, "client");
    row("tooLong", [](GatewayChallenge &c) { c.message.expires += 1; }, "time");
    row("never", [](GatewayChallenge &c) { c.message.expires = UINT64_MAX; }, "time");
    row("backwards", [](GatewayChallenge &c) { c.message.expires = c.message.issued - 1; }, "time");
    row("nonce", [](GatewayChallenge &c) { c.message.nonce[0] ^= 1; }, "signature", false);
    row("unsigned", [](GatewayChallenge &c) { c.signature.clear(); }, "signature", false);
    row("asAProof", [](GatewayChallenge &c) { c.signature[0] = char(~c.signature[0]); }, "signature", false);
    row("honest", [](GatewayChallenge &) {}, "");
}

void TestGatewayHttp::impostors()
{
    QFETCH(std::function<void(GatewayChallenge &)>, change);
    QFETCH(bool, signsAgain);
    QFETCH(std::string, part);
    Impostor impostor;
    impostor.change = change;
    impostor.signsAgain = signsAgain;
    const crypto::SigningKey client = crypto::SigningKey::generate();
    const PassSigner signer{client, kChain, contractAddress(), impostor.clock};
    QUrl url = impostor.server.url();
    url.setPath(QString());
    const content::Cid root = content::Cid::of(content::Codec::DagPb, bytesOf(std::string_view("root")));
    const auto pass = passFor(signer, {.url = url, .key = impostor.key.address()}, 1, root);
    if (part.empty()) {
        TEST_OK(pass);
        QCOMPARE(pass->gateway.authorization, QByteArray("Bearer abc"));
        QCOMPARE(int(impostor.proofs), 1);
        return;
    }
    QCOMPARE(outcome(pass), "gateway.impostor");
    QCOMPARE(pass.error().param("part"), part);
    QCOMPARE(int(impostor.proofs), 0); // nothing was signed
}

void TestGatewayHttp::answersThatMakeNoSense_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char *name, const QByteArray &reply, const char *error = "ipfs.badReply") {
        QTest::newRow(name) << reply << std::string(error);
    };
    row("empty", amana::test::ok({}));
    row("text", amana::test::ok("hello"));
    row("list", amana::test::ok("[]"));
    row("members", amana::test::ok("{\"gateway\":1,\"key\":null}"));
    row("deep", amana::test::ok(QByteArray(30'000, '[')));
    row("big", amana::test::ok(QByteArray(1 << 20, ' ')));
    row("html", amana::test::ok("<html>", "404 Not Found"));
    row("redirect", amana::test::ok({}, "302 Found"));
    row("other", amana::test::ok("{\"error\":{\"code\":\"vault.corrupt\",\"params\":{}}}", "400 Bad Request"));
    row("notOurs", amana::test::ok("{\"error\":{\"code\":\"gateway.impostor\"}}", "403 Forbidden"));
    row("ours", amana::test::ok("{\"error\":{\"code\":\"gateway.noGrant\",\"params\":{\"request\":\"<b>77</b>\"}}}", "403 Forbidden"),
        "gateway.noGrant");
    row("broken", amana::test::ok("oops", "500 Internal Server Error"), "ipfs.refused");
}

void TestGatewayHttp::answersThatMakeNoSense()
{
    QFETCH(QByteArray, reply);
    QFETCH(std::string, error);
    const ScriptedServer server([&](QTcpSocket &socket, const QByteArray &) { amana::test::write(socket, reply); });
    const crypto::SigningKey client = crypto::SigningKey::generate();
    const SetClock clock;
    const auto pass = passFor({client, kChain, contractAddress(), clock}, {.url = server.url(), .key = client.address()}, 1,
                              content::Cid());
    QCOMPARE(outcome(pass), error);
    QVERIFY(pass.error().debugString().find("<b>") == std::string::npos); // words of others stay out
}

void TestGatewayHttp::hostileBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"", "null", "[]", "{}", "{\"request\":-1}", "{\"request\":1e99,\"cid\":\"\",\"client\":\"\"}",
                             "{\"request\":1,\"cid\":{},\"client\":[]}", "{\"nonce\":\"zz\",\"signature\":1}",
                             "{\"request\":1,\"cid\":\"bafy\",\"client\":\"0x00\"}", "\xff\xfe", "{\"request\":1"})
        QTest::newRow(body) << QByteArray(body);
    QTest::newRow("deep") << QByteArray(60'000, '[');
    QTest::newRow("deepObjects") << QByteArray("{\"a\":").repeated(10'000);
    QTest::newRow("long") << "{\"nonce\":\"" + QByteArray(60'000, 'a') + "\",\"signature\":\"\"}";
}

void TestGatewayHttp::hostileBodies()
{
    QFETCH(QByteArray, body);
    const Listening at;
    net::HttpClient http;
    for (const char *path : {kChallengePath, kTokenPath}) {
        QUrl url = at.url;
        url.setPath(QLatin1String(path));
        const auto reply = http.send({.url = url, .method = "POST", .body = body, .contentType = "application/json"});
        QVERIFY(reply && reply->status == 400 && codeIn(reply->body) == "ipfs.refused");
    }
    TEST_OK(at.pass());
}

void TestGatewayHttp::nothingOfTheInsideIsTold()
{
    const Listening at;
    at.gateway->contract.reachable = false;
    TEST_VALUE(const GatewayChallenge challenge, at.gateway->challenge(1, "127.0.0.1"));
    net::HttpClient http;
    QUrl url = at.url;
    url.setPath(QLatin1String(kTokenPath));
    const auto reply =
        http.send({.url = url,
                   .method = "POST",
                   .body = gatewayProofToJson({challenge.message.nonce, Gateway::proof(challenge.message, at.gateway->client)})});
    QVERIFY(reply && reply->status == 503);
    QVERIFY2(!reply->body.contains("node.invalid") && !reply->body.contains("chain"), reply->body.constData());
}

QTEST_GUILESS_MAIN(TestGatewayHttp)
#include "test_gateway_http.moc"
