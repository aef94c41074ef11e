// SPDX-License-Identifier: GPL-3.0-or-later
// Policies on the command line: what each lets stand in the samples, a user's own, and publishing under them.
#include "runner.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <map>

namespace {

const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");
const QString kClinician = QStringLiteral("Clinician");

/// Everything below a folder, in one.
QByteArray allBelow(const QString &folder)
{
    QByteArray all;
    QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        all += contentOf(it.next()) + '\n';
    return all;
}

} // namespace

class TestCliPolicies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deidLimitedDataSet();
    void deidKorea();
    void deidOwnPolicy();
    void deidExplains();
    void publishUnderThem();

private:
    /// Publishes the sample bundle, everything proposed accepted; the run that published it.
    Ran publish(const QString &policy, const QString &title) const;

    Runner m_runner;
};

void TestCliPolicies::deidLimitedDataSet()
{
    const QString out = m_runner.path(QStringLiteral("lds-out"));
    const QString report = m_runner.path(QStringLiteral("lds-report.json"));
    const Ran ran = m_runner.json({QStringLiteral("deid"), kSample + QStringLiteral("/whitcombe-bundle.json"),
                                   kSample + QStringLiteral("/two-patients.ndjson"), QStringLiteral("-o"), out,
                                   QStringLiteral("--policy"), QStringLiteral("limited-data-set"),
                                   QStringLiteral("--report"), report});
    QVERIFY2(ran.code == 0, ran.why());
    const QByteArray text = allBelow(out);
    for (const char *stays : {"\"1951-03-14\"", "\"1987-08-02\"", "\"1932-01-30\"", "\"Thistledown\"",
                              "\"Port Ellwood\"", "\"HX9 7QZ\""})
        QVERIFY2(text.contains(stays), stays);
    for (const char *goes : {"Whitcombe", "Margaret", "Penhaligon", "HV-4471902", "QQ-998-12-4417", "01632 960187",
                             "07700 900142", "m.whitcombe@example.org", "17 Alder Close", "Alder Close", "LIC-77120",
                             "Harrowgate Valley Hospital", "GSX-20931-B", "Lindqvist", "HV-5520871", "Saltmarsh House",
                             "4 Copperbeech Lane", "Okonjo-Reyes", "01632 960777"})
        QVERIFY2(!text.contains(goes), goes);
    const auto written = nlohmann::json::parse(contentOf(report).toStdString())["policy"];
    SAME_JSON(written["name"], "limited-data-set");
    SAME_JSON(written["dateShifted"], false);
    SAME_JSON(written["own"], false);
}

void TestCliPolicies::deidKorea()
{
    const QString out = m_runner.path(QStringLiteral("pipa-out.txt"));
    const Ran ran = m_runner.json({QStringLiteral("deid"), kSample + QStringLiteral("/note-korean.txt"),
                                   QStringLiteral("-o"), out, QStringLiteral("--policy"), QStringLiteral("korea-pipa")});
    QVERIFY2(ran.code == 0, ran.why());
    const QString text = QString::fromUtf8(contentOf(out));
    for (const char *goes : {"김하늘", "KR-2025-88213", "1968-05-21", "박서준", "해바라기의료원", "2025-10-14", "이도윤",
                             "010-5550-4821", "별빛로 77", "2026-01-13"})
        QVERIFY2(!text.contains(QString::fromUtf8(goes)), qPrintable(QString::fromUtf8(goes) + text));
    for (const char *stays : {"57세", "메트포르민 1000 mg", "7.2 %", "132/84"})
        QVERIFY2(text.contains(QString::fromUtf8(stays)), qPrintable(QString::fromUtf8(stays) + text));
}

void TestCliPolicies::deidOwnPolicy()
{
    const QByteArray own = R"({"base":"safe-harbor","name":"places-stay","version":"3","fields":{"city":"keep"}})";
    const QString file = m_runner.write(QStringLiteral("mine.json"), own);
    const QString in = kSample + QStringLiteral("/whitcombe-bundle.json");
    const QString report = m_runner.path(QStringLiteral("own-report.json"));
    const Ran byPath = m_runner.json({QStringLiteral("deid"), in, QStringLiteral("-o"),
                                      m_runner.path(QStringLiteral("own-1.json")), QStringLiteral("--no-model"),
                                      QStringLiteral("--policy"), file, QStringLiteral("--report"), report});
    QVERIFY2(byPath.code == 0, byPath.why());
    const std::string digest =
        QCryptographicHash::hash(own, QCryptographicHash::Sha256).toHex().toStdString();
    SAME_JSON(byPath.json["policySha256"], digest);
    const auto written = nlohmann::json::parse(contentOf(report).toStdString())["policy"];
    SAME_JSON(written["sha256"], digest);
    SAME_JSON(written["own"], true);
    SAME_JSON(written["weaker"][0], "fields.city");
    const QByteArray text = contentOf(m_runner.path(QStringLiteral("own-1.json")));
    QVERIFY(text.contains("\"Thistledown\"") && !text.contains("1951-03-14"));
    // Said in words too, and by name from the home's folder.
    m_runner.write(QStringLiteral("home/policies/places-stay.json"), own);
    const Ran byName = m_runner.run({QStringLiteral("deid"), in, QStringLiteral("-o"),
                                     m_runner.path(QStringLiteral("own-2.json")), QStringLiteral("--no-model"),
                                     QStringLiteral("--policy"), QStringLiteral("places-stay")});
    QVERIFY2(byName.code == 0, byName.why());
    QVERIFY2(byName.err.contains("WEAKER than safe-harbor at: fields.city"), byName.err.constData());
    m_runner.write(QStringLiteral("home/policies/broken.json"), R"({"base":"safe-harbor","name":"broken"})");
    const Ran list = m_runner.json({QStringLiteral("deid"), QStringLiteral("--list-policies")});
    QVERIFY2(list.code == 0, list.why());
    std::map<std::string, nlohmann::json> rows;
    for (const auto &row : list.json["policies"])
        rows[row["name"].get<std::string>()] = row;
    QCOMPARE(rows.size(), std::size_t(6));
    SAME_JSON(rows["places-stay"]["weaker"][0], "fields.city");
    SAME_JSON(rows["broken"]["error"]["code"], "deid.policyInvalid");
    SAME_JSON(rows["broken"]["error"]["params"]["place"], "version");
    const QString impostor =
        m_runner.write(QStringLiteral("impostor.json"), R"({"base":"safe-harbor","name":"longitudinal","version":"1"})");
    const Ran refused = m_runner.json({QStringLiteral("deid"), in, QStringLiteral("-o"),
                                       m_runner.path(QStringLiteral("own-3.json")), QStringLiteral("--policy"), impostor});
    QCOMPARE(refused.errorCode(), std::string("deid.policyInvalid"));
    QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("own-3.json"))));
    // The patient's own name stays nowhere, whatever a policy says: the last scan finds it.
    const QString names = m_runner.write(
        QStringLiteral("names.json"),
        R"({"base":"safe-harbor","name":"names-stay","version":"1","text":{"NAME":{"action":"keep"}}})");
    const Ran scan = m_runner.json({QStringLiteral("deid"), in, QStringLiteral("-o"),
                                    m_runner.path(QStringLiteral("own-4.json")), QStringLiteral("--no-model"),
                                    QStringLiteral("--policy"), names});
    QCOMPARE(scan.errorCode(), std::string("deid.residue"));
    QVERIFY(!QFile::exists(m_runner.path(QStringLiteral("own-4.json"))));
}

void TestCliPolicies::deidExplains()
{
    for (const char *name : {"safe-harbor", "longitudinal", "limited-data-set", "korea-pipa"}) {
        const Ran ran = m_runner.run({QStringLiteral("deid"), QStringLiteral("--explain"), QLatin1String(name)});
        QVERIFY2(ran.code == 0, ran.why());
        QCOMPARE(ran.out, contentOf(QStringLiteral(AMANA_SOURCE_DIR "/resources/policies/%1.md").arg(QLatin1String(name))));
    }
    const Ran unknown = m_runner.json({QStringLiteral("deid"), QStringLiteral("--explain"), QStringLiteral("none")});
    QCOMPARE(unknown.errorCode(), std::string("deid.policyUnknown"));
    const Ran both = m_runner.run({QStringLiteral("deid"), QStringLiteral("x.txt"), QStringLiteral("--list-policies")});
    QCOMPARE(both.code, 2);
    QCOMPARE(m_runner.run({QStringLiteral("deid"), QStringLiteral("-o"), QStringLiteral("x")}).code, 2);
}

Ran TestCliPolicies::publish(const QString &policy, const QString &title) const
{
    const QString decisions =
        m_runner.write(QStringLiteral("decisions.json"), R"({"*":{"accept":"all","sampleSeen":true}})");
    return m_runner.json({"publish", kSample + "/whitcombe-bundle.json", kSample + "/two-patients.ndjson", "--title",
                          title, "--custodian", kClinician, "--purpose", "DUO:0000006", "--policy", policy,
                          "--decisions", decisions, "--yes"},
                         kClinician);
}

/// The last scan lets stand what a policy keeps, when publishing and when verifying; a draft goes on under the file that it
/// was made with.
void TestCliPolicies::publishUnderThem()
{
    const Ran made = m_runner.json({"identity", "new", kClinician, "--role", "clinician"});
    QVERIFY2(made.code == 0, made.why());
    const Ran started = m_runner.json({"network", "start"}, kClinician);
    QVERIFY2(started.code == 0, started.why());
    const Ran limited = publish("limited-data-set", "Limited");
    QVERIFY2(limited.code == 0, limited.why());
    SAME_JSON(limited.json["policy"]["name"], "limited-data-set");
    const QString file = m_runner.write(
        "towns.json", R"({"base":"safe-harbor","name":"towns-of-whitcombe","version":"1","fields":{"city":"keep"}})");
    const Ran stopped = m_runner.json({"publish", kSample + "/whitcombe-bundle.json", kSample + "/two-patients.ndjson",
                                       "--title", "Own", "--custodian", kClinician, "--purpose", "DUO:0000006",
                                       "--policy", file, "--yes"},
                                      kClinician);
    QVERIFY2(stopped.errorCode() == "review.undecided", stopped.why());
    SAME_JSON(stopped.json["policy"]["weaker"][0], "fields.city");
    QVERIFY(QFile::remove(file)); // the draft has it
    const QString draft = QString::fromStdString(stopped.json["draft"].get<std::string>());
    const Ran own = m_runner.json({"publish", "--dataset", draft, "--custodian", kClinician, "--purpose", "DUO:0000006",
                                   "--decisions", m_runner.path("decisions.json"), "--yes"},
                                  kClinician);
    QVERIFY2(own.code == 0, own.why());
    SAME_JSON(own.json["policy"]["base"], "safe-harbor");
    const Ran catalogue = m_runner.json({"catalogue"}, kClinician);
    std::map<std::string, std::string> policies;
    for (const auto &row : catalogue.json["datasets"])
        policies[row["card"]["title"].get<std::string>()] = row["card"]["policy"].get<std::string>();
    QCOMPARE(policies["Limited"], std::string("limited-data-set"));
    QCOMPARE(policies["Own"], std::string("own")); // the name is the user's text, and cards are public
    for (const Ran &published : {limited, own}) {
        const Ran verified = m_runner.json(
            {"verify", QString::fromStdString(published.json["cid"].get<std::string>())}, kClinician);
        QVERIFY2(verified.code == 0, verified.why());
        QCOMPARE(verified.json["checks"].size(), std::size_t(5));
    }
}

QTEST_GUILESS_MAIN(TestCliPolicies)
#include "test_cli_policies.moc"
