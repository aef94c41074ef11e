// SPDX-License-Identifier: GPL-3.0-or-later
// The main job by commands alone: four people on one computer, two patients' records, real chain.
#include "runner.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QTest>

namespace {

const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");
const QString kClinician = QStringLiteral("Clinician Test");
const QString kPatient = QStringLiteral("Patient Test");
const QString kResearcher = QStringLiteral("Researcher Test");
const QString kElsewhere = QStringLiteral("Doctor Elsewhere Test");

} // namespace

class TestCliMainJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void members();
    void importAccountsForEveryFile();
    void publishStopsAtTheUndecided();
    void reviewByCommandsAndFile();
    void publishAsksFirst();
    void publishGoesOn();
    void publishTwiceIsOnce();
    void catalogueShowsIt();
    void refusedByTheContract();
    void requestApproveDownload();
    void reportTellsFigures();
    void verifyFindsWhatWasChanged();
    void returnResubmitDenyCancel();
    void careShowsTheTruth();
    void revocationEndsIt();
    void historyAuditJobsVerify();

private:
    QStringList publishOf(const QStringList &what) const
    {
        return QStringList{"publish"} + what + QStringList{"--title",     "Synthetic test records",
                                                           "--keyword",   "glucose",
                                                           "--custodian", kPatient,
                                                           "--purpose",   "DUO:0000006",
                                                           "--purpose",   "CC"};
    }
    Ran ask(const QString &who, const QString &purpose) const
    {
        return m_runner.json(
            {"request", "1", "--purpose", purpose, "--until", later(30), "--message", "A test, please"}, who);
    }

    Runner m_runner;
    QString m_draft;
    QString m_cid;
    QString m_request;
    nlohmann::json m_people;
};

void TestCliMainJob::initTestCase()
{
    const std::pair<QString, QString> people[] = {{kClinician, "clinician"},
                                                  {kPatient, "patient"},
                                                  {kResearcher, "researcher"},
                                                  {kElsewhere, "clinician"}};
    for (const auto &[name, role] : people) {
        const Ran made = m_runner.json({"identity", "new", name, "--role", role});
        QVERIFY2(made.code == 0, made.why());
    }
    const Ran started = m_runner.json({"network", "start"}, kClinician);
    QVERIFY2(started.code == 0, started.why());
    QVERIFY(started.json["running"].get<bool>());
}

void TestCliMainJob::members()
{
    const QList<QStringList> commands{
        {"member", "add", kClinician, "--roles", "uploader,admin"},
        {"member", "add", kPatient, "--roles", "patient"},
        {"member", "add", kResearcher, "--roles", "researcher"},
        {"member", "add", "--institution", "2", "--institution-admin", kElsewhere}};
    for (const QStringList &command : commands) {
        const Ran ran = m_runner.json(command, kClinician);
        QVERIFY2(ran.code == 0, ran.why());
        QVERIFY(ran.json["transaction"].get<std::string>().starts_with("0x"));
    }
    const Ran own = m_runner.json({"member", "add", kElsewhere, "--roles", "uploader,admin"}, kElsewhere);
    QVERIFY2(own.code == 0, own.why());
    SAME_JSON(own.json["institution"], 2);
    for (const QString &name : {kPatient, kResearcher}) // connecting publishes a member's key
        QCOMPARE(m_runner.json({"catalogue"}, name).code, 0);
    const Ran list = m_runner.json({"member", "list"}, kClinician);
    QVERIFY2(list.json["members"].size() == 4, list.why());
    for (const auto &member : list.json["members"])
        QVERIFY2(member["keyVersion"].get<int>() == 1, member.dump().c_str());
    const Ran outsider = m_runner.json({"member", "add", kPatient, "--roles", "admin"}, kResearcher);
    QCOMPARE(outsider.code, 1);
    QCOMPARE(outsider.errorCode(), std::string("contract.notAdmin"));
}

void TestCliMainJob::importAccountsForEveryFile()
{
    const QString broken = m_runner.write("broken.json", "{\"resourceType\":\"Patient\",");
    const QString empty = m_runner.write("empty.csv", {});
    const Ran first =
        m_runner.json({"import", kSample + "/whitcombe-bundle.json", broken, empty}, kClinician);
    QVERIFY2(first.code == 0, first.why());
    SAME_JSON(first.json["found"], 3);
    SAME_JSON(first.json["imported"], 1);
    SAME_JSON(first.json["quarantined"], 2);
    const Ran again = m_runner.json({"import", kSample + "/whitcombe-bundle.json"}, kClinician);
    SAME_JSON(again.json["duplicates"], 1);
    const Ran alone = m_runner.json({"import", broken}, kClinician);
    QCOMPARE(alone.code, 1);
    QVERIFY2(alone.errorCode() == "format.truncated", alone.why());
    QCOMPARE(m_runner.json({"import", m_runner.path("absent")}, kClinician).errorCode(),
             std::string("file.notFound"));
}

void TestCliMainJob::publishStopsAtTheUndecided()
{
    const Ran ran =
        m_runner.json(publishOf({kSample + "/whitcombe-bundle.json", kSample + "/glucose-whitcombe.csv",
                                 kSample + "/two-patients.ndjson", "--yes"}),
                      kClinician);
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.errorCode() == "review.undecided", ran.why());
    m_draft = QString::fromStdString(ran.json["error"]["params"]["dataset"].get<std::string>());
    SAME_JSON(ran.json["draft"], m_draft.toStdString());
    QCOMPARE(m_runner.json({"catalogue"}, kClinician).json["datasets"].size(),
             std::size_t(0)); // nothing went out
}

void TestCliMainJob::reviewByCommandsAndFile()
{
    const Ran drafts = m_runner.json({"review"}, kClinician);
    QCOMPARE(drafts.json["drafts"].size(), std::size_t(1));
    QCOMPARE(m_runner.json({"review", m_draft, "done"}, kClinician).errorCode(),
             std::string("review.undecided"));
    const Ran list = m_runner.json({"review", m_draft, "list"}, kClinician);
    QVERIFY2(list.json["documents"].size() >= 3, list.why());
    // One document by commands, edit by edit …
    QString first;
    QString textEdit;
    QStringList waiting;
    for (const auto &row : list.json["documents"]) {
        first = QString::fromStdString(row["document"].get<std::string>());
        const Ran show = m_runner.json({"review", m_draft, "show", first, "--all"}, kClinician);
        QVERIFY2(show.code == 0 && !show.json["edits"].empty(), show.why());
        for (const auto &edit : show.json["edits"]) {
            const QString id = QString::fromStdString(edit["id"].get<std::string>());
            if (edit["decision"] == "proposed")
                waiting << id;
            if (!edit["reason"].get<std::string>().starts_with("field."))
                textEdit = id;
        }
        if (!textEdit.isEmpty())
            break;
    }
    QVERIFY(!textEdit.isEmpty());
    for (const char *verb : {"reject", "accept"}) {
        const Ran decided = m_runner.json({"review", m_draft, verb, first, textEdit}, kClinician);
        QVERIFY2(decided.code == 0, decided.why());
    }
    const Ran accepted =
        m_runner.json(QStringList{"review", m_draft, "accept", first, "--sample"} + waiting, kClinician);
    QVERIFY2(accepted.code == 0, accepted.why());
    QCOMPARE(m_runner.json({"review", m_draft, "accept", first, "no-such-edit"}, kClinician).errorCode(),
             std::string("review.unknownEdit"));
    QCOMPARE(m_runner.json({"review", m_draft, "reject", "--all"}, kClinician).code,
             2); // nothing releases in bulk
    const Ran added =
        m_runner.json({"review", m_draft, "add", first, "--path", "no.such.path", "--end", "3"}, kClinician);
    QCOMPARE(added.errorCode(), std::string("review.badDecision"));
    // … the rest by a file.
    const QString bad = m_runner.write("bad-decisions.json", R"({"*": {"reject": ["x"]}})");
    QCOMPARE(m_runner.json({"review", m_draft, "--decisions", bad}, kClinician).errorCode(),
             std::string("review.badDecision"));
    const QString file = m_runner.write("decisions.json", R"({"*": {"accept": "all", "sampleSeen": true}})");
    const Ran applied = m_runner.json({"review", m_draft, "list", "--decisions", file}, kClinician);
    QVERIFY2(applied.code == 0, applied.why());
    SAME_JSON(applied.json["counts"]["undecided"], 0);
    SAME_JSON(applied.json["counts"]["sampleLeft"], 0);
    const Ran done = m_runner.json({"review", m_draft, "done"}, kClinician);
    SAME_JSON(done.json["state"], "finished");
}

void TestCliMainJob::publishAsksFirst()
{
    const Ran ran = m_runner.json(publishOf({"--dataset", m_draft}), kClinician);
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.errorCode() == "sharing.needsConfirmation", ran.why());
    SAME_JSON(ran.json["card"]["title"], "Synthetic test records"); // the consequences page
    QVERIFY(ran.json["removed"].size() > 1);
    const auto &people = ran.json["people"]; // how alike they will be, before anything is out
    SAME_JSON(people["people"], 3);
    SAME_JSON(people["status"], "measured");
    QVERIFY2(people["classes"].get<int>() >= 1 && people["told"].size() >= 2, ran.why());
    m_people = people;
    for (const char *value : {"female", "male\"", "1951"})
        QVERIFY2(people.dump().find(value) == std::string::npos, value);
    const Ran nobody = m_runner.json(
        {"publish", "--dataset", m_draft, "--custodian", "Nobody", "--purpose", "GRU", "--yes"}, kClinician);
    QCOMPARE(nobody.errorCode(), std::string("sharing.unknownCustodian"));
    const Ran purpose = m_runner.json(
        {"publish", "--dataset", m_draft, "--custodian", kPatient, "--purpose", "DUO:9999999", "--yes"},
        kClinician);
    QCOMPARE(purpose.errorCode(), std::string("sharing.unknownPurpose"));
    const Ran price = m_runner.json(publishOf({"--dataset", m_draft, "--price", "5"}), kClinician);
    QCOMPARE(price.errorCode(), std::string("money.badAmount")); // in which currency?
    QCOMPARE(m_runner.json({"catalogue"}, kClinician).json["datasets"].size(), std::size_t(0));
}

void TestCliMainJob::publishGoesOn()
{
    const Ran ran = m_runner.json(publishOf({"--dataset", m_draft, "--yes"}), kClinician);
    QVERIFY2(ran.code == 0, ran.why());
    SAME_JSON(ran.json["dataset"], 1);
    m_cid = QString::fromStdString(ran.json["cid"].get<std::string>());
    QVERIFY(m_cid.startsWith("bafybei"));
    QVERIFY(ran.json["transaction"].get<std::string>().size() == 66);
    QVERIFY(ran.json["gas"].get<int>() > 20'000);
    QVERIFY(ran.json["bytes"].get<int>() > 1000);
    QVERIFY(ran.json["parts"].get<int>() >= 3);
    QVERIFY(ran.json["removed"]["NAME"].get<int>() + ran.json["removed"]["DATE"].get<int>() > 3);
}

void TestCliMainJob::publishTwiceIsOnce()
{
    const Ran again =
        m_runner.json(publishOf({kSample + "/whitcombe-bundle.json", kSample + "/glucose-whitcombe.csv",
                                 kSample + "/two-patients.ndjson", "--yes"}),
                      kClinician);
    QVERIFY2(again.code == 0, again.why());
    SAME_JSON(again.json["dataset"], 1);
    SAME_JSON(again.json["cid"], m_cid.toStdString());
    QVERIFY(again.json["alreadyPublished"].get<bool>());
}

void TestCliMainJob::catalogueShowsIt()
{
    const Ran all = m_runner.json({"catalogue"}, kResearcher);
    QVERIFY2(all.json["datasets"].size() == 1, all.why());
    const auto &row = all.json["datasets"][0];
    SAME_JSON(row["cid"], m_cid.toStdString());
    SAME_JSON(row["card"]["title"], "Synthetic test records");
    SAME_JSON(row["card"]["custody"], "patient");
    SAME_JSON(row["card"]["subjects"], "<11");
    QCOMPARE(m_runner.json({"catalogue", "--query", "GLUCOSE"}, kResearcher).json["datasets"].size(),
             std::size_t(1));
    QCOMPARE(m_runner.json({"catalogue", "--query", "nothing"}, kResearcher).json["datasets"].size(),
             std::size_t(0));
    QCOMPARE(m_runner.json({"catalogue", "--purpose", "HMB"}, kResearcher).json["datasets"].size(),
             std::size_t(1));
    QCOMPARE(m_runner.json({"catalogue", "--purpose", "POA"}, kResearcher).json["datasets"].size(),
             std::size_t(0));
}

void TestCliMainJob::refusedByTheContract()
{
    QCOMPARE(ask(kResearcher, "POA").errorCode(), std::string("contract.purposeNotAllowed"));
    QCOMPARE(ask(kPatient, "HMB").errorCode(), std::string("contract.missingRole"));
    QCOMPARE(
        m_runner.json({"request", "77", "--purpose", "HMB", "--until", later(3)}, kResearcher).errorCode(),
        std::string("contract.unknownDataset"));
    QCOMPARE(
        m_runner.json({"request", "1", "--purpose", "HMB", "--until", "2001-01-01"}, kResearcher).errorCode(),
        std::string("sharing.badDate"));
    QCOMPARE(m_runner.json({"approve", "77"}, kPatient).errorCode(), std::string("contract.unknownRequest"));
    // Upload without the role, to the very end of what a client can do.
    const QString decisions =
        m_runner.write("decisions.json", R"({"*": {"accept": "all", "sampleSeen": true}})");
    const Ran upload = m_runner.json({"publish", kSample + "/note-korean.txt", "--title", "x", "--custodian",
                                      kPatient, "--purpose", "GRU", "--decisions", decisions, "--yes"},
                                     kResearcher);
    QCOMPARE(upload.code, 1);
    QVERIFY2(upload.errorCode() == "contract.missingRole", upload.why());
}

void TestCliMainJob::requestApproveDownload()
{
    const Ran asked = m_runner.json(
        {"request", m_cid, "--purpose", "DUO:0000006", "--until", later(30), "--message", "A test, please"},
        kResearcher);
    QVERIFY2(asked.code == 0, asked.why());
    m_request = QString::number(asked.json["request"].get<int>());
    const QString folder = m_runner.path("research");
    QCOMPARE(m_runner.json({"download", m_request, "-o", folder}, kResearcher).errorCode(),
             std::string("sharing.notApproved"));
    QVERIFY(!QDir(folder).exists());
    const Ran incoming = m_runner.json({"requests"}, kPatient);
    SAME_JSON(incoming.json["incoming"][0]["message"]["text"], "A test, please");
    SAME_JSON(incoming.json["incoming"][0]["message"]["name"], kResearcher.toStdString());
    QCOMPARE(incoming.json["outgoing"].size(), std::size_t(0));
    QCOMPARE(m_runner.json({"approve", m_request}, kClinician).errorCode(),
             std::string("contract.notCustodian"));
    QCOMPARE(m_runner.json({"approve", m_request, "--care"}, kPatient).errorCode(),
             std::string("sharing.unknownPurpose"));
    QCOMPARE(m_runner.json({"approve", m_request, "--revision", "9"}, kPatient).errorCode(),
             std::string("contract.revisionChanged"));
    const Ran approved = m_runner.json({"approve", m_request}, kPatient);
    QVERIFY2(approved.code == 0, approved.why());
    SAME_JSON(approved.json["state"], "approved");
    SAME_JSON(m_runner.json({"requests"}, kResearcher).json["outgoing"][0]["state"], "approved");
    QCOMPARE(m_runner.json({"download", m_request, "-o", folder}, kElsewhere).errorCode(),
             std::string("contract.notRequester"));
    const Ran opened = m_runner.json({"download", m_request, "-o", folder}, kResearcher);
    QVERIFY2(opened.code == 0, opened.why());
    QVERIFY(opened.json["documents"].get<int>() >= 4);
    SAME_JSON(opened.json["linked"], 0);
    QCOMPARE(m_runner.json({"download", m_request, "-o", folder}, kResearcher).errorCode(),
             std::string("file.exists"));
    for (const char *text : {"Whitcombe", "1951-03-14", "Okonjo", "HV-4471902"})
        QVERIFY2(!below(folder, text), text);
    const Ran verified = m_runner.json({"verify", folder}, kResearcher);
    QVERIFY2(verified.code == 0, verified.why());
    SAME_JSON(verified.json["dataset"], 1);
}

void TestCliMainJob::reportTellsFigures()
{
    const auto file = nlohmann::json::parse(contentOf(m_runner.path("research/report.json")).toStdString());
    const auto report = nlohmann::json::parse(file["report"].get<std::string>());
    const auto &figures = report["figures"];
    const std::string reviewer = figures["review"]["reviewer"].get<std::string>();
    QVERIFY2(reviewer.starts_with("0x") && reviewer.size() == 42, reviewer.c_str());
    const auto &sampled = figures["review"]["sampled"];
    QVERIFY2(sampled["seen"].get<int>() > 0 && sampled["seen"] == sampled["shown"], sampled.dump().c_str());
    SAME_JSON(sampled["nothingFound"], sampled["seen"].get<int>());
    QVERIFY(sampled["missedAtMost"].get<double>() > 0 && sampled["missedAtMost"].get<double>() < 1);
    const auto &utility = figures["utility"];
    SAME_JSON(utility["observations"]["share"], 1.0);
    QVERIFY(utility["dates"]["intervalsKept"].get<int>() > 90);
    QVERIFY(utility["dates"]["shifted"] >= utility["dates"]["intervalsKept"]);
    SAME_JSON(utility["fields"]["code"]["unchanged"], utility["fields"]["code"]["before"].get<int>());
    SAME_JSON(figures["people"], m_people); // what was foretold is what the released bytes say
    for (const auto &document : report["documents"])
        QCOMPARE(document["figures"]["sha256"].get<std::string>().size(), std::size_t(64));
    for (const char *identifier : {"Whitcombe", "1951-03-14", "Clinician Test", "HV-4471902"})
        QVERIFY2(file.dump().find(identifier) == std::string::npos, identifier);
}

void TestCliMainJob::verifyFindsWhatWasChanged()
{
    const QString folder = m_runner.path("research");
    const auto verify = [&] { return m_runner.json({"verify", folder}, kResearcher); };
    const Ran good = verify();
    QVERIFY2(good.code == 0, good.why());
    QVERIFY2(good.json["residual"]["documents"].get<int>() >= 4 && good.json["residual"]["finds"].get<int>() > 0, good.why());
    SAME_JSON(good.json["residual"]["absent"], 0);
    SAME_JSON(good.json["checks"].back()["check"], "residual");

    const QByteArray manifest = contentOf(folder + "/manifest.json");
    const auto rewrite = [&](const QString &name, const QByteArray &bytes) {
        QFile file(folder + '/' + name);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QString name;
    for (const QString &entry : QDir(folder).entryList({"P-*.json"}, QDir::Files))
        name = entry;
    QVERIFY(!name.isEmpty());
    const QByteArray document = contentOf(folder + '/' + name);
    QVERIFY(rewrite(name, document + "\n"));
    QCOMPARE(verify().errorCode(), std::string("sharing.packageInvalid"));
    // Whoever changes the manifest with it is told by the report.
    QByteArray forged = manifest;
    const auto hash = [](const QByteArray &of) { return QCryptographicHash::hash(of, QCryptographicHash::Sha256).toHex(); };
    forged.replace(hash(document), hash(document + "\n"));
    QVERIFY(forged != manifest && rewrite("manifest.json", forged));
    const Ran byReport = verify();
    QCOMPARE(byReport.code, 1);
    QVERIFY2(byReport.errorCode() == "sharing.packageInvalid", byReport.why());
    SAME_JSON(byReport.json["error"]["params"]["document"], name.toStdString());
    QVERIFY(rewrite(name, document) && rewrite("manifest.json", manifest));

    const QByteArray report = contentOf(folder + "/report.json");
    for (const auto &[from, to] : {std::pair<const char *, const char *>{"amana-rules-", "amana-rules-0"}, {"\\\"seen\\\": ", "\\\"seen\\\": 1"}}) {
        QByteArray changed = report;
        changed.replace(from, to);
        QVERIFY2(changed != report && rewrite("report.json", changed), from);
        const Ran ran = verify();
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.errorCode() == "deid.reportInvalid", ran.why());
    }
    QVERIFY(rewrite("report.json", report));
    QCOMPARE(verify().code, 0);
    QVERIFY(QFile::remove(folder + '/' + name)); // of a subject that withdrew
    const Ran fewer = verify();
    QVERIFY2(fewer.code == 0, fewer.why());
    SAME_JSON(fewer.json["residual"]["absent"], 1);
    QVERIFY(rewrite(name, document));
}

void TestCliMainJob::returnResubmitDenyCancel()
{
    const QString id = QString::number(ask(kResearcher, "DS").json["request"].get<int>());
    const Ran returned = m_runner.json({"return", id, "--comment", "Which disease?"}, kPatient);
    QVERIFY2(returned.code == 0 && returned.json["state"] == "returned", returned.why());
    const Ran list = m_runner.json({"requests", "--state", "returned"}, kResearcher);
    SAME_JSON(list.json["outgoing"][0]["comment"], "Which disease?");
    const Ran again = m_runner.json(
        {"resubmit", id, "--purpose", "DS", "--until", later(9), "--message", "Diabetes"}, kResearcher);
    QVERIFY2(again.code == 0, again.why());
    SAME_JSON(m_runner.json({"requests"}, kPatient).json["incoming"].back()["state"], "requested");
    const Ran denied = m_runner.json({"deny", id, "--reason", "No"}, kPatient);
    QVERIFY2(denied.code == 0 && denied.json["state"] == "denied", denied.why());
    QCOMPARE(m_runner.json({"approve", id}, kPatient).errorCode(), std::string("contract.badState"));
    const QString other = QString::number(ask(kResearcher, "DS").json["request"].get<int>());
    QCOMPARE(m_runner.json({"cancel", other}, kPatient).errorCode(), std::string("contract.notRequester"));
    const Ran cancelled = m_runner.json({"cancel", other}, kResearcher);
    QVERIFY2(cancelled.code == 0 && cancelled.json["state"] == "cancelled", cancelled.why());
}

void TestCliMainJob::careShowsTheTruth()
{
    const Ran asked = ask(kElsewhere, "DUO:0000043");
    QVERIFY2(asked.code == 0, asked.why());
    const QString id = QString::number(asked.json["request"].get<int>());
    const Ran approved = m_runner.json({"approve", id, "--care"}, kPatient);
    QVERIFY2(approved.code == 0, approved.why());
    const QString folder = m_runner.path("care");
    const Ran opened = m_runner.json({"download", id, "-o", folder}, kElsewhere);
    QVERIFY2(opened.code == 0, opened.why());
    QVERIFY(opened.json["linked"].get<int>() >= 2);
    QVERIFY(below(folder + "/true", "Whitcombe"));
    QVERIFY(below(folder + "/true", "1951-03-14"));
    QVERIFY(!below(m_runner.path("research"), "Whitcombe"));
}

void TestCliMainJob::revocationEndsIt()
{
    const Ran revoked = m_runner.json({"revoke", m_request}, kPatient);
    QVERIFY2(revoked.code == 0, revoked.why());
    const QString folder = m_runner.path("too-late");
    const Ran late = m_runner.run({"download", m_request, "-o", folder, "--profile", kResearcher});
    QCOMPARE(late.code, 1);
    QVERIFY2(late.err.contains("sharing.revoked"), late.why());
    QVERIFY(late.out.isEmpty());
    QVERIFY(!QDir(folder).exists());
}

void TestCliMainJob::historyAuditJobsVerify()
{
    const Ran history = m_runner.json({"history"}, kPatient);
    std::map<std::string, int> kinds;
    for (const auto &row : history.json["rows"])
        ++kinds[row["kind"].get<std::string>()];
    SAME_JSON(kinds["datasetPublished"], 1);
    SAME_JSON(kinds["accessRevoked"], 1);
    SAME_JSON(kinds["accessApproved"], 2);
    QVERIFY(kinds["accessRequested"] >= 4);
    const Ran audit = m_runner.json({"audit"}, kClinician);
    QVERIFY(audit.json["rows"].size() > history.json["rows"].size());
    QCOMPARE(m_runner.json({"audit", "--limit", "3"}, kClinician).json["rows"].size(), std::size_t(3));
    const Ran transactions = m_runner.json({"transactions"}, kClinician);
    QVERIFY2(transactions.code == 0 && !transactions.json["transactions"].empty(), transactions.why());
    for (const auto &row : transactions.json["transactions"]) {
        SAME_JSON(row["attempts"], 1);
        QVERIFY2(row["state"] == "final" || row["state"] == "rejected", row.dump().c_str());
    }
    const QString done = QString::number(transactions.json["transactions"].back()["id"].get<int>());
    for (const char *change : {"speed-up", "cancel"})
        QCOMPARE(m_runner.json({"transactions", change, done}, kClinician).errorCode(), std::string("chain.tooLate"));
    const Ran jobs = m_runner.json({"jobs"}, kClinician);
    QVERIFY2(jobs.code == 0 && !jobs.json["transactions"].empty(), jobs.why());
    for (const auto &row : jobs.json["transactions"])
        SAME_JSON(row["state"], "final");
    const Ran verified = m_runner.json({"verify", m_cid}, kClinician);
    QVERIFY2(verified.code == 0, verified.why());
    QCOMPARE(verified.json["checks"].size(), std::size_t(5));
    // A block that was altered on disk is seen.
    QDirIterator it(m_runner.home() + "/networks/local/blocks", {m_cid + ".blk"}, QDir::Files,
                    QDirIterator::Subdirectories);
    QVERIFY(it.hasNext());
    QFile block(it.next());
    QVERIFY(block.open(QIODevice::ReadWrite));
    block.seek(block.size() - 1);
    block.write("\xff");
    block.close();
    const Ran altered = m_runner.json({"verify", m_cid}, kClinician);
    QCOMPARE(altered.code, 1);
    QVERIFY2(altered.errorCode() == "content.blockAltered", altered.why());
}

QTEST_GUILESS_MAIN(TestCliMainJob)
#include "test_cli_main_job.moc"
