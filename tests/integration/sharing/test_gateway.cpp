// SPDX-License-Identifier: GPL-3.0-or-later
// The guarded gateway with a real chain: a grant that ends while an archive is on its way, and each reason for which the
// contract says no.
#include "people.h"
#include "test_result.h"

#include "app/workspace/gateway_host.h"
#include "core/chain/contracts.h"
#include "core/chain/purpose.h"
#include "core/crypto/hash.h"
#include "core/crypto/random.h"
#include "core/sharing/gateway_pass.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QTest>

#include <utility>

using namespace amana;
using namespace amana::sharing;
using amana::test::outcome;

namespace {

constexpr qint64 kSize = 96 << 20; ///< of the dataset: six ranges

Digest textDigest(const char *text)
{
    return crypto::sha256(bytesOf(std::string_view(text)));
}

} // namespace

class TestGateway : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void notBeforeItIsApproved();
    void revokedWhileAnArchiveIsOnItsWay();
    void approvedAgainItGoesOn();
    void notByAnother();
    void whoIsSuspendedIsNotServed();
    void afterAllGrantsEnded();
    void afterTheDatasetIsWithdrawn();

private:
    Result<std::uint64_t> publish();
    Result<std::uint64_t> ask();
    Status approve(std::uint64_t request);
    Result<chain::Receipt> send(const char *who, const chain::Call &call)
    {
        Actor &actor = m_people.actor(who);
        return actor.outbox.send(actor.chain, actor.chainKey, call);
    }
    Result<content::FetchReport> fetch(std::uint64_t request, const char *who = People::kResearcher)
    {
        return fetchGuarded(signerOf(m_people.actor(who)), m_gateway, request, m_root, *m_store);
    }

    People m_people;
    std::unique_ptr<app::GatewayHost> m_host;
    QTemporaryDir m_folder; ///< of the client's own store
    std::unique_ptr<content::BlockStore> m_store;
    GuardedGateway m_gateway;
    content::Cid m_root;
    std::uint64_t m_dataset = 0;
    std::uint64_t m_request = 0;
};

void TestGateway::initTestCase()
{
    QVERIFY(m_people.setUp());
    Actor &clinician = m_people.actor(People::kClinician);
    QByteArray bytes(kSize, Qt::Uninitialized);
    for (qsizetype at = 0; at < bytes.size(); at += 32) {
        const Digest random = crypto::randomDigest();
        std::copy(random.begin(), random.end(), bytes.begin() + at);
    }
    QBuffer in(&bytes);
    in.open(QIODevice::ReadOnly);
    TEST_VALUE(const content::DagNode file, content::addFile(in, clinician.blocks));
    TEST_VALUE(const content::DagNode root, content::addDirectory({{"data", file.cid, file.totalSize}}, clinician.blocks));
    TEST_OK(clinician.blocks.flush());
    m_root = root.cid;
    TEST_VALUE(m_dataset, publish());
    TEST_VALUE(m_host, app::GatewayHost::start(clinician, {}, {}));
    TEST_VALUE(m_store, content::BlockStore::open(m_folder.path()));
    m_gateway = {.url = QUrl(QString::fromStdString(m_host->url())), .key = m_host->key()};
    TEST_OK(clinician.index.sync(clinician.chain));
    TEST_VALUE(const auto served, app::servedDatasets(clinician));
    QVERIFY(served.size() == 1 && served[0].id == m_dataset && served[0].root == m_root);
}

Result<std::uint64_t> TestGateway::publish()
{
    chain::PublishParams params;
    params.cidDigest = m_root.digest;
    params.cardDigest = textDigest("card");
    params.reportHash = textDigest("report");
    params.duoMask = std::uint64_t(1) << chain::kPurposeHealth;
    params.custodians = {m_people.actor(People::kPatient).address()};
    AMANA_TRY(const chain::Receipt receipt,
              send(People::kClinician, chain::DatasetRegistry(m_people.actor(People::kClinician).chain).publish(params)));
    return chain::publishedId(receipt);
}

Result<std::uint64_t> TestGateway::ask()
{
    Actor &researcher = m_people.actor(People::kResearcher);
    const auto until = static_cast<std::uint64_t>(researcher.clock.now().toSecsSinceEpoch()) + 86'400;
    AMANA_TRY(const chain::Receipt receipt,
              send(People::kResearcher, chain::AccessGrants(researcher.chain)
                                            .request(m_dataset, {chain::kPurposeHealth, 0, until, textDigest("message")})));
    return chain::requestedId(receipt);
}

Status TestGateway::approve(std::uint64_t request)
{
    Actor &patient = m_people.actor(People::kPatient);
    AMANA_TRY(const chain::DatasetEntry entry, chain::DatasetRegistry(patient.chain).entry(m_dataset));
    AMANA_TRY(const chain::Member member,
              chain::IdentityRegistry(patient.chain).memberOf(m_people.actor(People::kResearcher).address()));
    const QByteArray capsule = "capsule";
    const chain::Approval approval{request, {1, member.keyVersion, entry.withdrawals, entry.generation}, capsule,
                                   crypto::sha256(bytesOf(capsule))};
    AMANA_CHECK(send(People::kPatient, chain::AccessGrants(patient.chain).approve(approval)));
    return {};
}

void TestGateway::notBeforeItIsApproved()
{
    QCOMPARE(outcome(fetch(1)), "gateway.noGrant"); // nobody has asked yet
    TEST_VALUE(m_request, ask());
    QCOMPARE(outcome(fetch(m_request)), "gateway.noGrant");
    QCOMPARE(m_store->totalBytes().value(), std::uint64_t(0));
}

void TestGateway::revokedWhileAnArchiveIsOnItsWay()
{
    TEST_OK(approve(m_request));
    TEST_VALUE(const GatewayPass pass, passFor(signerOf(m_people.actor(People::kResearcher)), m_gateway, m_request, m_root));
    const content::GatewayBlocks blocks(pass.gateway);
    qint64 received = 0;
    bool revoked = false;
    Status sent;
    const Status ended = blocks.archive(m_root, [&](ByteView piece) -> Status {
        received += static_cast<qint64>(piece.size());
        if (received > (20 << 20) && !std::exchange(revoked, true))
            sent = send(People::kPatient, chain::AccessGrants(m_people.actor(People::kPatient).chain).revoke(m_request))
                       .transform([](const chain::Receipt &) {});
        return {};
    });
    TEST_OK(sent);
    QVERIFY(revoked);
    // What the sockets hold and at most one more range; the end of the archive never.
    QVERIFY2(received < (64 << 20), qPrintable(QString::number(received >> 20)));
    qInfo("revoked after 20 MiB, cut after %lld MiB", received >> 20);
    QCOMPARE(outcome(blocks.get(m_root)), "ipfs.unauthorized");
    QCOMPARE(outcome(fetch(m_request)), "gateway.noGrant");
    Q_UNUSED(ended); // cut: whether Qt tells it is another test's matter
}

void TestGateway::approvedAgainItGoesOn()
{
    TEST_VALUE(m_request, ask());
    TEST_OK(approve(m_request));
    QElapsedTimer timer;
    timer.start();
    TEST_VALUE(const content::FetchReport report, fetch(m_request));
    qInfo("%llu MiB through the gateway in %lld ms", static_cast<unsigned long long>(report.fetchedBytes >> 20),
          static_cast<long long>(timer.elapsed()));
    TEST_OK(m_store->pin(m_root, "all of it"));
}

void TestGateway::notByAnother()
{
    QCOMPARE(outcome(fetch(m_request, People::kElsewhere)), "gateway.noGrant");
    QCOMPARE(outcome(fetch(m_request, People::kPatient)), "gateway.noGrant"); // a custodian has no grant either
}

void TestGateway::whoIsSuspendedIsNotServed()
{
    Actor &clinician = m_people.actor(People::kClinician);
    const chain::IdentityRegistry registry(clinician.chain);
    const Address researcher = m_people.actor(People::kResearcher).address();
    TEST_OK(passFor(signerOf(m_people.actor(People::kResearcher)), m_gateway, m_request, m_root));
    TEST_OK(send(People::kClinician, registry.suspend(researcher, true)));
    QCOMPARE(outcome(fetch(m_request)), "gateway.noGrant");
    TEST_OK(send(People::kClinician, registry.suspend(researcher, false)));
    TEST_OK(fetch(m_request));
}

void TestGateway::afterAllGrantsEnded()
{
    TEST_OK(send(People::kPatient, chain::DatasetRegistry(m_people.actor(People::kPatient).chain).revokeAll(m_dataset)));
    QCOMPARE(outcome(fetch(m_request)), "gateway.noGrant");
}

void TestGateway::afterTheDatasetIsWithdrawn()
{
    TEST_VALUE(m_request, ask());
    TEST_OK(approve(m_request));
    TEST_OK(fetch(m_request));
    TEST_OK(send(People::kClinician, chain::DatasetRegistry(m_people.actor(People::kClinician).chain).withdraw(m_dataset)));
    QCOMPARE(outcome(fetch(m_request)), "gateway.noGrant");
    // What was done is on record, and no name is.
    m_host.reset();
    const QByteArray trail = [this] {
        QFile file(m_people.session(People::kClinician).folder() + QStringLiteral("/gateway-audit.jsonl"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }();
    QVERIFY(trail.contains("gatewayServed") && trail.contains("gatewayRefused"));
    QVERIFY(!trail.contains("Researcher") && !trail.contains("Patient"));
}

QTEST_GUILESS_MAIN(TestGateway)
#include "test_gateway.moc"
