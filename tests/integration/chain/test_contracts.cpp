// SPDX-License-Identifier: GPL-3.0-or-later
#include "consortium.h"

#include "core/chain/registered_dataset.h"
#include "core/chain/transaction.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QThread>

#include <thread>

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

/// One node for all; every test uses members and datasets of its own.
class TestContracts : public QObject, Consortium {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { TEST_OK(open()); }

    void theFirstProfileIsGovernorAndAdministrator()
    {
        const IdentityRegistry identity(chain());
        QCOMPARE(identity.governor().value(), m_home.admin.address());
        const Institution institution = identity.institutionOf(1).value();
        QCOMPARE(institution.admin, m_home.admin.address());
        QVERIFY(institution.active);
        const Member member = identity.memberOf(m_home.admin.address()).value();
        QCOMPARE(member.institution, 1u);
        QCOMPARE(member.roles, roles::kAdministrator);
        QCOMPARE(member.validUntil, kForever);
        QCOMPARE(identity.keyOf(m_researcher.address(), 1).value(), digestOf("key"));
        QCOMPARE(outcome(identity.keyOf(m_researcher.address(), 2)), "contract.noKey");
        QCOMPARE(identity.memberOf(m_stranger.address())->institution, 0u);
    }

    void publishRequestApproveRevoke()
    {
        QElapsedTimer timer;
        timer.start();
        PublishParams params = dataset("flow", {m_patient.address(), m_home.admin.address()});
        params.reportHash = digestOf("report");
        TEST_VALUE(const Receipt published, send(m_clinician, DatasetRegistry(chain()).publish(params)));
        TEST_VALUE(const std::uint64_t id, publishedId(published));
        qInfo("publish to receipt: %lld ms", timer.elapsed());
        TEST_VALUE(const auto index, EventIndex::open(m_home.path() + "/index.sqlite"));
        TEST_VALUE(const Dataset stored, registeredDataset(chain(), *index, id));
        QCOMPARE(stored.owner, m_clinician.address());
        QCOMPARE(stored.institution, 1u);
        QCOMPARE(stored.price, Uint256());
        QCOMPARE(stored.cidDigest, digestOf("flow"));
        QCOMPARE(stored.reportHash, digestOf("report"));
        QCOMPARE(stored.status, DatasetStatus::Published);
        QCOMPARE(DatasetRegistry(chain()).byCid(digestOf("flow")).value(), id);
        QCOMPARE(DatasetRegistry(chain()).seatOf(id, m_home.admin.address()).value(), std::uint8_t(2));
        QCOMPARE(DatasetRegistry(chain()).seatOf(id, m_clinician.address()).value(), std::uint8_t(0));

        const AccessGrants access(chain());
        const std::uint64_t until = now() + 3600;
        TEST_VALUE(const std::uint64_t request, ask(id, kPurposeDisease, until));
        TEST_VALUE(const AccessRequest asked, access.requestOf(request));
        QCOMPARE(asked.requester, m_researcher.address());
        QCOMPARE(asked.dataset, id);
        QCOMPARE(asked.until, until);
        QCOMPARE(asked.state, RequestState::Requested);
        QVERIFY(!access.isAllowed(request).value());

        TEST_OK(send(m_patient, access.returnForChanges(request, digestOf("why?"))));
        QCOMPARE(access.stateOf(request).value(), RequestState::Returned);
        TEST_OK(send(m_researcher, access.resubmit(request, {kPurposeHealth, 0, until, digestOf("because")})));
        Approval yes = approval(request);
        QCOMPARE(outcome(send(m_patient, access.approve(yes))), "contract.revisionChanged");
        yes.basis.revision = 2;
        TEST_OK(send(m_patient, access.approve(yes)));
        QVERIFY(access.isAllowed(request).value());

        TEST_OK(index->sync(chain()));
        TEST_VALUE(const auto row, index->request(request));
        QVERIFY(row);
        QCOMPARE(row->request.state, RequestState::Approved);
        QCOMPARE(row->request.revision, 2u);
        QCOMPARE(row->capsule, QByteArray("capsule"));
        QCOMPARE(row->capsuleDigest, yes.capsuleDigest);
        QCOMPARE(row->messageDigest, digestOf("because"));
        QCOMPARE(row->request.votes, std::uint8_t(0)); // the deciding one is told by the approval
        QCOMPARE(row->decidedBy, m_patient.address());
        TEST_VALUE(const auto later, index->requests({.requester = m_researcher.address(), .now = until}));
        QCOMPARE(later.back().request.state,
                 RequestState::Expired); // by the contract's rule: at `until` it is over

        TEST_OK(send(m_home.admin, access.revoke(request)));
        QVERIFY(!access.isAllowed(request).value());
        TEST_OK(index->sync(chain()));
        QCOMPARE(index->request(request).value()->request.state, RequestState::Revoked);
        QCOMPARE(index->request(request).value()->decidedBy, m_home.admin.address());
        TEST_OK(send(m_clinician, DatasetRegistry(chain()).withdraw(id)));
        TEST_OK(index->sync(chain()));
        const IndexedDataset indexed = *index->dataset(id).value();
        QCOMPARE(indexed.dataset.status, DatasetStatus::Withdrawn);
        QCOMPARE(indexed.custodians, params.custodians);
        QCOMPARE(indexed.txHash, published.txHash);
        for (const IndexedDataset &item : listOf(index->datasets()))
            QVERIFY(item.dataset.id != id);
        QCOMPARE(
            index->datasets({.custodian = m_patient.address(), .includeWithdrawn = true})->back().dataset.id,
            id);

        std::vector<std::string> kinds;
        for (const HistoryRow &event : listOf(index->history({.dataset = id})))
            kinds.push_back(event.kind);
        const std::vector<std::string> expected{"DatasetWithdrawn", "AccessRevoked",   "AccessApproved",
                                                "AccessRequested",  "AccessReturned",  "AccessRequested",
                                                "DatasetPublished"};
        QCOMPARE(kinds, expected);
    }

    void anIndexThatReadsTwiceHasTheSame()
    {
        TEST_VALUE(const auto one, EventIndex::open(m_home.path() + "/one.sqlite"));
        TEST_OK(one->sync(chain()));
        TEST_OK(m_home.enrol(keyOf("newcomer"), roles::kPatient | roles::kResearcher, now() + 100));
        TEST_OK(one->sync(chain()));
        TEST_OK(one->sync(chain()));
        TEST_VALUE(const auto two, EventIndex::open(m_home.path() + "/two.sqlite"));
        TEST_OK(two->sync(chain()));
        QCOMPARE(one->history()->size(), two->history()->size());
        QCOMPARE(one->members()->size(), two->members()->size());
        bool found = false;
        for (const IndexedMember &member : listOf(one->members())) {
            if (member.who == m_researcher.address())
                QCOMPARE(member.key, digestOf("key"));
            found = found || (member.who == keyOf("newcomer").address() && member.member.roles == (2u | 4u));
        }
        QVERIFY(found);
    }

    void aDamagedIndexIsMadeAnew()
    {
        const QString path = m_home.path() + "/damaged.sqlite";
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no database at all, and long enough to be looked at");
        file.close();
        TEST_VALUE(const auto index, EventIndex::open(path));
        TEST_OK(index->sync(chain()));
        QVERIFY(index->members()->size() >= 4);
    }

    void everyRefusalHasItsCode()
    {
        const IdentityRegistry identity(chain());
        const DatasetRegistry datasets(chain());
        const AccessGrants access(chain());
        const Address custodian = m_patient.address();
        const std::uint64_t until = now() + 3600;
        const Digest note = digestOf("note");
        const auto code = [this](const crypto::SigningKey &key, const Call &call) {
            return outcome(send(key, call));
        };

        QCOMPARE(code(m_stranger, identity.setInstitution(2, m_stranger.address(), true)),
                 "contract.notGovernor");
        QCOMPARE(code(m_stranger, identity.setMember(m_stranger.address(), 1, 1)), "contract.notAdmin");
        QCOMPARE(code(m_home.admin, identity.setMember(m_patient.address(), 1, 1, 0)),
                 "contract.invalidArgument");
        QCOMPARE(code(m_stranger, identity.setKey(note)), "contract.notMember");
        QCOMPARE(code(m_stranger, datasets.publish(dataset("r0", {custodian}))), "contract.notMember");
        QCOMPARE(code(m_researcher, datasets.publish(dataset("r0", {custodian}))), "contract.missingRole");

        const crypto::SigningKey suspended = keyOf("suspended");
        TEST_OK(m_home.enrol(suspended, roles::kUploader));
        TEST_OK(send(m_home.admin, identity.suspend(suspended.address(), true)));
        QCOMPARE(code(suspended, datasets.publish(dataset("r0", {custodian}))), "contract.memberSuspended");
        const crypto::SigningKey expired = keyOf("expired");
        TEST_OK(m_home.enrol(expired, roles::kUploader, now() - 10));
        QCOMPARE(code(expired, datasets.publish(dataset("r0", {custodian}))), "contract.memberExpired");
        const crypto::SigningKey closed = keyOf("closed");
        TEST_OK(send(m_home.admin, identity.setInstitution(3, closed.address(), true)));
        TEST_OK(send(closed, identity.setMember(closed.address(), 3, roles::kUploader)));
        TEST_OK(send(m_home.admin, identity.setInstitution(3, closed.address(), false)));
        QCOMPARE(code(closed, datasets.publish(dataset("r0", {custodian}))), "contract.institutionInactive");

        PublishParams bad = dataset("r0", {custodian});
        bad.threshold = 2;
        QCOMPARE(code(m_clinician, datasets.publish(bad)), "contract.badThreshold");
        QCOMPARE(code(m_clinician, datasets.publish(dataset("r0", {Address{}}))), "contract.badCustodian");
        TEST_VALUE(const std::uint64_t id, publish("refusals", 1u << kPurposeHealth, 1, {custodian}));
        const auto again = send(m_clinician, datasets.publish(dataset("refusals", {custodian})));
        QCOMPARE(outcome(again), "contract.cidExists");
        QCOMPARE(again.error().param("id"), std::to_string(id));
        QCOMPARE(outcome(datasets.entry(9999)), "contract.unknownDataset");
        QCOMPARE(code(m_stranger, datasets.withdraw(id)), "contract.notOwner");

        QCOMPARE(outcome(access.requestOf(9999)), "contract.unknownRequest");
        QCOMPARE(code(m_researcher, access.request(9999, {kPurposeHealth, 0, until, note})),
                 "contract.unknownDataset");
        QCOMPARE(code(m_researcher, access.request(id, {kPurposeGeneral, 0, until, note})),
                 "contract.purposeNotAllowed");
        QCOMPARE(code(m_researcher, access.request(id, {kPurposeHealth, 0, now() - 5, note})),
                 "contract.endDateInPast");
        QCOMPARE(code(m_patient, access.request(id, {kPurposeHealth, 0, until, note})), "contract.missingRole");
        const crypto::SigningKey keyless = keyOf("keyless");
        TEST_OK(m_home.enrol(keyless, roles::kResearcher));
        QCOMPARE(code(keyless, access.request(id, {kPurposeHealth, 0, until, note})), "contract.noKey");

        TEST_VALUE(const std::uint64_t request, ask(id, kPurposeHealth, until));
        QCOMPARE(code(m_researcher, access.request(id, {kPurposeHealth, 0, until, note})), "contract.requestOpen");
        QCOMPARE(code(m_stranger, access.approve(approval(request))), "contract.notCustodian");
        QCOMPARE(code(m_patient, access.cancel(request)), "contract.notRequester");
        QCOMPARE(code(m_patient, access.revoke(request)), "contract.badState");
        Approval wrong = approval(request, "");
        wrong.capsuleDigest = {};
        QCOMPARE(code(m_patient, access.approve(wrong)), "contract.capsule");
        QCOMPARE(code(m_patient, access.approve(approval(request, QByteArray(1025, 'x')))),
                 "contract.capsule");
        TEST_OK(send(m_researcher, identity.setKey(digestOf("newer key"))));
        QCOMPARE(code(m_patient, access.approve(approval(request))), "contract.keyVersionChanged");

        TEST_VALUE(const std::uint64_t committee,
                   publish("committee", 1u << kPurposeHealth, 2, {custodian, m_home.admin.address()}));
        TEST_VALUE(const std::uint64_t voted, ask(committee, kPurposeHealth, until));
        Approval vote{voted, {1, 2, 0, 0}, {}, {}};
        QCOMPARE(code(m_patient,
                      access.approve({voted, {1, 2, 0, 0}, "early", crypto::sha256(bytesOf(QByteArray("early")))})),
                 "contract.capsule");
        TEST_OK(send(m_patient, access.approve(vote)));
        QCOMPARE(code(m_patient, access.approve(vote)), "contract.alreadyVoted");
        TEST_OK(send(m_clinician, datasets.withdraw(committee)));
        QCOMPARE(code(m_clinician, datasets.withdraw(committee)), "contract.datasetWithdrawn");
    }

    // The program's table of purposes is the contract's, for every mask of uses and every purpose.
    void purposesMatchAsInTheContract()
    {
        for (const std::uint64_t mask : {1u, 2u, 4u, 8u, 16u, 9u, 22u, 1u << 6, 8u | 1u << 14, 2u | 1u << 15}) {
            const std::string name = "mask " + std::to_string(mask);
            TEST_VALUE(const std::uint64_t id, publish(name, mask, 1, {m_patient.address()}));
            for (std::uint8_t purpose = 0; purpose < 6; ++purpose) {
                const Call call = AccessGrants(chain()).request(id, {purpose, 0, now() + 3600, digestOf("x")});
                const auto &asker = purpose == kPurposeCare ? m_clinician : m_researcher;
                const auto simulated = chain().view(call, asker.address());
                QCOMPARE(outcome(simulated), duoPermits(mask, purpose) ? "ok" : "contract.purposeNotAllowed");
            }
        }
    }

    // Past every check of the client: signed by hand and sent raw. The contract decides, the transaction
    // fails on the chain, and nothing changes.
    void whoBypassesTheClientIsStillRefused_data()
    {
        QTest::addColumn<bool>("publishing");
        QTest::newRow("upload without the role") << true;
        QTest::newRow("purpose that is not allowed") << false;
    }
    void whoBypassesTheClientIsStillRefused()
    {
        QFETCH(bool, publishing);
        TEST_VALUE(const std::uint64_t before, DatasetRegistry(chain()).count());
        TEST_VALUE(const std::uint64_t requests, AccessGrants(chain()).count());
        TEST_VALUE(const std::uint64_t open,
                   publish(publishing ? "b1" : "b2", 1u << kPurposeHealth, 1, {m_patient.address()}));
        const crypto::SigningKey &key = publishing ? m_stranger : m_researcher;
        const Call call =
            publishing ? DatasetRegistry(chain()).publish(dataset("smuggled", {m_stranger.address()}))
                       : AccessGrants(chain()).request(open, {kPurposeGeneral, 0, now() + 3600, digestOf("x")});
        Transaction transaction;
        transaction.chainId = chain().profile().chainId;
        TEST_VALUE(transaction.nonce, chain().nextNonce(key.address()));
        transaction.gasLimit = 1'000'000;
        transaction.to = call.to;
        transaction.data = call.data;
        const SignedTransaction raw = signTransaction(transaction, key);
        TEST_OK(chain().sendRaw(raw.raw, raw.hash));
        TEST_VALUE(const auto receipt, chain().receipt(raw.hash));
        QVERIFY(receipt);
        QVERIFY(!receipt->succeeded); // status 0
        QVERIFY(receipt->logs.empty());
        QCOMPARE(DatasetRegistry(chain()).count().value(), before + 1); // the honest one
        QCOMPARE(AccessGrants(chain()).count().value(), requests);
    }

    // Nothing was wrong when it was sent; somebody else was faster within the same block.
    void aRefusalAfterSendingIsTold()
    {
        NetworkProfile profile = chain().profile();
        profile.journal.clear(); // blocks are made by hand here, as a shared chain makes them
        TEST_VALUE(const auto other, Chain::connect(profile));
        const crypto::SigningKey rival = keyOf("rival");
        TEST_OK(m_home.enrol(rival, roles::kUploader));
        TEST_OK(other->rpc().call("evm_setAutomine", {false}));
        const Call call = DatasetRegistry(*other).publish(dataset("contested", {m_patient.address()}));
        Transaction transaction;
        transaction.chainId = profile.chainId;
        transaction.gasLimit = 1'000'000;
        transaction.to = call.to;
        transaction.data = call.data;
        transaction.maxFeePerGas = 1'000'000'000; // pays more, so it comes first in the block
        transaction.maxPriorityFeePerGas = transaction.maxFeePerGas;
        TEST_OK(other->rpc().call("anvil_setBalance",
                                  {crypto::checksumAddress(rival.address()), "0xde0b6b3a7640000"}));
        const SignedTransaction raw = signTransaction(transaction, rival);
        std::thread miner([&] {
            for (int i = 0; i < 2000 && m_home.outbox->entries()->front().state != OutboxState::Sent; ++i)
                QThread::msleep(5);
            (void)other->sendRaw(raw.raw, raw.hash);
            (void)other->rpc().call("evm_mine", nlohmann::json::array());
        });
        const auto sent = m_home.outbox->send(*other, m_clinician, call);
        miner.join();
        TEST_OK(other->rpc().call("evm_setAutomine", {true}));
        QCOMPARE(QString::fromStdString(outcome(sent)), QString("contract.cidExists"));
        QCOMPARE(m_home.outbox->entries()->front().state, OutboxState::Rejected);
        QCOMPARE(m_home.outbox->entries()->front().error, std::string("contract.cidExists"));
        QVERIFY(m_home.outbox->entries()->front().block > 0); // it was mined; its nonce is used
    }

    void anIdenticalCallIsDoneOnce()
    {
        Call call = DatasetRegistry(chain()).publish(dataset("once", {m_patient.address()}));
        call.dedupeKey = "publish once";
        TEST_VALUE(const Receipt first, send(m_clinician, call));
        TEST_VALUE(const std::uint64_t count, DatasetRegistry(chain()).count());
        TEST_VALUE(const Receipt second, send(m_clinician, call));
        QCOMPARE(second.txHash, first.txHash);
        QCOMPARE(DatasetRegistry(chain()).count().value(), count);
        QCOMPARE(m_home.outbox->receiptOf(chain(), "publish once").value()->txHash, first.txHash);
        QVERIFY(!m_home.outbox->receiptOf(chain(), "other").value());
        // A refused call wrote nothing: it can be repeated when the reason is gone.
        Call refused = DatasetRegistry(chain()).publish(dataset("later", {m_patient.address()}));
        refused.dedupeKey = "publish later";
        const crypto::SigningKey late = keyOf("late");
        QCOMPARE(outcome(send(late, refused)), "contract.notMember");
        TEST_OK(m_home.enrol(late, roles::kUploader));
        TEST_OK(send(late, refused));
    }

    void otherChainsAndOtherCodeAreRefused()
    {
        NetworkProfile profile = chain().profile();
        profile.chainId += 1;
        QCOMPARE(outcome(Chain::connect(profile)), "chain.wrongChain");
        profile = chain().profile();
        profile.genesisHash[5] ^= 1;
        QCOMPARE(outcome(Chain::connect(profile)), "chain.wrongChain");
        profile = chain().profile();
        std::swap(profile.contracts.identity, profile.contracts.access);
        const auto swapped = Chain::connect(profile);
        QCOMPARE(outcome(swapped), "chain.wrongCode");
        QCOMPARE(swapped.error().param("contract"), "IdentityRegistry");
        profile = chain().profile();
        profile.contracts.datasets = m_stranger.address();
        QCOMPARE(outcome(Chain::connect(profile)), "chain.wrongCode");
        profile = chain().profile();
        profile.rpcUrl = "http://127.0.0.1:1";
        QCOMPARE(outcome(Chain::connect(profile)), "chain.unreachable");
    }
};

QTEST_GUILESS_MAIN(TestContracts)
#include "test_contracts.moc"
