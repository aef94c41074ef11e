// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/policy.h"

#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>

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
    void directIdentifiersNeverStay();
    void measurementsStay();
    void safeHarborNeverShifts();
    void incompletePoliciesAreRefused();
    void unknownPolicies();
};

void PolicyTest::everyKindHasAnAction()
{
    const auto names = policyNames(kFolder);
    QVERIFY(names.size() >= 2);
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

void PolicyTest::directIdentifiersNeverStay()
{
    for (const auto &name : policyNames(kFolder)) {
        const auto policy = Policy::load(kFolder, name);
        QVERIFY(policy.has_value());
        for (const auto kind :
             {FieldKind::PatientName, FieldKind::StaffName,   FieldKind::Organisation, FieldKind::Address,
              FieldKind::PostalCode,  FieldKind::GeoPosition, FieldKind::Phone,        FieldKind::Email,
              FieldKind::Url,         FieldKind::IpAddress,   FieldKind::SocialNumber, FieldKind::RecordId,
              FieldKind::ResourceId,  FieldKind::DeviceId,    FieldKind::LicenceId,    FieldKind::AccountId,
              FieldKind::BirthDate,   FieldKind::Date,        FieldKind::Age,          FieldKind::FreeText,
              FieldKind::Narrative,   FieldKind::Image,       FieldKind::Binary,       FieldKind::Unknown})
            QVERIFY2(policy->actionFor(kind) != FieldAction::Keep, records::kindName(kind));
        for (const auto kind : {FieldKind::Unknown, FieldKind::Image, FieldKind::Binary})
            QVERIFY(policy->actionFor(kind) == FieldAction::RemoveListed);
        for (const auto &[type, rule] : policy->text)
            QVERIFY2(rule.action != TextAction::Keep, type.c_str());
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
