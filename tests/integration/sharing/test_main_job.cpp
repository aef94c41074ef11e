// SPDX-License-Identifier: GPL-3.0-or-later
// The paper's eight steps on the use cases themselves, with a real chain, and what must never happen on the way.
#include "leaks.h"
#include "people.h"

#include "core/chain/registered_dataset.h"
#include "core/chain/contracts.h"
#include "core/chain/transaction.h"
#include "core/content/dag_reader.h"
#include "core/formats/format.h"
#include "core/sharing/access.h"
#include "core/sharing/downloader.h"
#include "core/sharing/own_keys.h"
#include "core/sharing/withdrawal.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>

#include <set>

using namespace amana;
using namespace amana::sharing;

namespace {

/// Every structured date of the originals, as written.
std::set<std::string> originalDates(People &people)
{
    std::set<std::string> dates;
    const auto entries = people.session(People::kClinician).library().documents();
    for (const auto &entry : *entries) {
        const auto document = people.session(People::kClinician).library().document(entry.id);
        for (const records::Field &field : document->fields)
            if (field.kind == records::FieldKind::Date || field.kind == records::FieldKind::BirthDate)
                dates.insert(field.text);
    }
    return dates;
}

/// Structured dates of the opened documents in a folder that are none of `known`.
QStringList datesOutside(const QString &folder, const std::set<std::string> &known)
{
    QStringList others;
    const auto names = QDir(folder).entryList(QDir::Files);
    for (const QString &name : names) {
        const auto outcome = formats::readSource(contents(folder + QLatin1Char('/') + name), name);
        if (!outcome || name == QStringLiteral("manifest.json") || name == QStringLiteral("report.json"))
            continue;
        for (const records::Document &document : outcome->documents)
            for (const records::Field &field : document.fields)
                if (field.kind == records::FieldKind::Date && !known.contains(field.text))
                    others << name + QStringLiteral(": ") + QString::fromStdString(field.path + " " + field.text);
    }
    return others;
}

QString anyBlockBelow(const QString &folder)
{
    QDirIterator it(folder, {QStringLiteral("*.blk")}, QDir::Files, QDirIterator::Subdirectories);
    return it.hasNext() ? it.next() : QString();
}

bool invertByte(const QString &path)
{
    QFile file(path);
    char byte = 0;
    return file.open(QIODevice::ReadWrite) && file.seek(file.size() / 2) && file.getChar(&byte)
           && file.seek(file.size() / 2) && file.putChar(static_cast<char>(~byte));
}

} // namespace

/// Fails with the whole error, not only its number.
#define VERIFY_OK(...)                                                                                        \
    do {                                                                                                      \
        const auto verified = (__VA_ARGS__);                                                                  \
        QVERIFY2(verified, verified ? "" : verified.error().debugString().c_str());                           \
    } while (false)

#define COMPARE_CODE(result, expected)                                                                        \
    do {                                                                                                      \
        const auto compared = (result);                                                                       \
        QVERIFY2(!compared, "it was not refused");                                                            \
        QVERIFY2(compared.error().code == (expected), compared.error().debugString().c_str());                \
    } while (false)

class TestMainJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void importCountsAddUp();
    void undecidedIsNotPublished();
    void publishWithoutTheRoleLeavesNothing();
    void publishSurvivesARestartAtEachStep();
    void requestApproveDownload();
    void careShowsTheTruthAndResearchDoesNot();
    void aSubjectThatWithdrewIsLeftOut();
    void nothingPlantedIsOutsideTheVault();
    void rawTransactionsAreRefusedToo();
    void aClientWithoutChecksHasNoKey();
    void alteredAndMissingBlocksAreSeen();
    void revocationStopsTheDownload();
    void anEndedGrantStopsTheDownload();
    void allGrantsEndAtOnce();

private:
    Publisher publisher(const std::string &who, const std::string &draft);
    std::uint64_t ask(const char *who, const char *purpose, int seconds = 86400);

    People m_people;
    std::string m_draft;
    std::uint64_t m_dataset = 0;
    std::uint64_t m_request = 0;
};

void TestMainJob::initTestCase()
{
    QVERIFY(QFile::exists(kSample + QStringLiteral("/planted.json")));
    QVERIFY(planted().size() > 10);
    QVERIFY(m_people.setUp());
}

void TestMainJob::importCountsAddUp()
{
    app::Session &session = m_people.session(People::kClinician);
    const QString broken = m_people.path(QStringLiteral("broken.json"));
    QFile file(broken);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"resourceType\":\"Patient\",");
    file.close();
    const auto first = session.library().import({kSample, broken});
    VERIFY_OK(first);
    QCOMPARE(first->found, first->imported + first->duplicates + first->quarantined);
    QVERIFY(first->imported >= 4);
    QVERIFY(first->quarantined >= 1);
    const auto again = session.library().import({kSample, broken});
    QCOMPARE(again->imported, std::size_t(0));
    QCOMPARE(again->duplicates, first->imported);
    QCOMPARE(again->found, first->found);
}

void TestMainJob::undecidedIsNotPublished()
{
    app::Session &session = m_people.session(People::kClinician);
    const auto engine = session.engine("longitudinal");
    VERIFY_OK(engine);
    std::vector<std::string> documents;
    const auto entries = session.library().documents();
    for (const auto &entry : *entries)
        documents.push_back(entry.id);
    m_draft = Drafts::newId();
    const auto draft = session.drafts().create(m_draft, "Synthetic sample", documents, **engine, session.clock(), {});
    VERIFY_OK(draft);
    const auto count = session.drafts().count(*draft);
    QCOMPARE(count->sample, static_cast<std::size_t>(draft->sampleWanted));
    QVERIFY(count && count->edits > 20);
    QVERIFY2(count->undecided + count->sampleLeft > 0, "the sample has to leave something for a person");
    COMPARE_CODE(publisher(People::kClinician, m_draft).check(), ErrorCode::ReviewUndecided);
    QVERIFY(acceptAll(session, m_draft));
}

Publisher TestMainJob::publisher(const std::string &who, const std::string &draft)
{
    Actor &actor = m_people.actor(who);
    PublishOptions options{draft, "Synthetic sample", {"glucose"}, {"DUO:0000042", "DUO:0000043"}, {}, 1};
    if (auto custodian = custodianAt(actor, m_people.session(People::kPatient).chainKey().address()))
        options.custodians.push_back(*custodian);
    else
        qWarning("%s", custodian.error().debugString().c_str());
    return Publisher(actor, **m_people.session(who).engine("longitudinal"), options);
}

void TestMainJob::publishWithoutTheRoleLeavesNothing()
{
    app::Session &session = m_people.session(People::kResearcher);
    QVERIFY(session.library().import({kSample}));
    std::vector<std::string> documents;
    const auto entries = session.library().documents();
    for (const auto &entry : *entries)
        documents.push_back(entry.id);
    const std::string draft = Drafts::newId();
    QVERIFY(session.drafts().create(draft, "x", documents, **session.engine("longitudinal"), session.clock(), {}));
    QVERIFY(acceptAll(session, draft));
    const auto before = m_people.actor(People::kResearcher).blocks.store().totalBytes();
    Publisher refused = publisher(People::kResearcher, draft);
    COMPARE_CODE(refused.check(), ErrorCode::ContractMissingRole);
    // Past the client's own order of steps: sealed anyway, registered anyway.
    VERIFY_OK(refused.seal());
    COMPARE_CODE(refused.registerDataset(), ErrorCode::ContractMissingRole);
    QVERIFY(!QDir(session.folder() + QStringLiteral("/staging/") + QString::fromStdString(draft)).exists());
    QCOMPARE(*m_people.actor(People::kResearcher).blocks.store().totalBytes(), *before);
}

void TestMainJob::publishSurvivesARestartAtEachStep()
{
    VERIFY_OK(publisher(People::kClinician, m_draft).check());
    QVERIFY(m_people.restart(People::kClinician));
    const Status sealed = publisher(People::kClinician, m_draft).seal();
    VERIFY_OK(sealed);
    QCOMPARE(*m_people.actor(People::kClinician).blocks.store().totalBytes(), std::uint64_t(0));
    QVERIFY(m_people.restart(People::kClinician));
    {
        Publisher again = publisher(People::kClinician, m_draft);
        for (const Status &step : {again.check(), again.seal(), again.registerDataset()})
            VERIFY_OK(step);
        m_dataset = again.published().dataset;
    }
    QVERIFY(m_people.restart(People::kClinician));
    {
        Publisher again = publisher(People::kClinician, m_draft);
        for (const Status &step : {again.check(), again.seal(), again.registerDataset()})
            VERIFY_OK(step);
        QCOMPARE(again.published().dataset, m_dataset);
        // Somebody touched what waits: it is noticed, and goes out when it is whole again.
        const sharing::Actor &actor = m_people.actor(People::kClinician);
        const QString touched = anyBlockBelow(actor.folder + QStringLiteral("/staging"));
        QVERIFY(invertByte(touched));
        COMPARE_CODE(again.announce(), ErrorCode::SourceChanged);
        QVERIFY(invertByte(touched));
        VERIFY_OK(again.announce());
    }
    QVERIFY(m_people.restart(People::kClinician));
    Publisher done = publisher(People::kClinician, m_draft);
    for (const Status &step : {done.check(), done.seal(), done.registerDataset(), done.announce()})
        VERIFY_OK(step);
    QCOMPARE(done.published().dataset, m_dataset);
    QCOMPARE(*chain::DatasetRegistry(m_people.actor(People::kClinician).chain).count(), std::uint64_t(1));
}

std::uint64_t TestMainJob::ask(const char *who, const char *purpose, int seconds)
{
    Requester requester(m_people.actor(who));
    const auto until = static_cast<std::uint64_t>(QDateTime::currentSecsSinceEpoch() + seconds);
    const auto receipt = requester.request(m_dataset, {{purpose}, until, {who, "Institute", "Please"}});
    if (!receipt) {
        qWarning("%s", receipt.error().debugString().c_str());
        return 0;
    }
    return *chain::requestedId(*receipt);
}

void TestMainJob::requestApproveDownload()
{
    Requester requester(m_people.actor(People::kResearcher));
    const auto until = static_cast<std::uint64_t>(QDateTime::currentSecsSinceEpoch() + 86400);
    COMPARE_CODE(requester.request(m_dataset, {{"CC"}, until, {}}), ErrorCode::ContractMissingRole);
    m_request = ask(People::kResearcher, "DUO:0000006");
    QVERIFY(m_request > 0);

    Downloader early(m_people.actor(People::kResearcher), m_request, m_people.path(QStringLiteral("early")));
    COMPARE_CODE(early.checkGrant(), ErrorCode::SharingNotApproved);
    QVERIFY(!QDir(m_people.path(QStringLiteral("early"))).exists());

    Actor &patient = m_people.actor(People::kPatient);
    CustodianDesk desk(patient);
    QVERIFY(patient.index.sync(patient.chain));
    const auto request = patient.index.request(m_request);
    const auto message = desk.readMessage((*request)->messageDigest);
    QVERIFY(message);
    QCOMPARE(message->text, std::string("Please"));
    COMPARE_CODE(desk.approve(m_request, 1, GrantKind::Care), ErrorCode::SharingUnknownPurpose);
    const auto approved = desk.approve(m_request, 1, GrantKind::Research);
    VERIFY_OK(approved);

    Downloader download(m_people.actor(People::kResearcher), m_request, m_people.path(QStringLiteral("research")));
    for (const Status &step : {download.checkGrant(), download.verify(), download.unwrap(), download.open()})
        VERIFY_OK(step);
    QVERIFY(download.opened().documents >= 4);
    QCOMPARE(download.opened().linked, std::size_t(0));
    QVERIFY(!QDir(m_people.path(QStringLiteral("research/true"))).exists());
    COMPARE_CODE(download.open(), ErrorCode::FileExists);
}

void TestMainJob::careShowsTheTruthAndResearchDoesNot()
{
    const std::uint64_t request = ask(People::kElsewhere, "DUO:0000043");
    QVERIFY(request > 0);
    CustodianDesk desk(m_people.actor(People::kPatient));
    QVERIFY(desk.approve(request, 1, GrantKind::Care));
    Downloader download(m_people.actor(People::kElsewhere), request, m_people.path(QStringLiteral("care")));
    for (const Status &step : {download.checkGrant(), download.verify(), download.unwrap(), download.open()})
        VERIFY_OK(step);
    QVERIFY(download.opened().linked >= 1);

    const auto bytesBelow = [](const QString &folder) {
        QByteArray all;
        QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            all += contents(it.next()) + '\n';
        return all;
    };
    const QByteArray research = bytesBelow(m_people.path(QStringLiteral("research")));
    const QByteArray linked = bytesBelow(m_people.path(QStringLiteral("care/true")));
    const auto subjects = m_people.session(People::kClinician).library().subjects();
    int named = 0;
    for (const auto &entry : *subjects)
        for (const std::string &name : entry.subject.names) {
            QVERIFY2(!research.contains(QByteArray::fromStdString(name)), "a true name in the researcher's copy");
            named += linked.contains(QByteArray::fromStdString(name));
        }
    QVERIFY2(named > 0, "the doctor does not see the true name");
    QCOMPARE(datesOutside(m_people.path(QStringLiteral("care/true")), originalDates(m_people)).join(u'\n'), QString());
    QVERIFY(!datesOutside(m_people.path(QStringLiteral("research")), originalDates(m_people)).isEmpty());
    const QByteArray linkages = bytesBelow(m_people.path(QStringLiteral("care/linkage")));
    for (const auto &entry : *subjects)
        QVERIFY(linkages.contains(QByteArray::fromStdString(entry.subject.birthDate)));
    QCOMPARE(foundIn(research, planted()).join(QStringLiteral(", ")), QString());
}

void TestMainJob::aSubjectThatWithdrewIsLeftOut()
{
    const auto namesIn = [this](const char *folder) {
        return QDir(m_people.path(QString::fromLatin1(folder))).entryList({QStringLiteral("P-*")}, QDir::Files);
    };
    const QString first = namesIn("research").value(0);
    const QString pseudonym = first.left(first.indexOf(u'-', 2));
    QVERIFY(!pseudonym.isEmpty());
    Actor &clinician = m_people.actor(People::kClinician);
    COMPARE_CODE(withdrawSubject(m_people.actor(People::kPatient), m_dataset, pseudonym.toStdString()),
                 ErrorCode::SharingNotPublishedHere);
    COMPARE_CODE(withdrawSubject(clinician, m_dataset, "P-NOBODY"), ErrorCode::SharingUnknownSubject);
    VERIFY_OK(withdrawSubject(clinician, m_dataset, pseudonym.toStdString()));
    QCOMPARE(chain::DatasetRegistry(clinician.chain).entry(m_dataset)->withdrawals, 1u);
    VERIFY_OK(withdrawSubject(clinician, m_dataset, pseudonym.toStdString())); // asked twice, done once
    QCOMPARE(chain::DatasetRegistry(clinician.chain).entry(m_dataset)->withdrawals, 1u);

    const std::uint64_t request = ask(People::kResearcher, "DUO:0000006");
    VERIFY_OK(CustodianDesk(m_people.actor(People::kPatient)).approve(request, 1, GrantKind::Research));
    Downloader download(m_people.actor(People::kResearcher), request, m_people.path(QStringLiteral("later")));
    for (const Status &step : {download.checkGrant(), download.verify(), download.unwrap(), download.open()})
        VERIFY_OK(step);
    QCOMPARE(download.opened().skippedParts, std::size_t(1));
    QVERIFY(!namesIn("later").isEmpty());
    QVERIFY(namesIn("later").filter(pseudonym).isEmpty());
}

void TestMainJob::nothingPlantedIsOutsideTheVault()
{
    // Everything on this computer but the opened copies: databases, logs, chain state and journal, blocks, vault (ciphertext).
    const auto needles = planted();
    QDirIterator it(m_people.home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int files = 0;
    while (it.hasNext()) {
        const QString path = it.next();
        if (path.contains(QStringLiteral("/research/")) || path.contains(QStringLiteral("/care/")) || path.contains(QStringLiteral("/later/"))
            || path.endsWith(QStringLiteral("broken.json")))
            continue;
        ++files;
        const QStringList found = foundIn(contents(path), needles);
        QVERIFY2(found.isEmpty(), qPrintable(path + QStringLiteral(": ") + found.join(QStringLiteral(", "))));
    }
    QVERIFY(files > 20);
}

void TestMainJob::rawTransactionsAreRefusedToo()
{
    Actor &researcher = m_people.actor(People::kResearcher);
    chain::PublishParams params;
    params.duoMask = 1;
    params.cidDigest.fill(7);
    params.cardDigest.fill(8);
    params.reportHash.fill(9);
    params.custodians = {researcher.address()};
    const auto until = static_cast<std::uint64_t>(QDateTime::currentSecsSinceEpoch() + 86400);
    const chain::Call calls[] = {chain::DatasetRegistry(researcher.chain).publish(params),
                                 chain::AccessGrants(researcher.chain).request(m_dataset, {2, 0, 1, {}}),
                                 chain::AccessGrants(researcher.chain).request(m_dataset, {4, 0, until, {}})};
    for (const chain::Call &call : calls) {
        chain::Transaction transaction;
        transaction.chainId = researcher.chain.profile().chainId;
        transaction.nonce = *researcher.chain.nextNonce(researcher.address());
        transaction.gasLimit = 2'000'000;
        transaction.to = call.to;
        transaction.data = call.data;
        const auto signedOne = chain::signTransaction(transaction, researcher.chainKey);
        QVERIFY(researcher.chain.sendRaw(signedOne.raw, signedOne.hash));
        std::optional<chain::Receipt> receipt;
        QTRY_VERIFY((receipt = *researcher.chain.receipt(signedOne.hash)).has_value());
        QVERIFY(!receipt->succeeded);
    }
    QCOMPARE(*chain::DatasetRegistry(researcher.chain).count(), std::uint64_t(1));
}

void TestMainJob::aClientWithoutChecksHasNoKey()
{
    const std::uint64_t request = ask(People::kResearcher, "DUO:0000007");
    QVERIFY(request > 0);
    Actor &researcher = m_people.actor(People::kResearcher);
    // No check at all: take every block and try every own key on every file.
    const auto dataset = chain::registeredDataset(researcher.chain, researcher.index, m_dataset);
    const content::Cid root{content::Codec::DagPb, dataset->cidDigest};
    const auto own = ownIdentities(researcher.profile);
    int tried = 0;
    const Status walked = content::walk(researcher.blocks, root, [&](const content::Cid &cid, const QByteArray &block) -> Status {
        if (cid.codec == content::Codec::Raw && block.startsWith("age-encryption.org")) {
            ++tried;
            if (crypto::ageOpen(bytesOf(block), own).error().code != ErrorCode::AgeNoMatch)
                return fail(ErrorCode::InternalUnexpected);
        }
        return {};
    });
    QVERIFY(walked);
    QVERIFY(tried >= 5);
    Downloader download(researcher, request, m_people.path(QStringLiteral("none")));
    COMPARE_CODE(download.unwrap(), ErrorCode::SharingNotApproved);
    QVERIFY(researcher.index.sync(researcher.chain));
    QVERIFY((*researcher.index.request(request))->capsule.isEmpty());
}

void TestMainJob::alteredAndMissingBlocksAreSeen()
{
    Actor &researcher = m_people.actor(People::kResearcher);
    const auto dataset = chain::registeredDataset(researcher.chain, researcher.index, m_dataset);
    const content::Cid root{content::Codec::DagPb, dataset->cidDigest};
    const auto part = content::resolvePath(researcher.blocks, root, "parts/0001.age");
    QVERIFY(part);
    QString blockFile;
    QDirIterator it(app::blocksFolder(m_people.home(), "local"), QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        if (it.next().contains(QString::fromStdString(part->text())))
            blockFile = it.filePath();
    QVERIFY(!blockFile.isEmpty());
    const QByteArray good = contents(blockFile);
    QByteArray bad = good;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
    QFile::setPermissions(blockFile, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const auto put = [&](const QByteArray &bytes) {
        QFile file(blockFile);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(put(bad));
    Downloader download(researcher, m_request, m_people.path(QStringLiteral("altered")));
    QVERIFY(download.checkGrant());
    COMPARE_CODE(download.verify(), ErrorCode::BlockAltered);
    QVERIFY(QFile::remove(blockFile));
    COMPARE_CODE(download.verify(), ErrorCode::BlockMissing);
    QVERIFY(download.unwrap());
    QVERIFY(!download.open());
    QVERIFY(!QDir(m_people.path(QStringLiteral("altered"))).exists());
    QVERIFY(!QDir(m_people.path(QStringLiteral("altered.opening"))).exists());
    QVERIFY(put(good));
    QVERIFY(download.verify());
}

void TestMainJob::revocationStopsTheDownload()
{
    CustodianDesk desk(m_people.actor(People::kPatient));
    QVERIFY(desk.revoke(m_request));
    Downloader download(m_people.actor(People::kResearcher), m_request, m_people.path(QStringLiteral("late")));
    COMPARE_CODE(download.checkGrant(), ErrorCode::SharingRevoked);
    COMPARE_CODE(download.unwrap(), ErrorCode::SharingRevoked);
    QVERIFY(!QDir(m_people.path(QStringLiteral("late"))).exists());
}

void TestMainJob::anEndedGrantStopsTheDownload()
{
    constexpr int kSeconds = 4;
    const std::uint64_t request = ask(People::kResearcher, "DUO:0000011", kSeconds);
    QVERIFY(request > 0);
    VERIFY_OK(CustodianDesk(m_people.actor(People::kPatient)).approve(request, 1, GrantKind::Research));
    Downloader download(m_people.actor(People::kResearcher), request, m_people.path(QStringLiteral("ended")));
    VERIFY_OK(download.checkGrant());
    QTest::qWait((kSeconds + 1) * 1000);
    COMPARE_CODE(download.checkGrant(), ErrorCode::SharingExpired);
    COMPARE_CODE(download.unwrap(), ErrorCode::SharingExpired);
    QVERIFY(!QDir(m_people.path(QStringLiteral("ended"))).exists());
}

void TestMainJob::allGrantsEndAtOnce()
{
    Actor &researcher = m_people.actor(People::kResearcher);
    CustodianDesk desk(m_people.actor(People::kPatient));
    const std::uint64_t request = ask(People::kResearcher, "DUO:0000006");
    VERIFY_OK(desk.approve(request, 1, GrantKind::Research));
    QVERIFY(*chain::AccessGrants(researcher.chain).isAllowed(request));
    VERIFY_OK(desk.revokeAll(m_dataset));
    QVERIFY(!*chain::AccessGrants(researcher.chain).isAllowed(request));
    COMPARE_CODE(Downloader(researcher, request, m_people.path(QStringLiteral("late"))).checkGrant(),
                 ErrorCode::SharingRevoked);
    VERIFY_OK(researcher.index.sync(researcher.chain));
    QCOMPARE((*researcher.index.request(request))->request.state, chain::RequestState::Revoked);
}

QTEST_GUILESS_MAIN(TestMainJob)
#include "test_main_job.moc"
