// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/deid/report.h"
#include "core/deid/rules/rules.h"

#include <QDate>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace amana;
using namespace amana::deid;
using nlohmann::json;
using records::FieldKind;

namespace {

constexpr const char *kNote = "Seen on 03/21/2020 and on 2020-04-02 by Dr. Okonkwo. Known Parkinson disease, on metformin. "
                              "Call +1 555 201 3344. She slept well all night long.";

records::Document document(const std::vector<records::Field> &fields, const std::string &format = "text.note")
{
    records::Document d;
    d.id = "doc-1";
    d.format = format;
    d.subject.key = "subject-1";
    d.fields = fields;
    for (const records::Field &field : fields)
        d.bytes += QByteArray::fromStdString(field.text + "\n");
    return d;
}

records::Document original()
{
    return document({{"birth", FieldKind::BirthDate, "1950-04-01", "birth"},
                     {"date", FieldKind::Date, "2020-02-28", "date"},
                     {"year", FieldKind::Date, "2020", "year"},
                     {"zip", FieldKind::PostalCode, "62704", "zip"},
                     {"phone", FieldKind::Phone, "555-201-3344", "phone"},
                     {"code", FieldKind::Code, "2339-0", "code"},
                     {"number", FieldKind::Number, "5.60", "number"},
                     {"note", FieldKind::FreeText, kNote, "note"}});
}

/// An edit of a field by what it replaces.
records::Edit edit(const records::Document &of, const std::string &path, const std::string &what, const std::string &with,
                   const char *type, records::Decision decision = records::Decision::Accepted)
{
    const auto field = std::find_if(of.fields.begin(), of.fields.end(), [&](const auto &f) { return f.path == path; });
    const std::size_t at = codePointCount(field->text.substr(0, field->text.find(what)));
    records::Edit out;
    out.id = path + what;
    out.path = path;
    out.span = {at, at + codePointCount(what)};
    out.replacement = with;
    out.action = with.empty() ? records::EditAction::Remove : records::EditAction::Replace;
    out.type = type;
    out.reason = "rule.test";
    out.decision = decision;
    return out;
}

/// Every date moves by ten days but one of them, by an accident of its form.
Plan plan()
{
    const auto from = original();
    Plan out;
    out.documentId = "doc-1";
    out.edits = {edit(from, "birth", "1950-04-01", "1950", "DATE"),
                 edit(from, "date", "2020-02-28", "2020-03-09", "DATE"),
                 edit(from, "zip", "62704", "627", "LOCATION"),
                 edit(from, "phone", "555-201-3344", "", "PHONE"),
                 edit(from, "note", "03/21/2020", "03/31/2020", "DATE"),
                 edit(from, "note", "2020-04-02", "2020-04-30", "DATE"),
                 edit(from, "note", "Okonkwo", "Rivers", "NAME"),
                 edit(from, "note", "Parkinson", "[NAME]", "NAME", records::Decision::Rejected),
                 edit(from, "note", "+1 555 201 3344", "[PHONE]", "PHONE")};
    out.sample = {{"note", {100, 130}, true}};
    return out;
}

records::Document released()
{
    records::Document out = asPlanned(original(), plan());
    return document(out.fields);
}

records::Observation observation(const std::string &loinc, const std::string &value)
{
    records::Observation out;
    out.loinc = loinc;
    out.valueText = value;
    return out;
}

Observed observed()
{
    return {{observation("2339-0", "5.60"), observation("2339-0", "5.60"), observation("718-7", "13")},
            {observation("2339-0", "5.60"), observation("718-7", "14")}};
}

DocumentOutcome outcome()
{
    DocumentOutcome out{"P-1.txt", "P-1", "text.note", plan(), {}, true, {}};
    const auto figures = measure(original(), released(), plan(), observed());
    if (!figures)
        qFatal("not measured");
    out.figures = *figures;
    return out;
}

ReportContext context()
{
    ReportContext out{{}, "2026-06-01T00:00:00Z", true, 10, "0x00000000000000000000000000000000000000AA", {}};
    risk::Person person;
    risk::describe(person, released());
    out.people = {person};
    return out;
}

ReportedDocument reported(const std::string &text)
{
    const auto scan = readScan(text);
    if (!scan || !*scan)
        qFatal("no scan in the report");
    return (*scan)->documents.front();
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsWhatIsKept();
    void plannedIsWhatIsReleased();
    void scanKnowsItsReplacements();
    void scanOfBytes();
    void tellsFiguresAndNoText();
    void sampleTellsWhatThePersonFound();
    void overlookedAtMost();
    void scanIsRepeated();
    void refusesOtherReports();
    void alikePeople();
};

void ReportTest::countsWhatIsKept()
{
    const Utility utility = utilityOf(original(), released(), plan(), observed());
    QCOMPARE(utility.words, std::size_t(25));
    QCOMPARE(utility.wordsKept, std::size_t(25 - 2 - 1 - 4)); // two dates, a name, a phone number in four words
    const std::size_t gone = std::string("03/21/20202020-04-02Okonkwo+15552013344").size();
    QCOMPARE(utility.characters - utility.charactersKept, gone);
    QCOMPARE(utility.dates, std::size_t(5));
    QCOMPARE(utility.coarsened, std::size_t(1));
    QCOMPARE(utility.untouched, std::size_t(1));
    QCOMPARE(utility.shifted, std::size_t(3));
    QCOMPARE(utility.removed, std::size_t(0));
    QCOMPARE(inStep(utility.moves), std::size_t(2)); // the third went 28 days on
    QVERIFY(utility.terms >= 3);                     // Parkinson, disease, metformin
    QCOMPARE(utility.termsKept, utility.terms);
    QCOMPARE(utility.observations, std::size_t(3));
    QCOMPARE(utility.observationsAfter, std::size_t(2));
    QCOMPARE(utility.observationsKept, std::size_t(1));
    QCOMPARE(utility.fields.at("phone").after, std::size_t(0));
    QCOMPARE(utility.fields.at("code").unchanged, std::size_t(1));
    QCOMPARE(utility.fields.at("postalCode").unchanged, std::size_t(0));

    records::Document poorer = released(); // a term that is gone in the bytes is gone, whatever the plan says
    for (records::Field &field : poorer.fields)
        if (const auto at = field.text.find("metformin"); at != std::string::npos)
            field.text.replace(at, 9, "[OTHER]");
    QCOMPARE(utilityOf(original(), poorer, plan(), {}).termsKept, utility.terms - 1);
}

void ReportTest::plannedIsWhatIsReleased()
{
    const auto out = asPlanned(original(), plan());
    QCOMPARE(out.fields.size(), original().fields.size() - 1); // the phone field goes
    const std::string &note = out.fields.back().text;
    QVERIFY2(note.starts_with("Seen on 03/31/2020 and on 2020-04-30 by Dr. Rivers. Known Parkinson disease"), note.c_str());
}

void ReportTest::scanKnowsItsReplacements()
{
    const auto scan = scanByRules(released(), marksOf(original(), plan()));
    QVERIFY(scan.has_value());
    for (const char *rule : {"rule.date.numeric", "rule.date.iso", "rule.name.title"}) {
        QVERIFY2(scan->text.contains(rule), rule);
        QCOMPARE(scan->text.at(rule).found, std::size_t(1));
        QCOMPARE(scan->text.at(rule).replaced, std::size_t(1));
    }
    QVERIFY(!scan->text.contains("rule.phone.intl"));
    // Whoever opens the data has no plan and finds as much.
    const auto blind = scanByRules(released());
    QCOMPARE(blind->text.at("rule.name.title").found, std::size_t(1));
    QCOMPARE(blind->text.at("rule.name.title").replaced, std::size_t(0));
    // What a person let stand is told apart.
    Plan lenient = plan();
    for (records::Edit &e : lenient.edits)
        if (e.replacement == "Rivers")
            e.decision = records::Decision::Rejected;
    const auto kept = document(asPlanned(original(), lenient).fields);
    const auto told = scanByRules(kept, marksOf(original(), lenient));
    QCOMPARE(told->text.at("rule.name.title").byPerson, std::size_t(1));
}

void ReportTest::scanOfBytes()
{
    const auto text = document({{"x", FieldKind::Code, "mail a.b@example.org, tel +1 555 201 3344, IBAN DE89370400440532013000", "x"}});
    const auto scan = scanByRules(text);
    QVERIFY(scan->text.empty()); // a code is no text
    QCOMPARE(scan->bytes.at("rule.email"), std::size_t(1));
    QCOMPARE(scan->bytes.at("rule.phone.intl"), std::size_t(1));
    QCOMPARE(scan->bytes.at("rule.id.iban"), std::size_t(1));
    const auto wrong = document({{"x", FieldKind::Code, "IBAN DE88370400440532013000", "x"}}); // the checksum does not fit
    QVERIFY(!scanByRules(wrong)->bytes.contains("rule.id.iban"));
}

void ReportTest::tellsFiguresAndNoText()
{
    const std::string text = makeReportText(context(), {outcome()});
    QCOMPARE(text, makeReportText(context(), {outcome()}));
    for (const char *secret : {"Okonkwo", "Rivers", "Parkinson", "metformin", "2020-03-09", "03/31/2020", "62704", "1950", "5.60"})
        QVERIFY2(text.find(secret) == std::string::npos, secret);
    const json report = json::parse(text);
    const json &figures = report["figures"];
    QCOMPARE(figures["review"]["reviewer"].get<std::string>(), std::string("0x00000000000000000000000000000000000000AA"));
    QCOMPARE(figures["people"]["status"].get<std::string>(), std::string("one subject"));
    QVERIFY(!figures["people"].contains("classes"));
    QCOMPARE(figures["utility"]["words"]["share"].get<double>(), 0.72); // 18 of 25
    QCOMPARE(figures["utility"]["dates"]["intervalsKept"].get<int>(), 2);
    QVERIFY2(text.find("moves") == std::string::npos, "a shift can be read from the report");
    QCOMPARE(figures["ruleScan"]["rules"].get<std::string>(), std::string(kRuleSetVersion));
    QCOMPARE(report["documents"][0]["figures"]["bytes"].get<qsizetype>(), released().bytes.size());
    QVERIFY(readReport(text).has_value());
    // Intervals are of a subject: two with shifts of their own are both kept.
    DocumentOutcome other = outcome();
    other.subject = "P-2";
    for (auto &readings : other.figures.utility.moves)
        for (long long &days : readings)
            days += 100;
    const json two = makeReport(context(), {outcome(), other});
    QCOMPARE(two["figures"]["utility"]["dates"]["intervalsKept"].get<int>(), 4);
    other.subject = "P-1";
    QCOMPARE(makeReport(context(), {outcome(), other})["figures"]["utility"]["dates"]["intervalsKept"].get<int>(), 2);
}

void ReportTest::sampleTellsWhatThePersonFound()
{
    const auto sampled = [](const DocumentOutcome &of) { return makeReport(context(), {of})["figures"]["review"]["sampled"]; };
    QCOMPARE(sampled(outcome())["nothingFound"].get<int>(), 1);
    QCOMPARE(sampled(outcome())["marked"].get<int>(), 0);
    DocumentOutcome marked = outcome();
    auto added = edit(original(), "note", "She", "[NAME]", "NAME", records::Decision::Added);
    added.span = {110, 113};
    marked.plan.edits.push_back(added);
    QCOMPARE(sampled(marked)["marked"].get<int>(), 1);
    QCOMPARE(sampled(marked)["nothingFound"].get<int>(), 0);
    marked.plan.sample.front().seen = false;
    QCOMPARE(sampled(marked)["seen"].get<int>(), 0);
    QVERIFY(sampled(marked)["missedAtMost"].is_null());
}

void ReportTest::overlookedAtMost()
{
    const auto near = [](double a, double b) { return std::abs(a - b) < 5e-5; };
    QVERIFY(near(missedAtMost(0, 10), 0.2589)); // 1 - 0.05^(1/10)
    QVERIFY(near(missedAtMost(0, 60), 0.0487));
    QVERIFY(near(missedAtMost(1, 20), 0.2161)); // beta quantile 0.95 with 2 and 19
    QCOMPARE(missedAtMost(3, 3), 1.0);
    QCOMPARE(missedAtMost(0, 0), 1.0);
}

void ReportTest::scanIsRepeated()
{
    const std::string text = makeReportText(context(), {outcome()});
    const auto scan = readScan(text);
    QVERIFY(scan.has_value() && scan->has_value());
    QVERIFY(checkRules(**scan).has_value());
    const ReportedDocument told = reported(text);
    QVERIFY(checkDigest(told, bytesOf(released().bytes)).has_value());
    const auto finds = checkScan(told, released());
    QVERIFY(finds.has_value());
    QVERIFY(*finds >= 3);

    records::Document altered = released();
    altered.fields.back().text += " Write to a.b@example.org.";
    altered.bytes += "a.b@example.org";
    QCOMPARE(checkDigest(told, bytesOf(altered.bytes)).error().code, ErrorCode::SharingPackageInvalid);
    const auto more = checkScan(told, altered);
    QCOMPARE(more.error().code, ErrorCode::DeidResidue);
    QCOMPARE(more.error().param("kind"), std::string("rule.email"));
    records::Document less = released();
    less.fields.back().text = "Nothing.";
    QCOMPARE(checkScan(told, less).error().code, ErrorCode::DeidReportInvalid);
}

void ReportTest::refusesOtherReports()
{
    const json good = makeReport(context(), {outcome()});
    json changed = good;
    changed["figures"]["ruleScan"]["rules"] = "amana-rules-0";
    const auto other = readScan(changed.dump());
    QVERIFY(other.has_value() && other->has_value());
    QCOMPARE(checkRules(**other).error().code, ErrorCode::DeidReportInvalid);
    QCOMPARE(checkRules(**other).error().param("place"), std::string("amana-rules-0"));
    changed = good;
    changed["figures"]["ruleScan"]["version"] = "0";
    QCOMPARE(checkRules(**readScan(changed.dump())).error().code, ErrorCode::DeidReportInvalid);
    changed = good; // the sum is not that of its documents
    changed["documents"][0]["figures"]["ruleScan"]["text"]["rule.name.title"]["found"] = 7;
    QCOMPARE(readScan(changed.dump()).error().code, ErrorCode::DeidReportInvalid);
    changed = good;
    changed["documents"][0].erase("figures");
    QCOMPARE(readScan(changed.dump()).error().code, ErrorCode::DeidReportInvalid);
    QCOMPARE(readScan("{").error().code, ErrorCode::DeidReportInvalid);
    changed.erase("figures"); // of an earlier version
    QVERIFY(readScan(changed.dump()).has_value());
    QVERIFY(!readScan(changed.dump())->has_value());
}

void ReportTest::alikePeople()
{
    const auto person = [](const char *sex, const char *birth, const char *state) {
        records::Document d = document({{"b", FieldKind::BirthDate, birth, "Patient.birthDate"},
                                        {"s", FieldKind::State, state, "Patient.address.state"},
                                        {"c", FieldKind::State, "a contact's", "Patient.contact.address.state"},
                                        {"o", FieldKind::State, "a hospital's", "Organization.address.state"}},
                                       "fhir.bundle");
        d.subject.sex = sex;
        risk::Person out;
        risk::describe(out, d);
        return out;
    };
    const auto risk = risk::riskOf({person("female", "1950", "IL"), person("female", "1950", "IL"), person("male", "1950", "IL"),
                                    person("male", "1950", "IL"), person("male", "1950", "WI")});
    QVERIFY(risk.has_value());
    QCOMPARE(risk->people, std::size_t(5));
    QCOMPARE(risk->told, (std::vector<std::string>{"birth", "sex", "state"}));
    QCOMPARE(risk->measures.classes, std::size_t(3));
    QCOMPARE(risk->measures.smallest, std::size_t(1));
    QCOMPARE(risk->measures.unique, 0.2);
    QCOMPARE(risk->measures.prosecutor, 1.0);
    QCOMPARE(risk->measures.marketer, 0.6);
    const json told = peopleToJson(*risk);
    QCOMPARE(told["classes"].get<int>(), 3);
    for (const char *value : {"female", "1950", "IL", "contact", "hospital"})
        QVERIFY2(told.dump().find(value) == std::string::npos, value);
    // Nothing told: all look the same.
    const auto silent = risk::riskOf({{}, {}, {}});
    QCOMPARE(silent->measures.smallest, std::size_t(3));
    QCOMPARE(risk::riskOf({})->people, std::size_t(0));
    QCOMPARE(peopleToJson(*risk::riskOf({}))["status"].get<std::string>(), std::string("no subject"));
}

QTEST_GUILESS_MAIN(ReportTest)
#include "report_test.moc"
