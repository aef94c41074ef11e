// SPDX-License-Identifier: GPL-3.0-or-later
#include "../chain/chain_fixture.h"
#include "peer.h"

#include "core/chain/deployment.h"
#include "core/chain/journal.h"
#include "core/chain/transaction.h"

#include <nlohmann/json.hpp>

#include <QTcpServer>

#include <future>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;
using nlohmann::json;

static QString gethPath;

namespace {

constexpr int kSoon = 30000;

/// A free port, for a program that cannot choose one itself.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// The key that `geth --dev` gives all money to; it is in geth's source.
crypto::SigningKey developer()
{
    const QByteArray secret =
        fromHex("b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291").value();
    return std::move(crypto::SigningKey::fromSecret(SecretBytes(bytesOf(secret))).value());
}

constexpr std::uint64_t kDevChain = 1337;

} // namespace

/// The words, fees and pool of another implementation: a block every three seconds, fees, money.
class TestPeerGeth : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QProcess m_geth;
    crypto::SigningKey m_key = developer();
    std::unique_ptr<Chain> m_chain;
    std::unique_ptr<Outbox> m_outbox;

    quint16 m_port = freePort();

    Status launch();
    Status start();
    Result<Receipt> pay(const JsonRpc &rpc, const SignedTransaction &planned) const;
    Status deploy(const JsonRpc &rpc);
    Call member(std::uint8_t number, const std::string &name) const;
    OutboxEntry entry(const std::string &key) const;

private Q_SLOTS:
    void initTestCase() { TEST_OK(start()); }
    void cleanupTestCase();
    void whatItAnswersToTransactions();
    void actionsBecomeFinalAndAreIndexed();
    void aFasterOneAndACancelledOne();
    void aNodeThatGoesAndComesBackUnderLoad();
};

/// On its port, with the data of before; returns when it answers.
Status TestPeerGeth::launch()
{
    m_geth.setStandardOutputFile(m_folder.filePath("geth.log"));
    m_geth.setStandardErrorFile(m_folder.filePath("geth.log"));
    m_geth.start(gethPath, {"--dev", "--dev.period", "3", "--datadir", m_folder.filePath("data"), "--http",
                            "--http.port", QString::number(m_port), "--http.api", "eth,net,txpool", "--ipcdisable",
                            "--port", "0", "--nodiscover"});
    const JsonRpc rpc("http://127.0.0.1:" + std::to_string(m_port));
    for (int i = 0; i < 300 && !rpc.call("eth_chainId", json::array()); ++i)
        QTest::qWait(100);
    AMANA_CHECK(rpc.call("eth_chainId", json::array()));
    return {};
}

Status TestPeerGeth::start()
{
    AMANA_CHECK(launch());
    return deploy(JsonRpc("http://127.0.0.1:" + std::to_string(m_port)));
}

/// The same transaction with the fees of this chain: where a contract will be depends on its nonce alone.
Result<Receipt> TestPeerGeth::pay(const JsonRpc &rpc, const SignedTransaction &planned) const
{
    AMANA_TRY(DecodedTransaction decoded, decodeTransaction(bytesOf(planned.raw)));
    decoded.transaction.maxFeePerGas = 10'000'000'000;
    decoded.transaction.maxPriorityFeePerGas = 1'000'000'000;
    const SignedTransaction paid = signTransaction(decoded.transaction, m_key);
    AMANA_TRY(const Handed handed, handPlain(rpc, paid.raw));
    if (handed.refusal)
        return fail(*handed.refusal);
    AMANA_TRY(const auto receipt, awaitReceipt(rpc, paid.hash, std::chrono::seconds(30)));
    if (!receipt)
        return fail(ErrorCode::ChainTimeout);
    return *receipt;
}

Status TestPeerGeth::deploy(const JsonRpc &rpc)
{
    AMANA_TRY(const Deployment deployment,
              deployContracts(rpc, kDevChain, m_key,
                              [&](const SignedTransaction &planned) { return pay(rpc, planned); }));
    AMANA_TRY(const Block genesis, fetchBlock(rpc, "0x0"));
    NetworkProfile profile;
    profile.name = "geth";
    profile.rpcUrl = rpc.url();
    profile.chainId = kDevChain;
    profile.genesisHash = genesis.hash;
    profile.contracts = deployment.contracts;
    profile.firstBlock = deployment.firstBlock;
    profile.finalityDepth = 1;
    AMANA_TRY(m_chain, Chain::connect(profile));
    AMANA_TRY(m_outbox, Outbox::open(m_folder.path()));
    return {};
}

void TestPeerGeth::cleanupTestCase()
{
    m_geth.terminate();
    QVERIFY(m_geth.waitForFinished(20000));
}

Call TestPeerGeth::member(std::uint8_t number, const std::string &name) const
{
    Address who{};
    who.fill(number);
    Call call = IdentityRegistry(*m_chain).setMember(who, 1, roles::kPatient);
    call.dedupeKey = name;
    return call;
}

OutboxEntry TestPeerGeth::entry(const std::string &key) const
{
    for (const OutboxEntry &entry : listOf(m_outbox->entries()))
        if (entry.dedupeKey == key)
            return entry;
    return {};
}

void TestPeerGeth::whatItAnswersToTransactions()
{
    Transaction transfer;
    transfer.chainId = kDevChain;
    transfer.nonce = m_chain->nextNonce(m_key.address()).value();
    transfer.gasLimit = 21000;
    transfer.to = m_key.address();
    transfer.maxFeePerGas = 10'000'000'000;
    transfer.maxPriorityFeePerGas = 1'000'000'000;
    const SignedTransaction first = signTransaction(transfer, m_key);
    const auto admission = [this](const SignedTransaction &transaction) {
        return m_chain->handIn(transaction.raw, transaction.hash).value().admission;
    };
    QCOMPARE(admission(first), Admission::Accepted);
    QCOMPARE(admission(first), Admission::Accepted); // "already known"
    transfer.maxFeePerGas = 10'100'000'000;
    QCOMPARE(admission(signTransaction(transfer, m_key)), Admission::Underpriced);
    TEST_VALUE(const auto receipt, awaitReceipt(m_chain->rpc(), first.hash, std::chrono::seconds(30)));
    QVERIFY(receipt && receipt->succeeded);
    transfer.value = 1;
    QCOMPARE(admission(signTransaction(transfer, m_key)), Admission::NonceUsed);
    const crypto::SigningKey poor = keyOf("poor");
    const auto refused = [&] {
        transfer.nonce = 0;
        const SignedTransaction made = signTransaction(transfer, poor);
        return m_chain->handIn(made.raw, made.hash).value();
    }();
    QCOMPARE(refused.admission, Admission::Refused);
    QCOMPARE(refused.refusal->code, ErrorCode::ChainUnderfunded);
    for (const auto type : {TransactionType::Legacy, TransactionType::AccessList}) {
        Transaction other = transfer;
        other.type = type;
        other.value = 0;
        other.nonce = m_chain->nextNonce(m_key.address()).value();
        QCOMPARE(admission(signTransaction(other, m_key)), Admission::Accepted);
    }
}

void TestPeerGeth::actionsBecomeFinalAndAreIndexed()
{
    std::vector<std::future<Result<Receipt>>> sent;
    for (std::uint8_t i = 1; i <= 6; ++i)
        sent.push_back(std::async(std::launch::async, [this, i] {
            return m_outbox->send(*m_chain, m_key, member(i, "member " + std::to_string(i)));
        }));
    for (auto &one : sent)
        TEST_OK(one.get());
    QVERIFY(!entry("member 1").fee.isZero());
    QTemporaryDir folder;
    TEST_VALUE(const auto index, EventIndex::open(folder.filePath("index.sqlite")));
    TEST_OK(index->sync(*m_chain));
    TEST_VALUE(auto members, index->members());
    std::erase_if(members, [](const IndexedMember &one) { return one.member.roles != roles::kPatient; });
    QCOMPARE(members.size(), std::size_t(6));
    for (const IndexedMember &one : members)
        QCOMPARE(IdentityRegistry(*m_chain).memberOf(one.who)->institution, one.member.institution);
    // A refusal in this node's words.
    const crypto::SigningKey stranger = keyOf("stranger");
    QVERIFY(outcome(m_chain->view(member(9, ""), stranger.address())).starts_with("contract."));
}

void TestPeerGeth::aFasterOneAndACancelledOne()
{
    auto faster = std::async(std::launch::async,
                             [this] { return m_outbox->send(*m_chain, m_key, member(20, "faster")); });
    QTRY_COMPARE_WITH_TIMEOUT(entry("faster").state, OutboxState::Sent, kSoon);
    const Status raised = m_outbox->speedUp(*m_chain, m_key, entry("faster").id);
    TEST_OK(faster.get());
    TEST_OK(raised);
    QCOMPARE(entry("faster").attempts, 2);
    auto regretted = std::async(std::launch::async,
                                [this] { return m_outbox->send(*m_chain, m_key, member(21, "regretted")); });
    QTRY_COMPARE_WITH_TIMEOUT(entry("regretted").state, OutboxState::Sent, kSoon);
    TEST_OK(m_outbox->cancel(*m_chain, m_key, entry("regretted").id));
    QCOMPARE(outcome(regretted.get()), "chain.cancelled");
    Address who{};
    who.fill(21);
    QCOMPARE(IdentityRegistry(*m_chain).memberOf(who)->institution, std::uint32_t(0));
}

/// It ends while transactions come in, and forgets its pool. (Ended by SIGTERM: a development chain that is killed
/// outright also loses blocks that it had called final, against which no client can help.)
void TestPeerGeth::aNodeThatGoesAndComesBackUnderLoad()
{
    constexpr std::uint8_t kMany = 12;
    const auto name = [](std::uint8_t i) { return "load " + std::to_string(i); };
    TEST_VALUE(const std::uint64_t before, m_chain->minedNonce(m_key.address()));
    std::vector<std::future<Result<Receipt>>> sent;
    for (std::uint8_t i = 0; i < kMany; ++i)
        sent.push_back(std::async(std::launch::async, [this, i, &name] {
            return m_outbox->send(*m_chain, m_key, member(static_cast<std::uint8_t>(40 + i), name(i)));
        }));
    QTRY_VERIFY_WITH_TIMEOUT(entry(name(3)).state >= OutboxState::Signed, kSoon);
    m_geth.terminate();
    QVERIFY(m_geth.waitForFinished(20000));
    int lost = 0;
    for (auto &one : sent)
        lost += one.get() ? 0 : 1;
    QVERIFY(lost > 0);
    TEST_OK(launch());
    for (std::uint8_t i = 0; i < kMany; ++i) // whoever was refused asks again; what was signed is not signed anew
        TEST_OK(m_outbox->send(*m_chain, m_key, member(static_cast<std::uint8_t>(40 + i), name(i))));
    QCOMPARE(m_chain->minedNonce(m_key.address()).value(), before + kMany);
    for (std::uint8_t i = 0; i < kMany; ++i) {
        QCOMPARE(entry(name(i)).state, OutboxState::Final);
        Address who{};
        who.fill(static_cast<std::uint8_t>(40 + i));
        QCOMPARE(IdentityRegistry(*m_chain).memberOf(who)->institution, std::uint32_t(1));
    }
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const Peer geth = findPeer("geth", "AMANA_GETH", "AMANA_WITHOUT_GETH");
    if (const int code = exitCodeWithout(geth); code != 0)
        return code;
    gethPath = geth.path;
    TestPeerGeth test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_peer_geth.moc"
