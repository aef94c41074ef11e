// SPDX-License-Identifier: GPL-3.0-or-later
// What goes beyond asking and approving: money, decisions by signature, custody, emergencies, the pause, conditions, and
// keys that are lost.
#include "consortium.h"

#include "core/chain/eip712.h"
#include "core/chain/typed_messages.h"

using namespace amana;
using namespace amana::chain;
using namespace amana::chain::test;

/// One node for all; every test uses members and datasets of its own.
class TestConsent : public QObject, Consortium {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { TEST_OK(open()); }

    // The approval tells what it holds for, wherever its capsule lies.
    void anApprovalIsOnRecordWithItsBasis()
    {
        const AccessGrants access(chain());
        TEST_VALUE(const std::uint64_t id, publish("basis", 1u << kPurposeHealth | 1u << kPurposeDisease, 1,
                                                   {m_patient.address()}));
        TEST_OK(send(m_patient, DatasetRegistry(chain()).revokeAll(id)));
        TEST_VALUE(const std::uint64_t inEvent, ask(id, kPurposeHealth, now() + 3600));
        TEST_VALUE(const std::uint64_t elsewhere, ask(id, kPurposeDisease, now() + 3600));
        Approval yes = approval(inEvent);
        QCOMPARE(outcome(send(m_patient, access.approve(yes))), "contract.generationChanged");
        yes.basis.generation = 1;
        yes.basis.withdrawals = 1;
        QCOMPARE(outcome(send(m_patient, access.approve(yes))), "contract.withdrawalsChanged");
        yes.basis.withdrawals = 0;
        TEST_OK(send(m_patient, access.approve(yes)));
        TEST_OK(send(m_patient, access.approve({elsewhere, yes.basis, {}, digestOf("object")})));

        TEST_VALUE(const auto index, EventIndex::open(m_home.path() + "/basis.sqlite"));
        TEST_OK(index->sync(chain()));
        for (const std::uint64_t request : {inEvent, elsewhere}) {
            TEST_VALUE(const auto row, index->request(request));
            QVERIFY(row);
            QCOMPARE(row->request.state, RequestState::Approved);
            QCOMPARE(row->request.generation, std::uint16_t(1));
            QCOMPARE(row->keyVersion, std::uint16_t(1));
            QCOMPARE(row->decidedBy, m_patient.address());
        }
        QCOMPARE(index->request(inEvent).value()->capsule, QByteArray("capsule"));
        QCOMPARE(index->request(elsewhere).value()->capsule, QByteArray());
        QCOMPARE(index->request(elsewhere).value()->capsuleDigest, digestOf("object"));
    }

    // Pay → deliver → release, in credit: no capsule leaves unpaid, and each takes out what it is owed.
    void aPriceIsHeldUntilDelivered()
    {
        const Market market(chain());
        const ConsortiumCredit credit(chain());
        const AccessGrants access(chain());
        const Uint256 price = Uint256::fromDecimal("5000000000000000000").value();
        PublishParams params = dataset("for sale", {m_patient.address()});
        params.price = price;
        TEST_VALUE(const Receipt published, send(m_clinician, DatasetRegistry(chain()).publish(params)));
        TEST_VALUE(const std::uint64_t id, publishedId(published));
        TEST_VALUE(const std::uint64_t request, ask(id, kPurposeHealth, now() + 3600));
        QCOMPARE(outcome(send(m_researcher, market.pay(request))), "contract.notForSale");
        const Terms terms{m_home.admin.address(), {{m_clinician.address(), 7500}, {m_patient.address(), 2500}}};
        QCOMPARE(outcome(send(m_patient, market.list(id, terms))), "contract.notOwner");
        TEST_OK(send(m_clinician, market.list(id, terms)));
        QCOMPARE(outcome(send(m_patient, access.approve(approval(request)))), "contract.notPaid");
        QCOMPARE(outcome(send(m_researcher, market.pay(request))), "contract.notEnoughCredit");
        QCOMPARE(outcome(send(m_researcher, credit.mint(m_researcher.address(), price))), "contract.notMinter");
        TEST_OK(send(m_home.admin, credit.mint(m_researcher.address(), price)));
        TEST_OK(send(m_researcher, credit.approve(chain().contracts().market, price)));
        TEST_OK(send(m_researcher, market.pay(request)));
        QCOMPARE(credit.balanceOf(m_researcher.address()).value(), Uint256());
        QCOMPARE(outcome(send(m_researcher, market.release(request))), "contract.badPurchaseState");
        TEST_OK(send(m_patient, access.approve(approval(request))));
        QVERIFY(access.isAllowed(request).value());
        QCOMPARE(outcome(send(m_clinician, market.release(request))), "contract.tooEarly");
        TEST_OK(send(m_researcher, market.release(request)));
        QCOMPARE(market.owed(Currency::Credit, m_patient.address())->toDecimal(), "1250000000000000000");
        TEST_OK(send(m_clinician, market.withdraw(Currency::Credit)));
        QCOMPARE(credit.balanceOf(m_clinician.address())->toDecimal(), "3750000000000000000");
        QCOMPARE(outcome(send(m_clinician, market.withdraw(Currency::Credit))), "contract.nothingOwed");

        TEST_VALUE(const auto index, EventIndex::open(m_home.path() + "/market.sqlite"));
        TEST_OK(index->sync(chain()));
        TEST_VALUE(const auto purchase, index->purchase(request));
        QVERIFY(purchase);
        QCOMPARE(purchase->purchase.state, PurchaseState::Released);
        QCOMPARE(purchase->purchase.amount, price);
        QCOMPARE(index->dataset(id).value()->dataset.price, price);
        QCOMPARE(market.purchaseOf(request)->state, PurchaseState::Released);
        QCOMPARE(market.termsOf(*market.listingOf(id))->payees.size(), std::size_t(2));
    }

    // A decision signed by one and sent by another, who pays for it and decides nothing.
    void aPatientDecidesWithoutGas()
    {
        const AccessGrants access(chain());
        const std::uint64_t chainId = chain().profile().chainId;
        const Address contract = chain().contracts().access;
        TEST_VALUE(const std::uint64_t id, publish("relayed", 1u << kPurposeHealth, 1, {m_patient.address()}));
        TEST_VALUE(const std::uint64_t request, ask(id, kPurposeHealth, now() + 3600));
        const Approval yes = approval(request);
        const std::uint64_t deadline = now() + 600;
        const ApproveMessage message{request, 1, 1, 0, 0, yes.capsuleDigest, deadline};
        const Signed by{m_patient.address(), deadline,
                        signTypedData(message.structHash(), chainId, contract, m_patient)};
        Signed forged = by;
        forged.deadline += 1;
        QCOMPARE(outcome(send(m_clinician, access.approveBySig(yes, forged))), "contract.badSignature");
        TEST_OK(send(m_clinician, access.approveBySig(yes, by)));
        QVERIFY(access.isAllowed(request).value());
        QCOMPARE(outcome(send(m_clinician, access.approveBySig(yes, by))), "contract.badState");
        const RevokeMessage end{request, deadline};
        TEST_OK(send(m_clinician,
                     access.revokeBySig(request, {m_patient.address(), deadline,
                                                  signTypedData(end.structHash(), chainId, contract, m_patient)})));
        QCOMPARE(access.stateOf(request).value(), RequestState::Revoked);
    }

    void custodyMovesInTwoSteps()
    {
        const DatasetRegistry datasets(chain());
        TEST_VALUE(const std::uint64_t id,
                   publish("handed over", 1u << kPurposeHealth, 1, {m_home.admin.address()}));
        const Digest capsule = digestOf("owner's capsule");
        QCOMPARE(outcome(send(m_patient, datasets.acceptCustody(id, m_home.admin.address(), capsule))),
                 "contract.noOffer");
        QCOMPARE(outcome(send(m_patient, datasets.offerCustody(id, m_patient.address()))), "contract.notCustodian");
        TEST_OK(send(m_home.admin, datasets.offerCustody(id, m_patient.address())));
        QCOMPARE(datasets.offerOf(id, m_home.admin.address())->to, m_patient.address());
        TEST_VALUE(const auto index, EventIndex::open(m_home.path() + "/custody.sqlite"));
        TEST_OK(index->sync(chain()));
        const auto offers = index->custodyOffers(id);
        QCOMPARE(offers->size(), std::size_t(1));
        QCOMPARE(offers->front().to, m_patient.address());
        QCOMPARE(index->ownersCapsuleOf(id, m_home.admin.address()).value(), Digest{}); // it is in the package
        TEST_OK(send(m_patient, datasets.acceptCustody(id, m_home.admin.address(), capsule)));
        QCOMPARE(datasets.seatOf(id, m_patient.address()).value(), std::uint8_t(1));
        QCOMPARE(datasets.seatOf(id, m_home.admin.address()).value(), std::uint8_t(0));
        TEST_OK(index->sync(chain()));
        QVERIFY(index->custodyOffers(id)->empty());
        QCOMPARE(index->ownersCapsuleOf(id, m_patient.address()).value(), capsule);
        QCOMPARE(index->dataset(id).value()->custodians, std::vector<Address>{m_patient.address()});
    }

    void glassIsBrokenAndReviewed()
    {
        const AccessGrants access(chain());
        const crypto::SigningKey doctor = keyOf("emergency doctor");
        const crypto::SigningKey auditor = keyOf("auditor");
        TEST_OK(m_home.enrol(doctor, roles::kBreakGlass));
        TEST_OK(m_home.enrol(auditor, roles::kAuditor));
        TEST_VALUE(const std::uint64_t closed, publish("no glass", 1u << kPurposeHealth, 1, {m_patient.address()}));
        QCOMPARE(outcome(send(doctor, access.breakGlass(closed, digestOf("why")))),
                 "contract.breakGlassNotPermitted");
        PublishParams params = dataset("with glass", {m_patient.address()});
        params.breakGlass = true;
        TEST_VALUE(const Receipt published, send(m_clinician, DatasetRegistry(chain()).publish(params)));
        TEST_VALUE(const std::uint64_t id, publishedId(published));
        TEST_OK(send(doctor, access.breakGlass(id, digestOf("why"))));
        TEST_OK(send(doctor, access.breakGlass(id, digestOf("why again"))));
        QVERIFY(access.isAllowedInEmergency(id, doctor.address()).value());
        QVERIFY(!access.isAllowedInEmergency(id, m_researcher.address()).value());
        QCOMPARE(outcome(send(m_researcher, access.reviewBreakGlass(doctor.address(), id, true, {}))),
                 "contract.missingRole");
        TEST_OK(send(auditor, access.reviewBreakGlass(doctor.address(), id, true, digestOf("note"))));
        QVERIFY(access.isAllowedInEmergency(id, doctor.address()).value()); // a review ends one of them
        TEST_VALUE(const auto index, EventIndex::open(m_home.path() + "/glass.sqlite"));
        TEST_OK(index->sync(chain()));
        const auto emergencies = index->emergencies(id); // newest first
        QCOMPARE(emergencies->size(), std::size_t(2));
        QCOMPARE(emergencies->front().auditor, Address{});
        QCOMPARE(emergencies->back().auditor, auditor.address());
        QVERIFY(emergencies->back().justified);
        QCOMPARE(index->emergencies()->size(), std::size_t(2)); // of all datasets
        TEST_OK(send(auditor, access.reviewBreakGlass(doctor.address(), id, false, {})));
        QVERIFY(!access.isAllowedInEmergency(id, doctor.address()).value());
    }

    // Nobody publishes or asks while it is paused; taking back always works.
    void aPauseStopsNoRevocation()
    {
        const IdentityRegistry identity(chain());
        const AccessGrants access(chain());
        TEST_VALUE(const std::uint64_t id, publish("paused", 1u << kPurposeHealth, 1, {m_patient.address()}));
        TEST_VALUE(const std::uint64_t request, ask(id, kPurposeHealth, now() + 3600));
        TEST_OK(send(m_patient, access.approve(approval(request))));
        QCOMPARE(outcome(send(m_stranger, identity.pause())), "contract.notGuardian");
        TEST_OK(send(m_home.admin, identity.pause()));
        QVERIFY(identity.paused().value());
        QVERIFY(!access.isAllowed(request).value());
        QCOMPARE(outcome(send(m_clinician, DatasetRegistry(chain()).publish(dataset("p", {m_patient.address()})))),
                 "contract.paused");
        TEST_OK(send(m_patient, access.revoke(request)));
        TEST_OK(send(m_home.admin, identity.unpause()));
        QCOMPARE(access.stateOf(request).value(), RequestState::Revoked);
    }

    void conditionsAreUndertaken()
    {
        constexpr std::uint64_t kEthics = 1u << 17;
        TEST_VALUE(const std::uint64_t id,
                   publish("conditions", 1u << kPurposeHealth | kEthics, 1, {m_patient.address()}));
        const AccessGrants access(chain());
        const auto without = send(m_researcher, access.request(id, {kPurposeHealth, 0, now() + 3600, {}}));
        QCOMPARE(outcome(without), "contract.conditionNotMet");
        QCOMPARE(without.error().param("missing"), "DUO:0000021");
        TEST_OK(send(m_researcher, access.request(id, {kPurposeHealth, kEthics, now() + 3600, {}})));
    }

    // By its owner or an administrator, never by others; the newest one that is gone leaves nothing to encrypt for.
    void aLostKeyIsRevoked()
    {
        const IdentityRegistry identity(chain());
        const crypto::SigningKey member = keyOf("loses a key");
        TEST_OK(m_home.enrol(member, roles::kResearcher));
        TEST_OK(send(member, identity.setKey(digestOf("first"))));
        QCOMPARE(outcome(send(m_stranger, identity.revokeKey(member.address(), 1))), "contract.notAdmin");
        QCOMPARE(outcome(send(member, identity.revokeKey(member.address(), 2))), "contract.unknownKey");
        QVERIFY(identity.memberOf(member.address())->hasKey());
        TEST_OK(send(m_home.admin, identity.revokeKey(member.address(), 1)));
        QVERIFY(!identity.memberOf(member.address())->hasKey());
        QCOMPARE(outcome(identity.keyOf(member.address(), 1)), "contract.noKey");
        QCOMPARE(identity.keyAt(member.address(), 1)->x25519, digestOf("first"));
        QVERIFY(identity.keyAt(member.address(), 1)->revoked);
        TEST_OK(send(member, identity.setKey(digestOf("second"))));
        QVERIFY(identity.memberOf(member.address())->hasKey());
        QCOMPARE(identity.keyOf(member.address(), 2).value(), digestOf("second"));
    }

    void theSeatOfAnInstitutionKeepsItsRole()
    {
        const IdentityRegistry identity(chain());
        QCOMPARE(identity.rolesInSeat(1, m_home.admin.address(), roles::kUploader).value(),
                 roles::kUploader | roles::kAdministrator);
        QCOMPARE(identity.rolesInSeat(1, m_patient.address(), roles::kPatient).value(), roles::kPatient);
    }
};

QTEST_GUILESS_MAIN(TestConsent)
#include "test_consent.moc"
