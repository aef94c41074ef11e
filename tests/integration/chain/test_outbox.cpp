// SPDX-License-Identifier: GPL-3.0-or-later
#include "chain_fixture.h"

#include "core/chain/journal.h"
#include "core/chain/transaction.h"

#include <nlohmann/json.hpp>

#include <QThread>

#include <future>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;
using nlohmann::json;

namespace {

/// A chain on which blocks come when the test says so, and are final after `depth` more: what This computer
/// is not.
struct SharedChain {
    Home home;
    std::unique_ptr<Chain> chain;
    std::unique_ptr<EventIndex> index;

    Status start(std::uint64_t depth)
    {
        AMANA_CHECK(home.start());
        AMANA_CHECK(home.enrolAdmin());
        NetworkProfile profile = home.chain->profile();
        profile.journal.clear();
        profile.finalityDepth = depth;
        AMANA_TRY(chain, Chain::connect(profile));
        AMANA_TRY(index, EventIndex::open(home.path() + "/index.sqlite"));
        return {};
    }
    Status tell(const char *method, const json &params = json::array()) const
    {
        AMANA_CHECK(chain->rpc().call(method, params));
        return {};
    }
    Status mine(int blocks = 1) const { return tell("anvil_mine", json::array({blocks})); }
    Status byHand() const { return tell("evm_setAutomine", {false}); }
    Status rich() const
    {
        return tell("anvil_setBalance",
                    {crypto::checksumAddress(home.admin.address()), "0xde0b6b3a7640000"});
    }

    Call publication(const std::string &name) const
    {
        Call call = DatasetRegistry(*chain).publish(dataset(name, {home.admin.address()}));
        call.dedupeKey = name;
        return call;
    }
    /// Sends in a thread of its own and returns at once.
    std::future<Result<Receipt>> publish(const std::string &name)
    {
        return std::async(std::launch::async, [this, call = publication(name)] {
            return home.outbox->send(*chain, home.admin, call);
        });
    }
    OutboxEntry entry(const std::string &key) const
    {
        for (const OutboxEntry &entry : listOf(home.outbox->entries()))
            if (entry.dedupeKey == key)
                return entry;
        return {};
    }
    OutboxState state(const std::string &key) const { return entry(key).state; }
    bool inPool(const Digest &hash) const
    {
        const auto reply = chain->rpc().call("eth_getTransactionByHash", {"0x" + toHex(hash)});
        return reply && !reply->is_null();
    }
    std::uint64_t count() const { return DatasetRegistry(*chain).count().value_or(999); }
};

constexpr int kSoon = 15000; // ms; the looks come at most 1 s apart

} // namespace

class TestOutbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fromSentToFinal()
    {
        SharedChain shared;
        TEST_OK(shared.start(3));
        TEST_OK(shared.byHand());
        auto sent = shared.publish("one");
        QTRY_COMPARE_WITH_TIMEOUT(shared.state("one"), OutboxState::Sent, kSoon);
        TEST_OK(shared.mine());
        QTRY_COMPARE_WITH_TIMEOUT(shared.state("one"), OutboxState::Mined, kSoon);
        QCOMPARE(shared.entry("one").confirmations, std::uint64_t(0));
        QCOMPARE(shared.entry("one").needed, std::uint64_t(3));
        TEST_OK(shared.mine(2));
        QTRY_COMPARE_WITH_TIMEOUT(shared.entry("one").confirmations, std::uint64_t(2), kSoon);
        QCOMPARE(shared.state("one"), OutboxState::Mined); // two are not three
        TEST_OK(shared.mine());
        const auto receipt = sent.get();
        TEST_OK(receipt);
        QCOMPARE(shared.state("one"), OutboxState::Final);
        QVERIFY(shared.entry("one").fee.isZero()); // a chain without fees, an account with nothing
        QVERIFY(shared.chain->balance(shared.home.admin.address())->isZero());
    }

    void whatIsNotSignedCanBeTakenBack()
    {
        SharedChain shared;
        TEST_OK(shared.start(0));
        TEST_VALUE(const std::int64_t id,
                   shared.home.outbox->prepare(*shared.chain, shared.home.admin.address(),
                                               shared.publication("wish")));
        QCOMPARE(shared.state("wish"), OutboxState::AwaitingSignature);
        TEST_VALUE(const std::int64_t same,
                   shared.home.outbox->prepare(*shared.chain, shared.home.admin.address(),
                                               shared.publication("wish")));
        QCOMPARE(same, id);
        TEST_OK(shared.home.outbox->cancel(*shared.chain, shared.home.admin, id));
        QCOMPARE(shared.entry("wish").id, std::int64_t(0));
        QCOMPARE(outcome(shared.home.outbox->signAndSend(*shared.chain, shared.home.admin, id)),
                 "chain.cancelled");
        QCOMPARE(shared.count(), std::uint64_t(0));
    }

    void theNodeForgotIt()
    {
        SharedChain shared;
        TEST_OK(shared.start(0));
        TEST_OK(shared.byHand());
        auto sent = shared.publish("dropped");
        QTRY_COMPARE_WITH_TIMEOUT(shared.state("dropped"), OutboxState::Sent, kSoon);
        const Digest hash = shared.entry("dropped").txHash;
        TEST_OK(shared.tell("anvil_dropTransaction", {"0x" + toHex(hash)}));
        QVERIFY(!shared.inPool(hash));
        QTRY_VERIFY_WITH_TIMEOUT(shared.inPool(hash), kSoon); // the same bytes
        TEST_OK(shared.mine());
        TEST_OK(sent.get());
        QVERIFY(shared.entry("dropped").txHash == hash);
        QCOMPARE(shared.count(), std::uint64_t(1));
    }

    void aFasterOneOvertakes()
    {
        SharedChain shared;
        TEST_OK(shared.start(0));
        TEST_OK(shared.rich());
        TEST_OK(shared.byHand());
        auto sent = shared.publish("slow");
        QTRY_COMPARE_WITH_TIMEOUT(shared.state("slow"), OutboxState::Sent, kSoon);
        const OutboxEntry slow = shared.entry("slow");
        for (int i = 0; i < 3; ++i)
            TEST_OK(shared.home.outbox->speedUp(*shared.chain, shared.home.admin, slow.id));
        const OutboxEntry fast = shared.entry("slow");
        QCOMPARE(fast.attempts, 4);
        QCOMPARE(fast.nonce, slow.nonce);
        QVERIFY(fast.txHash != slow.txHash);
        TEST_OK(shared.mine());
        TEST_VALUE(const Receipt receipt, sent.get());
        QVERIFY(receipt.txHash == fast.txHash);
        QCOMPARE(shared.state("slow"), OutboxState::Final);
        QCOMPARE(shared.count(), std::uint64_t(1));
        QCOMPARE(outcome(shared.home.outbox->speedUp(*shared.chain, shared.home.admin, slow.id)),
                 "chain.tooLate");
    }

    void aCancelledOneIsNotDone()
    {
        SharedChain shared;
        TEST_OK(shared.start(0));
        TEST_OK(shared.rich());
        TEST_OK(shared.byHand());
        auto sent = shared.publish("regretted");
        QTRY_COMPARE_WITH_TIMEOUT(shared.state("regretted"), OutboxState::Sent, kSoon);
        TEST_OK(shared.home.outbox->cancel(*shared.chain, shared.home.admin, shared.entry("regretted").id));
        TEST_OK(shared.mine());
        QCOMPARE(outcome(sent.get()), "chain.cancelled");
        QCOMPARE(shared.state("regretted"), OutboxState::Replaced);
        QCOMPARE(shared.count(), std::uint64_t(0));
        // It may be wanted again.
        TEST_OK(shared.tell("evm_setAutomine", {true}));
        TEST_OK(shared.publish("regretted").get());
        QCOMPARE(shared.count(), std::uint64_t(1));
    }

    // The first one was faster than its cancellation.
    void tooLateToCancel()
    {
        SharedChain shared;
        TEST_OK(shared.start(2));
        TEST_OK(shared.rich());
        TEST_OK(shared.byHand());
        auto sent = shared.publish("done");
        QTRY_COMPARE_WITH_TIMEOUT(shared.state("done"), OutboxState::Sent, kSoon);
        TEST_OK(shared.mine());
        // Refused when the block was seen already; else the cancellation comes too late at the node.
        const std::string cancelled = outcome(
            shared.home.outbox->cancel(*shared.chain, shared.home.admin, shared.entry("done").id));
        QVERIFY2(cancelled == "ok" || cancelled == "chain.tooLate", cancelled.c_str());
        TEST_OK(shared.mine(3));
        TEST_OK(sent.get());
        QCOMPARE(shared.state("done"), OutboxState::Final);
        QCOMPARE(shared.count(), std::uint64_t(1));
    }

    // Another installation of the same person used the nonce. Only when that is final, the action is signed
    // anew: until then either of the two may be mined.
    void replacedFromElsewhere()
    {
        SharedChain shared;
        TEST_OK(shared.start(2));
        TEST_OK(shared.rich());
        TEST_OK(shared.byHand());
        auto sent = shared.publish("contested");
        QTRY_COMPARE_WITH_TIMEOUT(shared.state("contested"), OutboxState::Sent, kSoon);
        const std::int64_t first = shared.entry("contested").id;
        Transaction other;
        other.chainId = shared.chain->profile().chainId;
        other.nonce = shared.entry("contested").nonce;
        other.gasLimit = 21000;
        other.to = shared.home.admin.address();
        other.maxFeePerGas = other.maxPriorityFeePerGas = 1'000'000'000;
        const SignedTransaction elsewhere = signTransaction(other, shared.home.admin);
        TEST_OK(shared.chain->sendRaw(elsewhere.raw, elsewhere.hash));
        TEST_OK(shared.mine());
        QTest::qWait(3000);
        QCOMPARE(shared.entry("contested").id, first); // nothing was signed anew
        QVERIFY(shared.state("contested") < OutboxState::Final);
        TEST_OK(shared.mine(2));
        QTRY_VERIFY_WITH_TIMEOUT(shared.entry("contested").id != first
                                     && shared.state("contested") == OutboxState::Sent,
                                 kSoon);
        TEST_OK(shared.mine(4));
        TEST_OK(sent.get());
        QCOMPARE(shared.count(), std::uint64_t(1));
        const auto entries = shared.home.outbox->entries().value();
        const auto replaced = std::ranges::find(entries, first, &OutboxEntry::id);
        QCOMPARE(replaced->state, OutboxState::Replaced);
        QCOMPARE(replaced->error, "chain.nonce");
    }

    // Eight blocks are taken away, with all that was in them: outbox and index come to what the contract says.
    void aReorganisationOfEightBlocks()
    {
        SharedChain shared;
        TEST_OK(shared.start(12));
        TEST_OK(shared.home.outbox->send(*shared.home.chain, shared.home.admin, shared.publication("kept")));
        TEST_OK(shared.mine(13));
        std::vector<std::future<Result<Receipt>>> sent;
        for (const char *name : {"a", "b", "c"})
            sent.push_back(shared.publish(name));
        for (const char *name : {"a", "b", "c"})
            QTRY_COMPARE_WITH_TIMEOUT(shared.state(name), OutboxState::Mined, kSoon);
        TEST_OK(shared.mine(4));
        TEST_OK(shared.index->sync(*shared.chain));
        TEST_VALUE(const auto before, shared.index->datasets());
        QCOMPARE(before.size(), std::size_t(4));
        QVERIFY(!before.front().pending);
        QVERIFY(before.back().pending);

        TEST_OK(shared.byHand()); // what is sent again waits in the pool
        TEST_OK(shared.tell("anvil_reorg", {8, json::array()}));
        TEST_OK(shared.index->sync(*shared.chain));
        QCOMPARE(shared.count(), std::uint64_t(1));
        TEST_VALUE(const auto during, shared.index->datasets());
        QCOMPARE(during.size(), std::size_t(1));
        QVERIFY(during.front().txHash == before.front().txHash);
        QCOMPARE(shared.index->history({.dataset = 2})->size(), std::size_t(0));
        for (const char *name : {"a", "b", "c"})
            QTRY_COMPARE_WITH_TIMEOUT(shared.state(name), OutboxState::Sent, kSoon);
        const auto waiting = [&] { // all three are in the pool again
            const Address admin = shared.home.admin.address();
            return shared.chain->nextNonce(admin).value_or(0) == shared.chain->minedNonce(admin).value_or(0) + 3;
        };
        QTRY_VERIFY_WITH_TIMEOUT(waiting(), kSoon);

        TEST_OK(shared.mine(14));
        for (auto &one : sent)
            TEST_OK(one.get());
        TEST_OK(shared.index->sync(*shared.chain));
        TEST_VALUE(const auto after, shared.index->datasets());
        QCOMPARE(after.size(), std::size_t(4));
        QCOMPARE(shared.count(), std::uint64_t(4));
        for (const IndexedDataset &item : after) {
            TEST_VALUE(const DatasetEntry there, DatasetRegistry(*shared.chain).entry(item.dataset.id));
            QVERIFY(there.commitment == item.dataset.commitment);
            QVERIFY(!item.pending);
        }
    }

    void aChainWithFees()
    {
        SharedChain shared;
        TEST_OK(shared.start(0));
        TEST_OK(shared.tell("anvil_setNextBlockBaseFeePerGas", {"0x3b9aca00"}));
        TEST_OK(shared.mine());
        const std::uint64_t nonce = shared.chain->nextNonce(shared.home.admin.address()).value();
        QCOMPARE(outcome(shared.publish("too poor").get()), "chain.underfunded");
        QCOMPARE(shared.state("too poor"), OutboxState::Rejected); // found before anything was signed
        QCOMPARE(shared.entry("too poor").attempts, 0);
        TEST_OK(shared.rich());
        TEST_OK(shared.publish("paid").get());
        QVERIFY(!shared.entry("paid").fee.isZero());
        QCOMPARE(shared.chain->nextNonce(shared.home.admin.address()).value(), nonce + 1);
    }

    void everyTypeOfTransactionIsTaken()
    {
        SharedChain shared;
        TEST_OK(shared.start(0));
        for (const auto type :
             {TransactionType::Legacy, TransactionType::AccessList, TransactionType::DynamicFee}) {
            Transaction transaction;
            transaction.type = type;
            transaction.chainId = shared.chain->profile().chainId;
            transaction.nonce = shared.chain->nextNonce(shared.home.admin.address()).value();
            transaction.gasLimit = 60000;
            transaction.to = shared.home.admin.address();
            if (type != TransactionType::Legacy)
                transaction.accessList = {{shared.home.admin.address(), {digestOf("slot")}}};
            const SignedTransaction made = signTransaction(transaction, shared.home.admin);
            TEST_OK(shared.chain->sendRaw(made.raw, made.hash));
            TEST_VALUE(const auto receipt,
                       awaitReceipt(shared.chain->rpc(), made.hash, std::chrono::seconds(10)));
            QVERIFY(receipt && receipt->succeeded);
        }
    }
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "test_outbox.moc"
