// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/code_check.h"
#include "core/chain/node_errors.h"
#include "core/chain/rpc.h"
#include "core/crypto/keccak.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace amana;
using namespace amana::chain;
using nlohmann::json;

namespace {

/// A node that says what it is told, in a thread of its own; keeps the last request.
class FakeNode : public QThread {
public:
    explicit FakeNode(QByteArray answer) : m_answer(std::move(answer))
    {
        start();
        while (m_port == 0)
            usleep(100);
    }
    ~FakeNode() override
    {
        quit();
        wait();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    QByteArray request() const { return m_request; }

protected:
    void run() override
    {
        QTcpServer server;
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
            QTcpSocket *const socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                m_request += socket->readAll();
                if (m_answer.isEmpty() || !m_request.contains("}"))
                    return;
                socket->write(m_answer);
                socket->disconnectFromHost();
            });
        });
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        exec();
    }

private:
    QByteArray m_answer;
    QByteArray m_request;
    std::atomic<int> m_port = 0;
};

/// JSON for people: ' stands for ". (Qt's moc stumbles over raw strings.)
QByteArray quoted(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

QByteArray http(const QByteArray &body, const char *status = "200 OK")
{
    return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Type: application/json\r\nContent-Length: "
           + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

Result<json> ask(const QByteArray &answer)
{
    const FakeNode node(answer);
    return JsonRpc(node.url(), std::chrono::seconds(2)).call("eth_call", json::array());
}

} // namespace

class TestRpc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksAndReads()
    {
        const FakeNode node(http(quoted("{'jsonrpc':'2.0','id':1,'result':'0x2a'}")));
        const auto reply = JsonRpc(node.url()).call("eth_blockNumber", json::array());
        QVERIFY(reply);
        QCOMPARE(reply->get<std::string>(), "0x2a");
        QVERIFY(node.request().startsWith("POST / HTTP/1.1"));
        QVERIFY(node.request().contains("User-Agent: Amana/"));
        QVERIFY(!node.request().contains("Mozilla"));
        QVERIFY(!node.request().contains("Origin"));
    }

    void answersThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("text") << http("hello");
        QTest::newRow("empty") << http("");
        QTest::newRow("cut") << http(quoted("{'jsonrpc':'2.0','id':1,'resu"));
        QTest::newRow("no result") << http(quoted("{'jsonrpc':'2.0','id':1}"));
        QTest::newRow("list") << http("[1,2]");
        QTest::newRow("deep") << http(QByteArray(200000, '['));
        QTest::newRow("page") << http("<html>403 Forbidden</html>", "403 Forbidden");
        QTest::newRow("redirect") << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                                                "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }
    void answersThatAreNone()
    {
        QFETCH(QByteArray, answer);
        const auto reply = ask(answer);
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::ChainBadReply);
    }

    // Each node puts revert data elsewhere.
    void refusalsAreReadFromWhereverTheyAre_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const QByteArray &error, ErrorCode code) {
            QTest::newRow(name) << error << static_cast<int>(code);
        };
        const QByteArray data = "0xd38dc0a8"; // not known
        row("text", quoted("{'code':3,'message':'execution reverted','data':'") + data + quoted("'}"),
            ErrorCode::ContractUnknownError);
        row("object", quoted("{'code':-32000,'message':'x','data':{'data':'") + data + quoted("'}}"),
            ErrorCode::ContractUnknownError);
        row("original error",
            quoted("{'code':-32603,'message':'x','data':{'originalError':{'data':'") + data + quoted("'}}}"),
            ErrorCode::ContractUnknownError);
        row("no data", quoted("{'code':3,'message':'execution reverted'}"), ErrorCode::ChainReverted);
        row("nonce", quoted("{'code':-32000,'message':'Nonce too low'}"), ErrorCode::ChainNonce);
        row("funds", quoted("{'code':-32000,'message':'insufficient funds for gas * price + value'}"),
            ErrorCode::ChainUnderfunded);
        row("other", quoted("{'code':-32601,'message':'method not found'}"), ErrorCode::ChainRpcError);
        row("no object", quoted("'no'"), ErrorCode::ChainRpcError);
        row("strange members", quoted("{'code':'x','message':7,'data':[1]}"), ErrorCode::ChainRpcError);
    }
    void refusalsAreReadFromWhereverTheyAre()
    {
        QFETCH(QByteArray, error);
        QFETCH(int, code);
        const auto reply = ask(http(quoted("{'jsonrpc':'2.0','id':1,'error':") + error + "}"));
        QVERIFY(!reply);
        QCOMPARE(static_cast<int>(reply.error().code), code);
    }

    void aBatchIsOneArray()
    {
        const QByteArray text = encodeRequests({{"a", json::array()}, {"b", {"x"}}});
        const json sent = json::parse(text.begin(), text.end());
        QCOMPARE(sent.size(), std::size_t(2));
        QCOMPARE(sent[1]["method"].get<std::string>(), "b");
        QCOMPARE(sent[0]["id"].get<int>(), 1);
        QCOMPARE(sent[1]["id"].get<int>(), 2);
        const FakeNode node(http(quoted("[{'id':2,'error':{'code':5,'message':'no'}},{'id':1,'result':'0x1'}]")));
        const auto answers = JsonRpc(node.url()).batch({{"a", json::array()}, {"b", json::array()}});
        QVERIFY(answers);
        QCOMPARE((*answers)[0].result.get<std::string>(), "0x1"); // in the order of the questions
        QCOMPARE((*answers)[1].error->code, std::int64_t(5));
    }

    void batchesThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("what");
        const auto row = [](const char *name, const char *text, const char *what) {
            QTest::newRow(name) << quoted(text) << QByteArray(what);
        };
        row("one lacks", "[{'id':1,'result':1},{'id':2,'result':2}]", "shape");
        row("one too many", "[{'id':1,'result':1},{'id':2,'result':2},{'id':3,'result':3},{'id':3,'result':4}]",
            "shape");
        row("twice", "[{'id':1,'result':1},{'id':2,'result':2},{'id':2,'result':3}]", "id");
        row("of others", "[{'id':1,'result':1},{'id':2,'result':2},{'id':4,'result':3}]", "id");
        row("id as text", "[{'id':1,'result':1},{'id':2,'result':2},{'id':'3','result':3}]", "id");
        row("negative id", "[{'id':1,'result':1},{'id':2,'result':2},{'id':-1,'result':3}]", "id");
        row("no id", "[{'id':1,'result':1},{'id':2,'result':2},{'result':3}]", "id");
        row("no objects", "[1,2,3]", "id");
        row("neither", "[{'id':1,'result':1},{'id':2,'result':2},{'id':3}]", "shape");
        row("one object", "{'id':1,'result':1}", "shape");
        row("no JSON", "[{'id':1,", "json");
    }
    void batchesThatAreNone()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, what);
        const auto answers = decodeReplies(body, 3);
        QVERIFY(!answers);
        QCOMPARE(answers.error().code, ErrorCode::ChainBadReply);
        QCOMPARE(QByteArray::fromStdString(answers.error().param("what")), what);
    }

    void aNodeMayRefuseTheWholeBatch()
    {
        const auto answers =
            decodeReplies(quoted("{'id':null,'error':{'code':-32600,'message':'batch too large'}}"), 3);
        QVERIFY(answers);
        QCOMPARE(answers->size(), std::size_t(3));
        for (const RpcAnswer &answer : *answers)
            QCOMPARE(answer.error->message, std::string("batch too large"));
    }

    void anAnswerToAnotherQuestionIsNone()
    {
        const auto reply = ask(http(quoted("{'jsonrpc':'2.0','id':7,'result':'0x2a'}")));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::ChainBadReply);
        QCOMPARE(reply.error().param("what"), std::string("id"));
    }

    void howNodesTakeTransactions_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<int>("admission");
        const auto row = [](const char *words, Admission admission) {
            QTest::newRow(words) << QByteArray(words) << static_cast<int>(admission);
        };
        row("already known", Admission::Accepted);                               // geth
        row("transaction already imported", Admission::Accepted);                // anvil
        row("Known transaction", Admission::Accepted);                           // Besu
        row("nonce too low: next nonce 5, tx nonce 4", Admission::NonceUsed);    // geth
        row("nonce too low", Admission::NonceUsed);                              // anvil
        row("Nonce too low", Admission::NonceUsed);                              // Besu
        row("replacement transaction underpriced", Admission::Underpriced);      // geth, anvil
        row("Replacement transaction underpriced", Admission::Underpriced);      // Besu
        row("transaction underpriced: tip needed 1", Admission::Refused);        // geth: below its minimum
        row("insufficient funds for gas * price + value", Admission::Refused);   // geth
        row("Upfront cost exceeds account balance", Admission::Refused);         // Besu
        row("intrinsic gas too low", Admission::Refused);
        row("", Admission::Refused);
    }
    void howNodesTakeTransactions()
    {
        QFETCH(QByteArray, words);
        QFETCH(int, admission);
        QCOMPARE(static_cast<int>(admissionOf({-32000, words.toStdString(), {}})), admission);
    }

    void codeWithImmutables()
    {
        const QByteArray code = fromHex("6001aabb02ccdd03").value();
        const QByteArray masked = fromHex("6001000002000003").value();
        const Digest hash = crypto::keccak256(bytesOf(masked));
        const std::vector<ImmutableRange> ranges{{2, 2}, {5, 2}};
        QVERIFY(codeMatches(bytesOf(code), hash, ranges));
        QVERIFY(codeMatches(bytesOf(masked), hash, {})); // no ranges: the plain hash
        QVERIFY(!codeMatches(bytesOf(code), hash, {}));
        QVERIFY(!codeMatches(bytesOf(code), hash, std::vector{ranges.front()}));
        QByteArray changed = code;
        changed[4] = 9; // outside of what may differ
        QVERIFY(!codeMatches(bytesOf(changed), hash, ranges));
        for (const ImmutableRange outside : {ImmutableRange{7, 2}, {9, 0}, {0, SIZE_MAX}, {SIZE_MAX, 2}})
            QVERIFY(!codeMatches(bytesOf(code), hash, std::vector{outside}));
        QVERIFY(!codeMatches({}, hash, ranges)); // no code there at all
    }

    void nobodyThere()
    {
        std::string url;
        {
            const FakeNode node(http("x"));
            url = node.url();
        }
        const auto reply = JsonRpc(url).call("eth_chainId", json::array());
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::ChainUnreachable);
    }

    void aNodeThatNeverAnswers()
    {
        const FakeNode node({});
        const auto reply =
            JsonRpc(node.url(), std::chrono::milliseconds(300)).call("eth_chainId", json::array());
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::ChainTimeout);
    }

    void plainHttpStaysOnTheMachine()
    {
        for (const char *url : {"http://example.org:8545", "http://192.0.2.1:8545", "ftp://127.0.0.1", "",
                                "file:///etc/passwd"}) {
            const auto reply = JsonRpc(url).call("eth_chainId", json::array());
            QVERIFY2(!reply, url);
            QCOMPARE(reply.error().code, ErrorCode::NetworkInsecure);
        }
    }
};

QTEST_GUILESS_MAIN(TestRpc)
#include "test_rpc.moc"
