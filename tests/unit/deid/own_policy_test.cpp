// SPDX-License-Identifier: GPL-3.0-or-later
// A user's own policy: a file that names a bundled one and what differs.
#include "core/deid/plan.h"
#include "core/deid/policy_page.h"
#include "core/deid/report.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace amana;
using namespace amana::deid;
using nlohmann::json;
using records::FieldKind;

namespace {

const QString kResources = QStringLiteral(AMANA_SOURCE_DIR "/resources");
const QString kBundled = kResources + QStringLiteral("/policies");

json stricter()
{
    return {{"base", "safe-harbor"},
            {"name", "ward-7"},
            {"version", "2"},
            {"fields", {{"deviceId", "remove"}}},
            {"text", {{"AGE", {{"action", "tag"}}}}}};
}

json weaker()
{
    return {{"base", "safe-harbor"},
            {"name", "names-stay"},
            {"version", "1"},
            {"fields", {{"patientName", "keep"}, {"deviceId", "remove"}}},
            {"text", {{"NAME", {{"threshold", 0.9}}}}},
            {"sampleSentences", 0}};
}

Result<Policy> parsed(const json &own) { return parseOwnPolicy(own.dump(), kBundled); }

std::string placeOf(const json &own)
{
    const auto read = parsed(own);
    if (read)
        return "accepted";
    return read.error().code == ErrorCode::DeidPolicyInvalid ? read.error().param("place") : "another error";
}

void write(const QString &path, const json &content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    file.write(QByteArray::fromStdString(content.dump()));
}

std::string sha256(const json &content)
{
    return QCryptographicHash::hash(QByteArray::fromStdString(content.dump()), QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

} // namespace

class OwnPolicyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysOnlyWhatDiffers();
    void weakerIsSaid();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void foundByNameAndByPath();
    void bundledNamesAreNotTaken();
    void aDraftKeepsIt();
    void theReportTells();
    void thePageTells();
};

void OwnPolicyTest::saysOnlyWhatDiffers()
{
    const auto own = parsed(stricter());
    const auto base = Policy::load(kBundled, "safe-harbor");
    QVERIFY(own && base);
    QCOMPARE(own->name, std::string("ward-7"));
    QCOMPARE(own->version, std::string("2"));
    QCOMPARE(own->sha256, sha256(stricter()));
    QVERIFY(own->actionFor(FieldKind::DeviceId) == FieldAction::Remove);
    QVERIFY(own->ruleFor("AGE").action == TextAction::Tag);
    QCOMPARE(own->ruleFor("AGE").threshold, base->ruleFor("AGE").threshold); // what a rule does not say is the base's
    for (const auto &[kind, action] : base->fields)
        QVERIFY(kind == FieldKind::DeviceId || own->actionFor(kind) == action);
    QCOMPARE(own->own->base, std::string("safe-harbor"));
    QCOMPARE(own->own->baseSha256, base->sha256);
    std::vector<std::string> places;
    for (const Deviation &deviation : own->own->deviations)
        places.push_back(deviation.place);
    QCOMPARE(places, (std::vector<std::string>{"fields.deviceId", "text.AGE"}));
    QVERIFY(own->own->weaker().empty());
}

void OwnPolicyTest::weakerIsSaid()
{
    const auto own = parsed(weaker());
    QVERIFY(own.has_value());
    QCOMPARE(own->own->weaker(), (std::vector<std::string>{"fields.patientName", "text.NAME", "sampleSentences"}));
    const auto places = [](const json &changed) {
        const auto read = parsed(changed);
        return read ? read->own->weaker() : std::vector<std::string>{"refused"};
    };
    json zip = stricter();
    zip["restrictedZip3"] = {"036"};
    QCOMPARE(places(zip), std::vector<std::string>{"restrictedZip3"});
    json doubt = stricter();
    doubt["base"] = "korea-pipa";
    doubt["doubt"] = "review";
    QCOMPARE(places(doubt), std::vector<std::string>{"doubt"});
    json shift = stricter();
    shift["base"] = "longitudinal";
    shift["maxShiftDays"] = 3;
    QCOMPARE(places(shift), std::vector<std::string>{"maxShiftDays"});
    json dates = stricter();
    dates["fields"]["date"] = "shift"; // more than the year of Safe Harbor
    QCOMPARE(places(dates), std::vector<std::string>{"fields.date"});
}

void OwnPolicyTest::nonsenseIsRefused_data()
{
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *patch, const char *place) {
        QTest::newRow(patch) << QString::fromLatin1(patch) << QString::fromLatin1(place);
    };
    row(R"([{"op":"remove","path":"/base"}])", "base");
    row(R"([{"op":"replace","path":"/base","value":"mine"}])", "base");
    row(R"([{"op":"replace","path":"/base","value":"../policies/safe-harbor"}])", "base");
    row(R"([{"op":"remove","path":"/name"}])", "name");
    row(R"([{"op":"replace","path":"/name","value":"longitudinal"}])", "name");
    row(R"([{"op":"replace","path":"/name","value":"Ward 7"}])", "name");
    row(R"([{"op":"remove","path":"/version"}])", "version");
    row(R"([{"op":"replace","path":"/version","value":"1\u001b[2J"}])", "version");
    row(R"([{"op":"add","path":"/feilds","value":{}}])", "feilds");
    row(R"([{"op":"add","path":"/law","value":[]}])", "law");
    row(R"([{"op":"add","path":"/fields/phone","value":"burn"}])", "fields.phone");
    row(R"([{"op":"add","path":"/fields/fone","value":"remove"}])", "fields.fone");
    row(R"([{"op":"add","path":"/fields/phone","value":"shift"}])", "fields.phone");
    row(R"([{"op":"replace","path":"/fields","value":[]}])", "json");
    row(R"([{"op":"add","path":"/text/CITY","value":{"action":"keep"}}])", "text.CITY");
    row(R"([{"op":"add","path":"/text/NAME","value":{"action":"year"}}])", "text.NAME");
    row(R"([{"op":"add","path":"/text/NAME","value":{"doubt":0.9}}])", "text.NAME");
    row(R"([{"op":"add","path":"/text/NAME","value":"keep"}])", "json");
    row(R"([{"op":"add","path":"/doubt","value":"release"}])", "doubt");
    row(R"([{"op":"add","path":"/maxShiftDays","value":-1}])", "maxShiftDays");
    row(R"([{"op":"add","path":"/sampleSentences","value":-1}])", "sampleSentences");
}

void OwnPolicyTest::nonsenseIsRefused()
{
    QFETCH(QString, patch);
    QFETCH(QString, place);
    QCOMPARE(placeOf(stricter()), std::string("accepted"));
    QCOMPARE(placeOf(stricter().patch(json::parse(patch.toStdString()))), place.toStdString());
}

void OwnPolicyTest::foundByNameAndByPath()
{
    QTemporaryDir home;
    const PolicyPlaces places{kBundled, home.filePath(QStringLiteral("policies"))};
    QVERIFY(policyNames(places) == policyNames(kBundled)); // no folder yet
    write(places.own + QStringLiteral("/ward-7.json"), stricter());
    write(home.filePath(QStringLiteral("else where.json")), weaker());
    QCOMPARE(policyNames(places).back(), std::string("ward-7"));
    const auto byName = findPolicy(places, "ward-7");
    QVERIFY(byName && byName->own);
    const auto byPath = findPolicy(places, home.filePath(QStringLiteral("else where.json")).toStdString());
    QVERIFY(byPath.has_value());
    QCOMPARE(byPath->name, std::string("names-stay"));
    QVERIFY(!findPolicy(places, "safe-harbor")->own);
    for (const char *name : {"ward-8", "../policies/ward-7", ""})
        QVERIFY(findPolicy(places, name).error().code == ErrorCode::DeidPolicyUnknown);
    QVERIFY(findPolicy(places, "nowhere.json").error().code == ErrorCode::FileNotFound);
    write(places.own + QStringLiteral("/other.json"), stricter()); // a name that its file does not have
    QCOMPARE(findPolicy(places, "other").error().param("place"), std::string("name"));
}

void OwnPolicyTest::bundledNamesAreNotTaken()
{
    QTemporaryDir home;
    const PolicyPlaces places{kBundled, home.filePath(QStringLiteral("policies"))};
    json impostor = weaker();
    impostor["name"] = "safe-harbor";
    write(places.own + QStringLiteral("/safe-harbor.json"), impostor);
    QVERIFY(!findPolicy(places, "safe-harbor")->own); // the bundled one, whatever lies in the folder
    const std::string listed = policyNames(places).back();
    QVERIFY(listed.ends_with("/safe-harbor.json"));
    QCOMPARE(findPolicy(places, listed).error().param("place"), std::string("name"));
}

void OwnPolicyTest::aDraftKeepsIt()
{
    const auto own = parsed(weaker());
    DeidOptions options;
    options.resources = kResources;
    options.policy = "names-stay"; // no file of that name anywhere
    QVERIFY(policyOf(options).error().code == ErrorCode::DeidPolicyUnknown);
    options.ownPolicy = own->own->source;
    const auto again = policyOf(options);
    QVERIFY(again.has_value());
    QCOMPARE(again->sha256, own->sha256);
    QVERIFY(again->fields == own->fields && again->text == own->text);
}

void OwnPolicyTest::theReportTells()
{
    DeidOptions options;
    options.resources = kResources;
    options.useModel = false;
    options.ownPolicy = weaker().dump();
    const auto engine = Deidentifier::create(options);
    QVERIFY(engine.has_value());
    ReportContext context;
    context.engine = (*engine)->info();
    const json policy = makeReport(context, {})["policy"];
    const json expected{{"name", "names-stay"},
                        {"version", "1"},
                        {"sha256", sha256(weaker())},
                        {"own", true},
                        {"dateShifted", false},
                        {"base", {{"name", "safe-harbor"}, {"sha256", Policy::load(kBundled, "safe-harbor")->sha256}}},
                        {"weaker", {"fields.patientName", "text.NAME", "sampleSentences"}}};
    QCOMPARE(policy.dump(), expected.dump());
    const auto summary = readReport(makeReportText(context, {}));
    QVERIFY(summary && summary->ownPolicy);
    QCOMPARE(summary->policySha256, sha256(weaker()));
    options.ownPolicy.clear();
    options.policy = "safe-harbor";
    context.engine = (*Deidentifier::create(options))->info();
    const json bundled = makeReport(context, {})["policy"];
    QCOMPARE(bundled["own"].get<bool>(), false);
    QVERIFY(!bundled.contains("weaker"));
    QCOMPARE(bundled["sha256"].get<std::string>(), Policy::load(kBundled, "safe-harbor")->sha256);
}

void OwnPolicyTest::thePageTells()
{
    const std::string page = policyPage(*parsed(weaker()));
    QVERIFY(page.find("**This policy is weaker than `safe-harbor` at: fields.patientName, text.NAME, sampleSentences.")
            != std::string::npos);
    QVERIFY(page.find("| `fields.patientName` | surrogate | keep | **weaker** |") != std::string::npos);
    QVERIFY(page.find("| `fields.deviceId` | pseudonym | remove |  |") != std::string::npos);
    QVERIFY(policyPage(*parsed(stricter())).find("weaker") == std::string::npos);
}

QTEST_GUILESS_MAIN(OwnPolicyTest)
#include "own_policy_test.moc"
