// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled policies on a document: what stays, what goes, and what the last scan says of it.
#include "core/deid/kept_values.h"
#include "plan_fixture.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace amana;
using namespace amana::deid;
using records::FieldKind;

namespace {

/// The document with where its person lives: the record knows town and street.
records::Document dweller()
{
    records::Document d = document();
    d.fields.push_back({"line", FieldKind::Address, "17 Alder Close", "line"});
    d.fields.push_back({"city", FieldKind::City, "Springfield", "city"});
    d.fields.push_back({"ward", FieldKind::Organisation, "Springfield General Hospital", "ward"});
    d.fields.push_back({"history", FieldKind::FreeText,
                        "Born 04/01/1950. Lives at 17 Alder Close. Phone (555) 201-3344, age 94. Seen again 2020-03-05.",
                        "history"});
    for (const char *known : {"17 Alder Close", "Springfield", "Springfield General Hospital", "04/01/1950"})
        d.subject.otherKnown.push_back(known);
    return d;
}

/// Fields as they are released, one a line.
std::string released(const records::Document &d, const Plan &plan)
{
    std::string out;
    for (const records::Field &field : d.fields) {
        const bool gone = std::any_of(plan.edits.begin(), plan.edits.end(), [&](const records::Edit &e) {
            return e.path == field.path && e.action == records::EditAction::Remove;
        });
        out += field.path + "=" + (gone ? std::string() : applyToText(field.text, plan.edits, field.path)) + "\n";
    }
    return out;
}

} // namespace

class PolicyPlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void limitedDataSetFields();
    void limitedDataSetText();
    void koreaFields();
    void keptTownIsNoResidue();
};

void PolicyPlanTest::limitedDataSetFields()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const Plan plan = planned(dweller(), "limited-data-set", map);
    for (const char *path : {"city", "zip", "zipSmall", "birth", "date", "year", "badDate", "age", "value", "code", "label"})
        QCOMPARE(std::string(path) + replacementOf(plan, path), std::string(path) + "(kept)");
    for (const char *path : {"line", "phone", "extra"})
        QCOMPARE(std::string(path) + replacementOf(plan, path), std::string(path) + "(removed)");
    for (const char *path : {"name", "mrn", "id", "ward"})
        QVERIFY2(replacementOf(plan, path) != "(kept)" && replacementOf(plan, path) != "(removed)", path);
}

void PolicyPlanTest::limitedDataSetText()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const records::Document d = dweller();
    const Plan plan = planned(d, "limited-data-set", map);
    const std::string text = released(d, plan);
    for (const char *stays : {"Born 04/01/1950", "Seen again 2020-03-05", "seen on 03/01/2020", "age 94", "94-year-old"})
        QVERIFY2(text.find(stays) != std::string::npos, (std::string(stays) + " not in " + text).c_str());
    for (const char *goes : {"Delgado", "Maria", "Okonkwo", "Alder Close", "201-3344", "004711A", "General Hospital"})
        QVERIFY2(text.find(goes) == std::string::npos, (std::string(goes) + " in " + text).c_str());
    QVERIFY2(text.find("Lives at [LOCATION]") != std::string::npos, text.c_str());
}

void PolicyPlanTest::koreaFields()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    records::Document d = dweller();
    d.fields.push_back({"rrn", FieldKind::SocialNumber, "500401-2345678", "rrn"});
    d.fields.push_back({"sido", FieldKind::State, "서울특별시", "sido"});
    d.fields.push_back({"memo", FieldKind::FreeText, "환자 연락처 010-5550-4821, 주민번호 500401-2345678.", "memo"});
    const Plan plan = planned(d, "korea-pipa", map);
    const int days = map.dateShift("subject-1");
    for (const char *path : {"rrn", "line", "city", "zip", "zipSmall", "phone", "badDate", "extra"})
        QCOMPARE(std::string(path) + replacementOf(plan, path), std::string(path) + "(removed)");
    QCOMPARE(replacementOf(plan, "sido"), std::string("(kept)"));
    QCOMPARE(replacementOf(plan, "date"),
             QDate(2020, 2, 28).addDays(days).toString(Qt::ISODate).toStdString() + "T10:30:00Z");
    QCOMPARE(replacementOf(plan, "birth"), std::to_string(QDate(1950, 4, 1).addDays(days).year()));
    QCOMPARE(replacementOf(plan, "age"), std::string("90"));
    const std::string text = released(d, plan);
    for (const char *goes : {"5550-4821", "500401", "Delgado", "201-3344"})
        QVERIFY2(text.find(goes) == std::string::npos, (std::string(goes) + " in " + text).c_str());
    for (const records::Edit &edit : plan.edits) // what is in doubt goes too
        QVERIFY(edit.decision == records::Decision::Accepted);
}

/// A town and a birth date that the policy keeps are no residue; a name beside them is, and so are both elsewhere.
void PolicyPlanTest::keptTownIsNoResidue()
{
    const records::Document d = dweller();
    const auto kindsIn = [&](const std::string &text, const char *name) {
        SurrogateMap map = SurrogateMap::seeded(1);
        const auto policy = policyOf(rulesOnly(name));
        std::set<std::string> kinds;
        for (const Residue &r : scanDocument(bytesOf(QByteArray::fromStdString(text)), d, *policy,
                                             planned(d, name, map)))
            kinds.insert(r.kind);
        return kinds;
    };
    const std::string kept = "city=Springfield birth=1950-04-01 or 04/01/1950";
    QCOMPARE(kindsIn(kept, "limited-data-set"), std::set<std::string>());
    QVERIFY(kindsIn(kept, "safe-harbor").contains("birthDate"));
    QVERIFY(kindsIn(kept, "longitudinal").contains("birthDate"));
    QVERIFY(kindsIn("city=Springfield", "safe-harbor").contains("name"));
    for (const char *left : {"Delgado", "17 Alder Close", "(555) 201-3344", "Springfield General Hospital", "00-4711-A"})
        QVERIFY2(!kindsIn(kept + " " + left, "limited-data-set").empty(), left);
    SurrogateMap map = SurrogateMap::seeded(1);
    const Plan plan = planned(d, "limited-data-set", map);
    const QByteArray bytes = QByteArray::fromStdString(released(d, plan));
    QVERIFY(scanDocument(bytesOf(bytes), d, *policyOf(rulesOnly("limited-data-set")), plan).empty());
    records::Document named = d; // a town that is also the patient's name is asked about
    for (records::Field &field : named.fields)
        if (field.path == "city")
            field.text = "Delgado";
    SurrogateMap second = SurrogateMap::seeded(1);
    const Plan asked = planned(named, "limited-data-set", second);
    QVERIFY(std::any_of(asked.edits.begin(), asked.edits.end(), [](const records::Edit &e) {
        return e.path == "city" && e.decision == records::Decision::Proposed;
    }));
}

QTEST_GUILESS_MAIN(PolicyPlanTest)
#include "policy_plan_test.moc"
