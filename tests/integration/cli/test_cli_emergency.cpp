// SPDX-License-Identifier: GPL-3.0-or-later
// Emergency access and the hand-over of custody, by commands alone, on a real chain: who may, who sees it, whose keys, and
// what does not work.
#include "core/chain/rpc.h"
#include "runner.h"

#include <QTest>

using namespace amana;

namespace {

const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");
const QString kClinic = QStringLiteral("Clinic Test");
const QString kPatient = QStringLiteral("Patient Test");
const QString kDoctor = QStringLiteral("Emergency Doctor Test");
const QString kAuditor = QStringLiteral("Auditor Test");
const QString kHeir = QStringLiteral("New Custodian Test");

} // namespace

class TestCliEmergency : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void onlyWhoMayWhereItIsPermitted();
    void everybodyConcernedSeesIt();
    void theContractAloneOpensNothing();
    void theKeysComeFromWhoHoldsThem();
    void itEndsAfterADay();
    void itIsReviewedBySomebodyElse();
    void custodyIsOffered();
    void custodyIsTakenWithTheKeys();
    void theNewCustodianDecides();

private:
    Ran as(const QString &who, const QStringList &command) const { return m_runner.json(command, who); }
    Ran publish(const QString &file, const QStringList &more) const
    {
        return as(kClinic, QStringList{"publish", kSample + file, "--title", "Test records", "--custodian", kPatient,
                                       "--purpose", "HMB", "--purpose", "CC", "--decisions", m_decisions, "--yes"}
                               + more);
    }
    QString request() const
    {
        const Ran ran = as(kDoctor, {"request", "1", "--purpose", "CC", "--until",
                                     later(30), "--message", "For care"});
        return ran.code == 0 ? QString::number(ran.json["request"].get<int>()) : QString::fromUtf8(ran.why());
    }

    Runner m_runner;
    QString m_decisions;
    QString m_keys;
    QString m_capsule;
    QString m_request;
    std::string m_rpc;
};

void TestCliEmergency::initTestCase()
{
    const std::pair<QString, QString> people[] = {{kClinic, "clinician"},
                                                  {kPatient, "patient"},
                                                  {kDoctor, "clinician"},
                                                  {kAuditor, "administrator"},
                                                  {kHeir, "patient"}};
    for (const auto &[name, role] : people)
        QCOMPARE(m_runner.json({"identity", "new", name, "--role", role}).code, 0);
    const Ran started = as(kClinic, {"network", "start"});
    QVERIFY2(started.code == 0, started.why());
    m_rpc = started.json["rpc"];
    const std::pair<QString, QString> roles[] = {{kClinic, "uploader,admin"},
                                                 {kPatient, "patient"},
                                                 {kDoctor, "uploader,breakglass"},
                                                 {kAuditor, "auditor,breakglass"},
                                                 {kHeir, "patient"}};
    for (const auto &[name, role] : roles) {
        const Ran ran = as(kClinic, {"member", "add", name, "--roles", role});
        QVERIFY2(ran.code == 0, ran.why());
    }
    for (const auto &[name, role] : roles)
        QCOMPARE(as(name, {"catalogue"}).code, 0);
    m_decisions = m_runner.write("decisions.json", R"({"*": {"accept": "all", "sampleSeen": true}})");
    const Ran open = publish("/whitcombe-bundle.json", {"--break-glass"});
    QVERIFY2(open.code == 0 && open.json["dataset"] == 1, open.why());
    const Ran closed = publish("/blood-pressure.csv", {});
    QVERIFY2(closed.code == 0 && closed.json["dataset"] == 2, closed.why());
}

void TestCliEmergency::onlyWhoMayWhereItIsPermitted()
{
    QCOMPARE(as(kDoctor, {"emergency", "1"}).code, 2); // no reason
    QCOMPARE(as(kClinic, {"emergency", "1", "--reason", "x"}).errorCode(), std::string("contract.missingRole"));
    QCOMPARE(as(kDoctor, {"emergency", "2", "--reason", "x"}).errorCode(), std::string("contract.breakGlassNotPermitted"));
    QCOMPARE(as(kPatient, {"emergency-keys", "1", "--to", kDoctor, "-o", m_runner.path("early.age")}).errorCode(),
             std::string("sharing.noEmergency"));
    const Ran declared = as(kDoctor, {"emergency", "1", "--reason", "Unconscious in the emergency room"});
    QVERIFY2(declared.code == 0 && !declared.json["until"].get<std::string>().empty(), declared.why());
}

void TestCliEmergency::everybodyConcernedSeesIt()
{
    for (const QString &who : {kPatient, kAuditor, kDoctor}) {
        const Ran ran = as(who, {"requests"});
        QVERIFY2(ran.code == 0 && ran.json["emergencies"].size() == 1, ran.why());
        const nlohmann::json row = ran.json["emergencies"][0];
        SAME_JSON(row["state"], "open");
        SAME_JSON(row["reason"], "Unconscious in the emergency room");
        SAME_JSON(row["who"]["name"], kDoctor.toStdString());
    }
    const Ran stranger = as(kHeir, {"requests"});
    QVERIFY2(stranger.code == 0 && stranger.json["emergencies"].empty(), stranger.why());
}

void TestCliEmergency::theContractAloneOpensNothing()
{
    const QString folder = m_runner.path("without");
    QCOMPARE(as(kDoctor, {"download", "--emergency", "1", "-o", folder}).code, 2); // a file of keys is needed
    QCOMPARE(as(kDoctor, {"emergency-keys", "1", "--to", kDoctor, "-o", m_runner.path("own.age")}).errorCode(),
             std::string("sharing.noKeysHere"));
    const QString junk = m_runner.write("junk.age", "age-encryption.org/v1\n");
    QCOMPARE(as(kDoctor, {"download", "--emergency", "1", "--keys", junk, "-o", folder}).code, 1);
    QVERIFY(!QDir(folder).exists());
}

void TestCliEmergency::theKeysComeFromWhoHoldsThem()
{
    // The patient is unconscious; the clinic published the dataset and its vault kept the keys.
    m_keys = m_runner.path("keys.age");
    const Ran given = as(kClinic, {"emergency-keys", "1", "--to", kDoctor, "--care", "-o", m_keys});
    QVERIFY2(given.code == 0, given.why());
    QCOMPARE(as(kClinic, {"emergency-keys", "1", "--to", kDoctor, "-o", m_keys}).errorCode(), std::string("file.exists"));
    QCOMPARE(as(kAuditor, {"download", "--emergency", "1", "--keys", m_keys, "-o", m_runner.path("other")}).errorCode(),
             std::string("sharing.noEmergency")); // nobody else's emergency
    const Ran opened = as(kDoctor, {"download", "--emergency", "1", "--keys", m_keys, "-o", m_runner.path("care")});
    QVERIFY2(opened.code == 0 && opened.json["linked"].get<int>() == 1, opened.why());
    QVERIFY(below(m_runner.path("care/true"), "Whitcombe"));
}

void TestCliEmergency::itEndsAfterADay()
{
    const chain::JsonRpc rpc(m_rpc);
    QVERIFY(rpc.call("evm_increaseTime", nlohmann::json::array({86'401})));
    QVERIFY(rpc.call("evm_mine", nlohmann::json::array()));
    const QString folder = m_runner.path("late");
    const Ran late = as(kDoctor, {"download", "--emergency", "1", "--keys", m_keys, "-o", folder});
    QVERIFY2(late.code == 1 && late.errorCode() == "sharing.noEmergency", late.why());
    QVERIFY(!QDir(folder).exists());
    SAME_JSON(as(kPatient, {"requests"}).json["emergencies"][0]["state"], "reviewDue");
}

void TestCliEmergency::itIsReviewedBySomebodyElse()
{
    const QStringList review{"review-emergency", "1", "--of", kDoctor, "--justified", "--note", "Papers seen"};
    QCOMPARE(as(kAuditor, {"review-emergency", "1", "--of", kDoctor}).code, 2);
    QCOMPARE(as(kDoctor, review).errorCode(), std::string("contract.missingRole"));
    const Ran own = as(kAuditor, {"emergency", "1", "--reason", "Mine"});
    QVERIFY2(own.code == 0, own.why());
    QCOMPARE(as(kAuditor, {"review-emergency", "1", "--of", kAuditor, "--justified"}).errorCode(),
             std::string("contract.ownEmergency"));
    const Ran done = as(kAuditor, review);
    QVERIFY2(done.code == 0, done.why());
    const Ran again = as(kAuditor, review);
    QCOMPARE(again.errorCode(), std::string("contract.noEmergency"));
    const Ran seen = as(kDoctor, {"requests"});
    SAME_JSON(seen.json["emergencies"][0]["state"], "justified");
    SAME_JSON(seen.json["emergencies"][0]["note"], "Papers seen");
}

void TestCliEmergency::custodyIsOffered()
{
    m_capsule = m_runner.path("capsule.age");
    QCOMPARE(as(kHeir, {"custody", "accept", "1", "--capsule", m_keys}).errorCode(), std::string("contract.noOffer"));
    QCOMPARE(as(kClinic, {"custody", "offer", "1", "--to", kHeir, "-o", m_capsule}).errorCode(),
             std::string("contract.notCustodian"));
    const Ran offered = as(kPatient, {"custody", "offer", "1", "--to", kHeir, "-o", m_capsule});
    QVERIFY2(offered.code == 0 && offered.json.contains("transaction"), offered.why());
    m_request = request();
    QVERIFY2(m_request.toInt() > 0, qPrintable(m_request));
    QCOMPARE(as(kHeir, {"approve", m_request, "--care"}).errorCode(), std::string("contract.notCustodian"));
}

void TestCliEmergency::custodyIsTakenWithTheKeys()
{
    // The capsule of another dataset, for the right person, is no capsule of this one.
    const QString other = m_runner.path("other.age");
    QCOMPARE(as(kPatient, {"custody", "offer", "2", "--to", kHeir, "-o", other}).code, 0);
    QCOMPARE(as(kHeir, {"custody", "accept", "1", "--capsule", other}).errorCode(), std::string("sharing.notForThis"));
    QCOMPARE(as(kPatient, {"custody", "cancel", "2"}).code, 0);
    QCOMPARE(as(kHeir, {"custody", "accept", "2", "--capsule", other}).errorCode(), std::string("contract.noOffer"));
    QCOMPARE(as(kDoctor, {"custody", "accept", "1", "--capsule", m_capsule}).errorCode(), std::string("contract.noOffer"));
    const Ran taken = as(kHeir, {"custody", "accept", "1", "--capsule", m_capsule});
    QVERIFY2(taken.code == 0, taken.why());
}

void TestCliEmergency::theNewCustodianDecides()
{
    QVERIFY(QFile::remove(m_capsule)); // the block store has it
    QCOMPARE(as(kPatient, {"approve", m_request, "--care"}).errorCode(), std::string("contract.notCustodian"));
    const Ran approved = as(kHeir, {"approve", m_request, "--care"});
    QVERIFY2(approved.code == 0 && approved.json["state"] == "approved", approved.why());
    const Ran opened = as(kDoctor, {"download", m_request, "-o", m_runner.path("approved")});
    QVERIFY2(opened.code == 0 && opened.json["linked"].get<int>() == 1, opened.why());
    // What is asked from now on is sealed to the new custodian.
    const QString next = request();
    QVERIFY2(next.toInt() > 0, qPrintable(next));
    const Ran incoming = as(kHeir, {"requests", "--state", "requested"});
    SAME_JSON(incoming.json["incoming"][0]["message"]["text"], "For care");
    QCOMPARE(as(kPatient, {"requests"}).json["incoming"].size(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestCliEmergency)
#include "test_cli_emergency.moc"
