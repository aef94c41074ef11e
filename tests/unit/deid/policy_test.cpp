// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/policy_fit.h"
#include "core/deid/policy_page.h"

#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace amana;
using namespace amana::deid;
using records::FieldKind;

namespace {

const QString kFolder = QStringLiteral(AMANA_SOURCE_DIR "/resources/policies");

nlohmann::json longitudinal()
{
    QFile file(kFolder + QStringLiteral("/longitudinal.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return nlohmann::json::parse(file.readAll().toStdString());
}

std::string placeOf(const nlohmann::json &policy)
{
    const auto read = Policy::parse(policy.dump());
    return read ? std::string("accepted") : read.error().param("place");
}

} // namespace

class PolicyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasAnAction();
    void fieldByField_data();
    void fieldByField();
    void markByMark_data();
    void markByMark();
    void lawItemsAreWhole_data();
    void lawItemsAreWhole();
    void whatTheLawTakesOutIsTakenOut();
    void pagesAreThePolicies_data();
    void pagesAreThePolicies();
    void actionsFitTheirKinds();
    void directIdentifiersNeverStay();
    void measurementsStay();
    void safeHarborNeverShifts();
    void incompletePoliciesAreRefused();
    void unknownPolicies();
};

void PolicyTest::everyKindHasAnAction()
{
    const auto names = policyNames(kFolder);
    QCOMPARE(names, (std::vector<std::string>{"korea-pipa", "limited-data-set", "longitudinal", "safe-harbor"}));
    for (const auto &name : names) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY2(policy.has_value(), name.c_str());
        QCOMPARE(policy->name, name);
        for (int k = 0; k <= static_cast<int>(FieldKind::Unknown); ++k)
            QVERIFY(policy->fields.contains(static_cast<FieldKind>(k)));
        for (const char *type : {"NAME", "DATE", "AGE", "LOCATION", "HOSPITAL", "ORG", "PROFESSION", "ID",
                                 "PHONE", "EMAIL", "URL", "OTHER"})
            QVERIFY(policy->text.contains(type));
    }
}

/// One row a kind of field; one column a policy, as the file writes its action.
void PolicyTest::fieldByField_data()
{
    QTest::addColumn<QString>("safeHarbor");
    QTest::addColumn<QString>("longitudinal");
    QTest::addColumn<QString>("limited");
    QTest::addColumn<QString>("korea");
    const auto row = [](const char *kind, const char *safeHarbor, const char *longitudinal, const char *limited,
                        const char *korea) {
        QTest::newRow(kind) << QString::fromLatin1(safeHarbor) << QString::fromLatin1(longitudinal)
                            << QString::fromLatin1(limited) << QString::fromLatin1(korea);
    };
    const auto same = [&](const char *kind, const char *action) { row(kind, action, action, action, action); };
    same("patientName", "surrogate");
    same("staffName", "surrogate");
    same("organisation", "surrogate");
    same("address", "remove");
    row("city", "remove", "remove", "keep", "remove");
    same("state", "keep");
    same("country", "keep");
    row("postalCode", "generalise", "generalise", "keep", "remove");
    same("geoPosition", "remove");
    for (const char *kind : {"phone", "email", "url", "ipAddress", "socialNumber", "licenceId", "accountId"})
        same(kind, "remove");
    same("recordId", "pseudonym");
    same("resourceId", "link");
    same("deviceId", "pseudonym");
    row("birthDate", "birthYear", "birthYear", "keep", "birthYear");
    row("date", "year", "shift", "keep", "shift");
    row("age", "cap", "cap", "keep", "cap");
    same("freeText", "clean");
    same("narrative", "rebuild");
    for (const char *kind : {"label", "code", "number", "flag"})
        same(kind, "keep");
    for (const char *kind : {"image", "binary", "unknown"})
        same(kind, "removeListed");
}

void PolicyTest::fieldByField()
{
    const auto kind = records::kindFromName(QTest::currentDataTag());
    QVERIFY(kind.has_value());
    for (const auto &[name, column] : {std::pair("safe-harbor", "safeHarbor"), std::pair("longitudinal", "longitudinal"),
                                       std::pair("limited-data-set", "limited"), std::pair("korea-pipa", "korea")}) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY2(policy.has_value(), name);
        const QString *expected = static_cast<const QString *>(QTest::qData(column, QMetaType::QString));
        QCOMPARE(QString::fromLatin1(actionName(policy->actionFor(*kind))), *expected);
    }
}

void PolicyTest::markByMark_data()
{
    QTest::addColumn<QString>("safeHarbor");
    QTest::addColumn<QString>("longitudinal");
    QTest::addColumn<QString>("limited");
    QTest::addColumn<QString>("korea");
    const auto row = [](const char *type, const char *safeHarbor, const char *longitudinal, const char *limited,
                        const char *korea) {
        QTest::newRow(type) << QString::fromLatin1(safeHarbor) << QString::fromLatin1(longitudinal)
                            << QString::fromLatin1(limited) << QString::fromLatin1(korea);
    };
    row("NAME", "surrogate", "surrogate", "surrogate", "surrogate");
    row("DATE", "year", "shift", "keep", "shift");
    row("AGE", "cap", "cap", "keep", "cap");
    row("LOCATION", "surrogate", "surrogate", "tag", "surrogate");
    row("HOSPITAL", "surrogate", "surrogate", "tag", "surrogate");
    row("ORG", "surrogate", "surrogate", "tag", "surrogate");
    row("ID", "surrogate", "surrogate", "surrogate", "surrogate");
    for (const char *type : {"PROFESSION", "PHONE", "EMAIL", "URL", "OTHER"})
        row(type, "tag", "tag", "tag", "tag");
}

void PolicyTest::markByMark()
{
    const std::string type = QTest::currentDataTag();
    QVERIFY(std::find(kTextTypes.begin(), kTextTypes.end(), type) != kTextTypes.end());
    for (const auto &[name, column] : {std::pair("safe-harbor", "safeHarbor"), std::pair("longitudinal", "longitudinal"),
                                       std::pair("limited-data-set", "limited"), std::pair("korea-pipa", "korea")}) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY2(policy.has_value(), name);
        const QString *expected = static_cast<const QString *>(QTest::qData(column, QMetaType::QString));
        QCOMPARE(QString::fromLatin1(actionName(policy->ruleFor(type).action)), *expected);
    }
}

/// The lists of the regulation are there in full and in order, each item word for word.
void PolicyTest::lawItemsAreWhole_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<QStringList>("cites");
    QStringList letters, numbers;
    for (char letter = 'A'; letter <= 'R'; ++letter)
        letters << QStringLiteral("45 CFR 164.514(b)(2)(i)(%1)").arg(QLatin1Char(letter));
    for (const char *roman : {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
                              "xv", "xvi"})
        numbers << QStringLiteral("45 CFR 164.514(e)(2)(%1)").arg(QLatin1String(roman));
    QTest::newRow("eighteen") << QStringLiteral("safe-harbor") << letters;
    QTest::newRow("eighteen, one done otherwise") << QStringLiteral("longitudinal") << letters;
    QTest::newRow("sixteen") << QStringLiteral("limited-data-set") << numbers;
}

void PolicyTest::lawItemsAreWhole()
{
    QFETCH(QString, policy);
    QFETCH(QStringList, cites);
    const auto read = Policy::load(kFolder, policy.toStdString());
    QVERIFY(read.has_value());
    QStringList found;
    for (const LawItem &item : read->law)
        if (cites.contains(QString::fromStdString(item.cite))) {
            QVERIFY(item.voice == Voice::Law);
            QVERIFY2(!item.fields.empty() || !item.text.empty(), item.cite.c_str());
            found << QString::fromStdString(item.cite);
        }
    QCOMPARE(found, cites);
}

void PolicyTest::whatTheLawTakesOutIsTakenOut()
{
    const std::set<FieldKind> allowed{FieldKind::City, FieldKind::State, FieldKind::PostalCode}; // (e)(2)(ii) itself
    for (const char *name : {"safe-harbor", "limited-data-set"}) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY(policy.has_value());
        int items = 0;
        for (const LawItem &item : policy->law) {
            const bool inList = item.voice == Voice::Law
                                && (item.cite.starts_with("45 CFR 164.514(b)(2)(i)(")
                                    || item.cite.starts_with("45 CFR 164.514(e)(2)("));
            items += inList;
            for (const FieldKind kind : inList ? item.fields : std::vector<FieldKind>())
                QVERIFY2(allowed.contains(kind) || policy->actionFor(kind) != FieldAction::Keep, records::kindName(kind));
            for (const std::string &type : inList ? item.text : std::vector<std::string>())
                QVERIFY2(policy->ruleFor(type).action != TextAction::Keep, type.c_str());
        }
        QCOMPARE(items, std::string_view(name) == "safe-harbor" ? 18 : 16);
    }
    const auto safeHarbor = Policy::load(kFolder, "safe-harbor"); // there, no town and no whole ZIP code
    QVERIFY(safeHarbor->actionFor(FieldKind::City) == FieldAction::Remove);
    QVERIFY(safeHarbor->actionFor(FieldKind::PostalCode) == FieldAction::Generalise);
}

void PolicyTest::pagesAreThePolicies_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &name : policyNames(kFolder))
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

/// resources/policies/<name>.md is what `amana deid --explain <name>` prints.
void PolicyTest::pagesAreThePolicies()
{
    QFETCH(QString, name);
    const auto policy = Policy::load(kFolder, name.toStdString());
    QVERIFY(policy.has_value());
    QFile file(kFolder + QLatin1Char('/') + name + QStringLiteral(".md"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    const QString page = QString::fromUtf8(file.readAll());
    QCOMPARE(page, QString::fromStdString(policyPage(*policy)));
    const QStringList lines = page.split(QLatin1Char('\n'));
    const auto hasRow = [&](const char *what, const char *action) { // "| `phone` | … | `remove` | …"
        return std::any_of(lines.begin(), lines.end(), [&](const QString &line) {
            return line.startsWith(QStringLiteral("| `%1` |").arg(QLatin1String(what)))
                   && line.contains(QStringLiteral("| `%1` |").arg(QLatin1String(action)));
        });
    };
    for (const FieldKind kind : allKinds())
        QVERIFY2(hasRow(records::kindName(kind), actionName(policy->actionFor(kind))), records::kindName(kind));
    for (const char *type : kTextTypes)
        QVERIFY2(hasRow(type, actionName(policy->ruleFor(type).action)), type);
    for (const LawItem &item : policy->law) {
        QVERIFY2(page.contains(QString::fromStdString(item.cite)), item.cite.c_str());
        QVERIFY2(page.contains(QString::fromStdString(item.words)), item.cite.c_str());
    }
}

void PolicyTest::actionsFitTheirKinds()
{
    auto policy = longitudinal();
    policy["fields"]["address"] = "shift"; // would release the street around a date
    QCOMPARE(placeOf(policy), std::string("fields.address"));
    policy = longitudinal();
    policy["fields"]["age"] = "generalise";
    QCOMPARE(placeOf(policy), std::string("fields.age"));
    policy = longitudinal();
    policy["text"]["NAME"]["action"] = "shift";
    QCOMPARE(placeOf(policy), std::string("text.NAME"));
    policy = longitudinal();
    policy["text"]["NAME"]["treshold"] = 0.1;
    QCOMPARE(placeOf(policy), std::string("text.NAME"));
    policy = longitudinal();
    policy["redactInDoubt"] = true;
    QCOMPARE(placeOf(policy), std::string("redactInDoubt"));
    policy = longitudinal();
    policy["restrictedZip3"] = {"36"};
    QCOMPARE(placeOf(policy), std::string("restrictedZip3"));
    policy = longitudinal();
    std::erase_if(policy["law"].get_ref<nlohmann::json::array_t &>(), [](const nlohmann::json &item) {
        const auto fields = item.value("fields", std::vector<std::string>());
        return std::find(fields.begin(), fields.end(), "geoPosition") != fields.end();
    });
    QCOMPARE(placeOf(policy), std::string("law.fields.address")); // the first kind that nothing explains any more
}

void PolicyTest::directIdentifiersNeverStay()
{
    for (const auto &name : policyNames(kFolder)) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY(policy.has_value());
        for (const auto kind :
             {FieldKind::PatientName,  FieldKind::StaffName, FieldKind::Organisation, FieldKind::Address,
              FieldKind::GeoPosition,  FieldKind::Phone,     FieldKind::Email,        FieldKind::Url,
              FieldKind::IpAddress,    FieldKind::SocialNumber, FieldKind::RecordId,  FieldKind::ResourceId,
              FieldKind::DeviceId,     FieldKind::LicenceId, FieldKind::AccountId,    FieldKind::FreeText,
              FieldKind::Narrative,    FieldKind::Image,     FieldKind::Binary,       FieldKind::Unknown})
            QVERIFY2(policy->actionFor(kind) != FieldAction::Keep, records::kindName(kind));
        for (const auto kind : {FieldKind::Unknown, FieldKind::Image, FieldKind::Binary})
            QVERIFY(policy->actionFor(kind) == FieldAction::RemoveListed);
        for (const char *type : {"NAME", "LOCATION", "HOSPITAL", "ORG", "PROFESSION", "ID", "PHONE", "EMAIL", "URL",
                                 "OTHER"})
            QVERIFY2(policy->ruleFor(type).action != TextAction::Keep, type);
    }
}

void PolicyTest::measurementsStay()
{
    for (const auto &name : policyNames(kFolder)) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY(policy.has_value());
        for (const auto kind : {FieldKind::Number, FieldKind::Code, FieldKind::Label, FieldKind::Flag})
            QVERIFY(policy->actionFor(kind) == FieldAction::Keep);
    }
}

void PolicyTest::safeHarborNeverShifts()
{
    const auto policy = Policy::load(kFolder, "safe-harbor");
    QVERIFY(policy.has_value());
    QCOMPARE(policy->maxShiftDays, 0);
    QVERIFY(policy->actionFor(FieldKind::Date) == FieldAction::Year);
    QVERIFY(policy->ruleFor("DATE").action == TextAction::Year);
    QCOMPARE(policy->restrictedZip3.size(), std::size_t(19));
}

void PolicyTest::incompletePoliciesAreRefused()
{
    QCOMPARE(placeOf(longitudinal()), std::string("accepted"));
    auto policy = longitudinal();
    policy["fields"].erase("deviceId");
    QCOMPARE(placeOf(policy), std::string("fields.deviceId"));
    policy = longitudinal();
    policy["fields"]["phone"] = "burn";
    QCOMPARE(placeOf(policy), std::string("fields.phone"));
    policy = longitudinal();
    policy["text"].erase("ID");
    QCOMPARE(placeOf(policy), std::string("text.ID"));
    policy = longitudinal();
    policy["text"]["NAME"]["doubt"] = 0.9;
    QCOMPARE(placeOf(policy), std::string("text.NAME"));
    policy = longitudinal();
    policy["doubt"] = "release";
    QCOMPARE(placeOf(policy), std::string("doubt"));
    QCOMPARE(placeOf(nlohmann::json::array()), std::string("json"));
}

void PolicyTest::unknownPolicies()
{
    for (const char *name : {"nothing", "", "../policies/longitudinal", "a/b", "Longitudinal"}) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY(!policy && policy.error().code == ErrorCode::DeidPolicyUnknown);
    }
}

QTEST_GUILESS_MAIN(PolicyTest)
#include "policy_test.moc"
