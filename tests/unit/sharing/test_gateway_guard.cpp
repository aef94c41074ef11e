// SPDX-License-Identifier: GPL-3.0-or-later
// Who is given blocks, and what is written down: every way to try without a right, or with somebody else's.
#include "gateway_fixture.h"
#include "test_result.h"

#include <QTest>

#include <set>

using namespace amana;
using namespace amana::sharing;
using namespace amana::sharing::test;
using amana::test::outcome;

namespace {

using Kind = GatewayEvent::Kind;

const std::string kPeer = "192.0.2.1";

int count(const Gateway &gateway, Kind kind, std::optional<ErrorCode> code = {})
{
    int found = 0;
    for (const GatewayEvent &event : gateway.events())
        found += event.kind == kind && event.code == code ? 1 : 0;
    return found;
}

} // namespace

class TestGatewayGuard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGrantOpens();
    void theChallengeIsSignedAndBinds();
    void aNonceIsGoodOnce();
    void aChallengeEnds();
    void onlyTheRightSignature_data();
    void onlyTheRightSignature();
    void refusalsTellNothing();
    void noQuestionToTheChainWithoutAProof();
    void aTokenIsOfOnePeerAndTime();
    void aTokenIsOfOneDataset();
    void revokedBetweenTwoRanges();
    void aSlowReaderIsAskedForToo();
    void anUnreachableChainGivesNothing();
    void aDatasetThatIsNotWhole();
    void tryingHasALimit();
    void oldTokensGo();
    void theTrailIsCompleteAndTellsNoSecrets();
    void noTrailNoData();
    void theTrailRotates();
    void setsAreForgotten();
};

void TestGatewayGuard::aGrantOpens()
{
    Gateway gateway;
    TEST_VALUE(const auto token, gateway.token());
    QCOMPARE(token.text.size(), qsizetype(43));
    QCOMPARE(token.expires, std::uint64_t(1'700'000'300));
    TEST_VALUE(const auto visit, gateway.guard->visit(bytesOf(token.text), kPeer));
    TEST_OK(gateway.guard->permit(*visit, gateway.data.one));
    TEST_OK(gateway.guard->permit(*visit, gateway.data.ofOne));
    TEST_OK(gateway.guard->permit(*visit, gateway.data.shared));
    QCOMPARE(GatewayGuard::blocksOf(*visit).size(), std::size_t(4 + 5)); // 5 MB are a node and 5 leaves
}

void TestGatewayGuard::theChallengeIsSignedAndBinds()
{
    Gateway gateway;
    TEST_VALUE(const GatewayChallenge challenge, gateway.challenge());
    const chain::GatewayMessage &message = challenge.message;
    QCOMPARE(message.gateway, std::string("gateway.test:443"));
    QCOMPARE(message.key, gateway.key.address());
    QCOMPARE(message.client, gateway.client.address());
    QCOMPARE(message.cid, gateway.data.one.text());
    QCOMPARE(message.expires - message.issued, std::uint64_t(60));
    TEST_VALUE(const Address signer,
               chain::typedDataSigner(message.challengeHash(), kChain, contractAddress(), bytesOf(challenge.signature)));
    QCOMPARE(signer, gateway.key.address());
    QVERIFY(message.challengeHash() != message.proofHash()); // never one for the other
    std::set<Digest> nonces;
    std::set<Digest> hashes{message.proofHash()};
    for (int i = 0; i < 20; ++i)
        nonces.insert(gateway.challenge()->message.nonce);
    QCOMPARE(nonces.size(), std::size_t(20));
    for (int member = 0; member < 8; ++member) {
        chain::GatewayMessage changed = message;
        switch (member) {
        case 0: changed.gateway = "gateway.test:444"; break;
        case 1: changed.key[0] ^= 1; break;
        case 2: ++changed.request; break;
        case 3: changed.cid = gateway.data.two.text(); break;
        case 4: changed.client[0] ^= 1; break;
        case 5: changed.nonce[0] ^= 1; break;
        case 6: ++changed.issued; break;
        case 7: ++changed.expires; break;
        }
        hashes.insert(changed.proofHash());
    }
    QCOMPARE(hashes.size(), std::size_t(9));
}

void TestGatewayGuard::aNonceIsGoodOnce()
{
    Gateway gateway;
    TEST_VALUE(const GatewayChallenge challenge, gateway.challenge());
    const QByteArray proof = Gateway::proof(challenge.message, gateway.client);
    QCOMPARE(outcome(gateway.guard->token(challenge.message.nonce, bytesOf(proof), "192.0.2.9")), "gateway.expired");
    TEST_OK(gateway.guard->token(challenge.message.nonce, bytesOf(proof), kPeer)); // another peer could not spend it
    QCOMPARE(outcome(gateway.guard->token(challenge.message.nonce, bytesOf(proof), kPeer)), "gateway.expired");
    TEST_VALUE(const GatewayChallenge second, gateway.challenge());
    QCOMPARE(outcome(gateway.guard->token(second.message.nonce, bytesOf(QByteArray(65, 'x')), kPeer)), "gateway.badProof");
    QCOMPARE(outcome(gateway.guard->token(second.message.nonce,
                                          bytesOf(Gateway::proof(second.message, gateway.client)), kPeer)),
             "gateway.expired"); // spent by the bad one
    QCOMPARE(outcome(gateway.guard->token(Digest{}, bytesOf(proof), kPeer)), "gateway.expired");
}

void TestGatewayGuard::aChallengeEnds()
{
    Gateway gateway;
    TEST_VALUE(const GatewayChallenge early, gateway.challenge());
    TEST_VALUE(const GatewayChallenge late, gateway.challenge());
    gateway.clock.seconds += 59;
    TEST_OK(gateway.guard->token(early.message.nonce, bytesOf(Gateway::proof(early.message, gateway.client)), kPeer));
    gateway.clock.seconds += 1;
    QCOMPARE(outcome(gateway.guard->token(late.message.nonce, bytesOf(Gateway::proof(late.message, gateway.client)), kPeer)),
             "gateway.expired");
}

void TestGatewayGuard::onlyTheRightSignature_data()
{
    QTest::addColumn<QString>("what");
    for (const char *name : {"otherAccount", "otherChain", "otherContract", "otherGateway", "otherKey", "otherRequest",
                             "otherDataset", "otherNonce", "otherTime", "asTheGatewaySigns", "plainText", "tooShort",
                             "highS", "empty"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestGatewayGuard::onlyTheRightSignature()
{
    Gateway gateway;
    TEST_VALUE(const GatewayChallenge challenge, gateway.challenge());
    chain::GatewayMessage message = challenge.message;
    QFETCH(QString, what);
    QByteArray proof;
    if (what == QLatin1String("otherGateway"))
        message.gateway = "other.test:443";
    else if (what == QLatin1String("otherKey"))
        message.key = gateway.other.address();
    else if (what == QLatin1String("otherRequest"))
        message.request = 2;
    else if (what == QLatin1String("otherDataset"))
        message.cid = gateway.data.two.text();
    else if (what == QLatin1String("otherNonce"))
        message.nonce[31] ^= 1;
    else if (what == QLatin1String("otherTime"))
        message.expires += 1;
    proof = Gateway::proof(message, what == QLatin1String("otherAccount") ? gateway.other : gateway.client,
                           what == QLatin1String("otherChain") ? kChain + 1 : kChain, contractAddress(what == QLatin1String("otherContract") ? 8 : 7));
    if (what == QLatin1String("asTheGatewaySigns"))
        proof = chain::signTypedData(message.challengeHash(), kChain, contractAddress(), gateway.client);
    else if (what == QLatin1String("plainText"))
        proof = toByteArray(chain::plainTextDigest("hello")) + proof.mid(32);
    else if (what == QLatin1String("tooShort"))
        proof.chop(1);
    else if (what == QLatin1String("empty"))
        proof.clear();
    else if (what == QLatin1String("highS"))
        proof[64] = char(proof[64] == 27 ? 28 : 27);
    QCOMPARE(outcome(gateway.guard->token(challenge.message.nonce, bytesOf(proof), kPeer)), "gateway.badProof");
    QCOMPARE(gateway.contract.asked, 0);
    QCOMPARE(count(gateway, Kind::Refused, ErrorCode::GatewayBadProof), 1);
    QCOMPARE(count(gateway, Kind::Token), 0);
}

void TestGatewayGuard::refusalsTellNothing()
{
    Gateway gateway;
    std::set<std::string> answers;
    // of somebody else, not approved, not there: the same in every member but the number that was asked for
    for (const std::uint64_t request : {3, 4, 99}) {
        const auto refused = gateway.token(request);
        QVERIFY(!refused);
        Error error = refused.error();
        QCOMPARE(error.param("request"), std::to_string(request));
        error.params.clear();
        answers.insert(error.debugString());
    }
    TEST_VALUE(const GatewayChallenge wrong, gateway.guard->challenge({1, gateway.data.two, gateway.client.address()}, kPeer));
    QCOMPARE(outcome(gateway.guard->token(wrong.message.nonce, bytesOf(Gateway::proof(wrong.message, gateway.client)), kPeer)),
             "gateway.noGrant"); // the request is of another dataset
    QCOMPARE(answers.size(), std::size_t(1));
}

void TestGatewayGuard::noQuestionToTheChainWithoutAProof()
{
    Gateway gateway;
    for (const std::uint64_t request : {1, 4, 99})
        TEST_OK(gateway.challenge(request));
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(std::string_view("no token")), kPeer)), "gateway.expired");
    QCOMPARE(gateway.contract.asked, 0);
}

void TestGatewayGuard::aTokenIsOfOnePeerAndTime()
{
    Gateway gateway;
    TEST_VALUE(const auto token, gateway.token());
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(token.text), "192.0.2.2")), "gateway.badProof");
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(token.text.left(42)), kPeer)), "gateway.expired");
    QCOMPARE(outcome(gateway.guard->visit({}, kPeer)), "gateway.expired");
    gateway.clock.seconds += 299;
    TEST_OK(gateway.guard->visit(bytesOf(token.text), kPeer));
    gateway.clock.seconds += 1;
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(token.text), kPeer)), "gateway.expired");
}

void TestGatewayGuard::aTokenIsOfOneDataset()
{
    Gateway gateway;
    TEST_VALUE(const auto token, gateway.token(2));
    TEST_VALUE(const auto visit, gateway.guard->visit(bytesOf(token.text), kPeer));
    TEST_OK(gateway.guard->permit(*visit, gateway.data.shared));
    for (const content::Cid &outside : {gateway.data.one, gateway.data.ofOne, content::Cid()})
        QCOMPARE(outcome(gateway.guard->permit(*visit, outside)), "gateway.outside");
}

void TestGatewayGuard::revokedBetweenTwoRanges()
{
    Gateway gateway;
    TEST_VALUE(const auto token, gateway.token());
    TEST_VALUE(const auto visit, gateway.guard->visit(bytesOf(token.text), kPeer));
    const int before = gateway.contract.asked;
    for (int i = 0; i < 16; ++i)
        TEST_OK(gateway.guard->pass(*visit, 1, 1 << 20)); // one range
    QCOMPARE(gateway.contract.asked, before);
    TEST_OK(gateway.guard->pass(*visit, 1, 1 << 20));
    QCOMPARE(gateway.contract.asked, before + 1);
    gateway.contract.grants[1].allowed = false;
    for (int i = 0; i < 15; ++i)
        TEST_OK(gateway.guard->pass(*visit, 1, 1 << 20));
    QCOMPARE(outcome(gateway.guard->pass(*visit, 1, 1 << 20)), "gateway.noGrant");
    QCOMPARE(outcome(gateway.guard->pass(*visit, 1, 1 << 20)), "gateway.noGrant"); // and stays so
    gateway.contract.grants[1].allowed = true; // the token is gone all the same
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(token.text), kPeer)), "gateway.expired");
    TEST_OK(gateway.token());
    TEST_OK(gateway.guard->flush());
    for (const GatewayEvent &event : gateway.events())
        if (event.kind == Kind::Served)
            QCOMPARE(event.bytes, std::uint64_t(32) << 20); // what went out, not what was refused
}

void TestGatewayGuard::aSlowReaderIsAskedForToo()
{
    Gateway gateway({.host = "gateway.test:443", .rangeTime = std::chrono::seconds(0)});
    TEST_VALUE(const auto token, gateway.token());
    TEST_VALUE(const auto visit, gateway.guard->visit(bytesOf(token.text), kPeer));
    gateway.contract.grants[1].allowed = false;
    QCOMPARE(outcome(gateway.guard->pass(*visit, 1, 10)), "gateway.noGrant");
}

void TestGatewayGuard::anUnreachableChainGivesNothing()
{
    Gateway gateway;
    TEST_VALUE(const auto token, gateway.token());
    TEST_VALUE(const auto visit, gateway.guard->visit(bytesOf(token.text), kPeer));
    gateway.contract.reachable = false;
    QCOMPARE(outcome(gateway.token()), "chain.unreachable");
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(token.text), kPeer)), "chain.unreachable");
    TEST_OK(gateway.guard->pass(*visit, 1, 16 << 20));
    QCOMPARE(outcome(gateway.guard->pass(*visit, 1, 1)), "chain.unreachable");
    gateway.contract.reachable = true; // nobody's right was lost by that
    TEST_OK(gateway.guard->visit(bytesOf(token.text), kPeer));
}

void TestGatewayGuard::aDatasetThatIsNotWhole()
{
    Gateway gateway;
    TEST_VALUE(const auto token, gateway.token(5));
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(token.text), kPeer)), "content.blockMissing");
    gateway.data.leaf("gone", 1000); // it has come since
    TEST_OK(gateway.guard->visit(bytesOf(token.text), kPeer));
}

void TestGatewayGuard::tryingHasALimit()
{
    Gateway gateway;
    for (int i = 0; i < 60; ++i) { // also when each is spent
        TEST_VALUE(const GatewayChallenge challenge, gateway.challenge());
        static_cast<void>(gateway.guard->token(challenge.message.nonce, {}, kPeer));
    }
    QCOMPARE(outcome(gateway.challenge()), "ipfs.refused");
    TEST_OK(gateway.challenge(1, "192.0.2.2"));
    for (int i = 0; i < 60; ++i) // one network, many addresses
        TEST_OK(gateway.challenge(1, "2001:db8::" + std::to_string(i + 1)));
    QCOMPARE(outcome(gateway.challenge(1, "2001:db8::ffff:1")), "ipfs.refused");
    TEST_OK(gateway.challenge(1, "2001:db8:0:1::1"));
    gateway.clock.seconds += 61;
    TEST_OK(gateway.challenge());

    Gateway small({.host = "gateway.test:443", .challenges = 10});
    for (int i = 0; i < 10; ++i)
        TEST_OK(small.challenge(1, "198.51.100." + std::to_string(i)));
    QCOMPARE(outcome(small.challenge(1, "198.51.100.99")), "ipfs.refused");
}

void TestGatewayGuard::oldTokensGo()
{
    Gateway gateway({.host = "gateway.test:443", .tokensPerClient = 3});
    std::vector<QByteArray> tokens;
    for (int i = 0; i < 4; ++i) {
        TEST_VALUE(const auto token, gateway.token());
        tokens.push_back(token.text);
    }
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(tokens[0]), kPeer)), "gateway.expired");
    for (int i = 1; i < 4; ++i)
        TEST_OK(gateway.guard->visit(bytesOf(tokens[std::size_t(i)]), kPeer));
}

void TestGatewayGuard::theTrailIsCompleteAndTellsNoSecrets()
{
    Gateway gateway;
    TEST_VALUE(const GatewayChallenge challenge, gateway.challenge());
    const QByteArray proof = Gateway::proof(challenge.message, gateway.client);
    TEST_VALUE(const auto token, gateway.guard->token(challenge.message.nonce, bytesOf(proof), kPeer));
    TEST_VALUE(const auto visit, gateway.guard->visit(bytesOf(token.text), kPeer));
    TEST_OK(gateway.guard->pass(*visit, 1, 1000));
    TEST_OK(gateway.guard->pass(*visit, 1, 500));
    QVERIFY(!gateway.guard->permit(*visit, gateway.data.two));
    for (int i = 0; i < 50; ++i)
        QVERIFY(!gateway.guard->visit(bytesOf(std::string_view("guess")), "192.0.2.66"));
    QCOMPARE(gateway.events().size(), std::size_t(4)); // repetitions are counted
    TEST_OK(gateway.guard->flush());
    const auto events = gateway.events();
    QCOMPARE(events.size(), std::size_t(6));
    QCOMPARE(count(gateway, Kind::Challenge), 1);
    QCOMPARE(count(gateway, Kind::Refused, ErrorCode::GatewayOutside), 1);
    std::uint64_t guesses = 0;
    for (const GatewayEvent &event : events) {
        guesses += event.code == ErrorCode::GatewayExpired ? event.count : 0;
        if (event.kind == Kind::Served) {
            QCOMPARE(event.blocks, std::uint64_t(2));
            QCOMPARE(event.bytes, std::uint64_t(1500));
            QCOMPARE(event.dataset, std::uint64_t(11));
            QCOMPARE(event.request, std::uint64_t(1));
            QCOMPARE(event.client, gateway.client.address());
            QCOMPARE(event.peer, kPeer);
            QCOMPARE(event.time, gateway.clock.now());
        }
    }
    QCOMPARE(guesses, std::uint64_t(50));
    TEST_OK(gateway.guard->flush()); // nothing twice
    QCOMPARE(gateway.events().size(), std::size_t(6));
    const QByteArray text = gateway.auditText();
    for (const QByteArray &secret : {token.text, QByteArray::fromStdString(toHex(challenge.message.nonce)),
                                     QByteArray::fromStdString(toHex(bytesOf(proof))), QByteArray("guess")})
        QVERIFY(!text.contains(secret));
    const auto mode = QFile::permissions(gateway.folder.filePath(QStringLiteral("gateway-audit.jsonl")));
    QCOMPARE(mode & ~(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser),
             QFileDevice::Permissions());
}

void TestGatewayGuard::noTrailNoData()
{
    Gateway gateway;
    TEST_VALUE(const auto token, gateway.token());
    const QString file = gateway.folder.filePath(QStringLiteral("gateway-audit.jsonl"));
    QVERIFY(QFile::rename(file, file + QStringLiteral(".away")) && QDir().mkdir(file)); // works for root too
    QCOMPARE(outcome(gateway.challenge()), "file.unwritable");
    QCOMPARE(outcome(gateway.guard->visit(bytesOf(token.text), kPeer)), "file.unwritable");
    QVERIFY(QDir().rmdir(file));
    TEST_OK(gateway.guard->flush()); // it can be written again
    TEST_OK(gateway.guard->visit(bytesOf(token.text), kPeer));
}

void TestGatewayGuard::theTrailRotates()
{
    const QTemporaryDir folder{folderPattern()};
    SetClock clock;
    TEST_VALUE(const auto audit, GatewayAudit::open(folder.path(), clock, 1000));
    for (std::uint64_t i = 1; i <= 100; ++i) {
        ++clock.seconds;
        TEST_OK(audit->write({.request = i, .peer = "192.0.2.1"}));
    }
    QVERIFY(QDir(folder.path()).entryList(QDir::Files).size() > 5);
    QFile damaged(folder.filePath(QStringLiteral("gateway-audit.jsonl")));
    QVERIFY(damaged.open(QIODevice::Append) && damaged.write("{\"event\":\"gatewayTok\n[[[\n\xff\xfe\n") > 0);
    damaged.close();
    TEST_VALUE(const auto all, readGatewayAudit(folder.path(), 1000));
    QCOMPARE(all.size(), std::size_t(100));
    for (std::size_t i = 0; i < 100; ++i)
        QCOMPARE(all[i].request, std::uint64_t(100 - i)); // newest first
    QCOMPARE(readGatewayAudit(folder.path(), 7)->size(), std::size_t(7));
    QCOMPARE(readGatewayAudit(folder.filePath(QStringLiteral("none")), 7)->size(), std::size_t(0));
}

void TestGatewayGuard::setsAreForgotten()
{
    const Datasets data;
    DatasetBlocks blocks(*data.store, 10);
    TEST_VALUE(const auto one, blocks.of(data.one)); // 9 blocks
    QCOMPARE(one->size(), std::size_t(9));
    TEST_VALUE(const auto two, blocks.of(data.two)); // 3 more: the first goes
    QCOMPARE(one->placeOf(data.ofTwo), std::nullopt);
    QVERIFY(one->placeOf(data.one)); // who has it keeps it
    TEST_VALUE(const auto again, blocks.of(data.one));
    QVERIFY(again != one);
    DatasetBlocks tiny(*data.store, 5);
    QCOMPARE(outcome(tiny.of(data.one)), "content.dagTooLarge");
}

QTEST_GUILESS_MAIN(TestGatewayGuard)
#include "test_gateway_guard.moc"
