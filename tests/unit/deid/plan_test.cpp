// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"
#include "core/deid/jsonl.h"
#include "core/deid/report.h"
#include "plan_fixture.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <set>

using namespace amana;
using namespace amana::deid;
using records::FieldKind;

class PlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longitudinalFields();
    void safeHarborFields();
    void textIsCleaned();
    void samePlanTwice();
    void editsNeverOverlap();
    void reviewDecides();
    void personAddsSpan();
    void keptFieldThatNamesSomebodyWaits();
    void plannedAgainWhenMoreIsKnown();
    void nothingIsReleasedUndecided();
    void plansSurviveJson();
    void reportTellsNoText();
    void jsonLines();
    void missingModelIsAnError();
    void cancelled();
};

void PlanTest::longitudinalFields()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const Plan plan = planned("longitudinal", map);
    const int days = map.dateShift("subject-1");
    QCOMPARE("Patient/" + replacementOf(plan, "id"), replacementOf(plan, "subject"));
    QVERIFY(replacementOf(plan, "name") != "Delgado" && replacementOf(plan, "name") != "(kept)");
    QCOMPARE(replacementOf(plan, "mrn"), map.identifier("00-4711-A"));
    QCOMPARE(replacementOf(plan, "birth"), std::to_string(QDate(1950, 4, 1).addDays(days).year()));
    QCOMPARE(replacementOf(plan, "date"),
             QDate(2020, 2, 28).addDays(days).toString(Qt::ISODate).toStdString() + "T10:30:00Z");
    QCOMPARE(replacementOf(plan, "year"), std::string("(kept)"));
    QCOMPARE(replacementOf(plan, "badDate"), std::string("(removed)"));
    QCOMPARE(replacementOf(plan, "zip"), std::string("627"));
    QCOMPARE(replacementOf(plan, "zipSmall"), std::string("000"));
    QCOMPARE(replacementOf(plan, "age"), std::string("90"));
    QCOMPARE(replacementOf(plan, "phone"), std::string("(removed)"));
    for (const char *path : {"value", "code", "label"})
        QCOMPARE(replacementOf(plan, path), std::string("(kept)"));
    QCOMPARE(replacementOf(plan, "extra"), std::string("(removed)"));
    QCOMPARE(plan.dropped, (std::vector<Dropped>{{"extra", "extra", "unknown"}}));
    QVERIFY(replacementOf(plan, "div").find("Maria") == std::string::npos);
}

void PlanTest::safeHarborFields()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const Plan plan = planned("safe-harbor", map);
    QCOMPARE(replacementOf(plan, "date"), std::string("2020"));
    QCOMPARE(replacementOf(plan, "birth"), std::string("1950"));
    auto old = document();
    old.fields[4].text = "1930-04-01"; // 96 years old in 2026
    const auto engine = Deidentifier::create(rulesOnly("safe-harbor"));
    QVERIFY(engine.has_value());
    const auto second = (*engine)->plan(old, map, Progress());
    QVERIFY(second.has_value());
    QCOMPARE(replacementOf(*second, "birth"), std::string("(removed)"));
    const auto text = applyToText(document().fields.back().text, plan.edits, "note");
    QVERIFY2(text.find("seen on 2020 by") != std::string::npos, text.c_str());
}

void PlanTest::textIsCleaned()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const Plan plan = planned("longitudinal", map);
    const auto text = applyToText(document().fields.back().text, plan.edits, "note");
    for (const char *gone : {"Maria", "Delgado", "03/01/2020", "Okonkwo", "004711A", "94-year"})
        QVERIFY2(text.find(gone) == std::string::npos, text.c_str());
    const auto moved = QDate(2020, 3, 1)
                           .addDays(map.dateShift("subject-1"))
                           .toString(QStringLiteral("MM/dd/yyyy"))
                           .toStdString();
    for (const std::string &stays :
         {std::string("Glucose 5.6, BP 120/80"), std::string("Dr. "), std::string("90+-year-old"), moved})
        QVERIFY2(text.find(stays) != std::string::npos, text.c_str());
    auto name = replacementOf(plan, "name"); // the record and its notes tell one story
    QVERIFY2(text.find(name) != std::string::npos, text.c_str());
}

void PlanTest::samePlanTwice()
{
    SurrogateMap a = SurrogateMap::seeded(3), b = SurrogateMap::seeded(3);
    QVERIFY(planned("longitudinal", a) == planned("longitudinal", b));
    QVERIFY(planned("longitudinal", a)
            == planned("longitudinal", b)); // and again with maps that know all of it
}

void PlanTest::editsNeverOverlap()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const Plan plan = planned("longitudinal", map);
    std::set<std::string> ids;
    for (std::size_t i = 0; i < plan.edits.size(); ++i) {
        QVERIFY(ids.insert(plan.edits[i].id).second);
        for (std::size_t k = i + 1; k < plan.edits.size(); ++k)
            QVERIFY(plan.edits[i].path != plan.edits[k].path
                    || !plan.edits[i].span.overlaps(plan.edits[k].span));
    }
}

void PlanTest::reviewDecides()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    Plan plan = planned("longitudinal", map);
    const auto note =
        std::find_if(plan.edits.begin(), plan.edits.end(), [](const auto &e) { return e.path == "note"; });
    const auto field =
        std::find_if(plan.edits.begin(), plan.edits.end(), [](const auto &e) { return e.path == "name"; });
    QVERIFY(note != plan.edits.end() && field != plan.edits.end());
    QVERIFY(decide(plan, note->id, records::Decision::Rejected).has_value());
    QVERIFY(note->decision == records::Decision::Rejected);
    const auto text = applyToText(document().fields.back().text, plan.edits, "note");
    QVERIFY(text.starts_with("Maria Delgado"));
    QVERIFY(decide(plan, field->id, records::Decision::Rejected).error().code
            == ErrorCode::ReviewBadDecision);
    QVERIFY(decide(plan, note->id, records::Decision::Proposed).error().code == ErrorCode::ReviewBadDecision);
    QVERIFY(decide(plan, "no such", records::Decision::Accepted).error().code
            == ErrorCode::ReviewUnknownEdit);
}

void PlanTest::personAddsSpan()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    Plan plan = planned("longitudinal", map);
    const auto text = document().fields.back().text;
    const auto at = text.find("slept");
    const auto id = addEdit(plan, document(), map, "note", {at, at + 5}, "OTHER");
    QVERIFY(id.has_value());
    QCOMPARE(applyToText(text, plan.edits, "note").find("slept"), std::string::npos);
    const auto before = plan.edits.size();
    QVERIFY(
        addEdit(plan, document(), map, "note", {2, at + 2}, "NAME").has_value()); // swallows all it touches
    QVERIFY(plan.edits.size() < before);
    for (const auto &bad : {records::Span{5, 5}, records::Span{0, 10'000}})
        QVERIFY(addEdit(plan, document(), map, "note", bad, "NAME").error().code
                == ErrorCode::ReviewBadDecision);
    QVERIFY(!addEdit(plan, document(), map, "nowhere", {0, 1}, "NAME"));
    QVERIFY(!addEdit(plan, document(), map, "note", {0, 1}, "COLOUR"));
    QVERIFY(!addEdit(plan, document(), map, "name", {0, 1}, "NAME"));
}

void PlanTest::keptFieldThatNamesSomebodyWaits()
{
    records::Document d = document();
    d.fields.push_back({"system", FieldKind::Code, "http://delgado.example/codes", "system"});
    SurrogateMap map = SurrogateMap::seeded(1);
    const auto engine = Deidentifier::create(rulesOnly());
    const Plan plan = *(*engine)->plan(d, map, Progress());
    const auto edit = std::find_if(plan.edits.begin(), plan.edits.end(),
                                   [](const records::Edit &e) { return e.path == "system"; });
    QVERIFY(edit != plan.edits.end());
    QVERIFY(edit->action == records::EditAction::Remove);
    QVERIFY(edit->decision == records::Decision::Proposed);
    QCOMPARE(edit->reason, std::string("known.name"));
    QCOMPARE(replacementOf(plan, "code"), std::string("(kept)"));
}

void PlanTest::plannedAgainWhenMoreIsKnown()
{
    records::Document d = document();
    const records::Subject whole = d.subject;
    d.subject.names.clear(); // a note that came before its patient
    const auto engine = Deidentifier::create(rulesOnly());
    SurrogateMap map = SurrogateMap::seeded(1);
    Plan former = *(*engine)->plan(d, map, Progress());
    const std::string text = d.fields.back().text;
    QVERIFY(applyToText(text, former.edits, "note").find("Delgado") != std::string::npos);

    const auto slept = text.find("slept");
    QVERIFY(addEdit(former, d, map, "note", {slept, slept + 5}, "OTHER").has_value());
    const auto mrn = std::find_if(former.edits.begin(), former.edits.end(), [](const records::Edit &e) {
        return e.path == "note" && e.reason.starts_with("known.");
    });
    QVERIFY(mrn != former.edits.end());
    const std::string rejected = mrn->id;
    QVERIFY(decide(former, rejected, records::Decision::Rejected).has_value());
    for (SampleSentence &sentence : former.sample)
        sentence.seen = true;

    d.subject = whole;
    const Plan renewed = *(*engine)->planAgain(d, former, map, Progress());
    const std::string released = applyToText(text, renewed.edits, "note");
    QCOMPARE(released.find("Delgado"), std::string::npos);
    QCOMPARE(released.find("slept"), std::string::npos);
    QVERIFY(std::any_of(renewed.edits.begin(), renewed.edits.end(), [&](const records::Edit &e) {
        return e.id == rejected && e.decision == records::Decision::Rejected;
    }));
    QVERIFY(std::all_of(renewed.sample.begin(), renewed.sample.end(),
                        [](const SampleSentence &s) { return s.seen; }));
    QCOMPARE(*(*engine)->planAgain(d, renewed, map, Progress()), renewed);
}

void PlanTest::nothingIsReleasedUndecided()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    Plan plan = planned("longitudinal", map);
    QVERIFY(!plan.sample.empty()); // "She slept well" waits for an eye
    const auto refused = releasedEdits(plan);
    QVERIFY(!refused && refused.error().code == ErrorCode::ReviewUndecided);
    QCOMPARE(refused.error().param("count"), std::to_string(undecided(plan)));
    for (auto &s : plan.sample)
        s.seen = true;
    for (auto &e : plan.edits)
        if (e.decision == records::Decision::Proposed)
            QVERIFY(decide(plan, e.id, records::Decision::Accepted).has_value());
    QCOMPARE(undecided(plan), std::size_t(0));
    const auto edits = releasedEdits(plan);
    QVERIFY(edits.has_value());
    QCOMPARE(edits->size(), plan.edits.size());
}

void PlanTest::plansSurviveJson()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const Plan plan = planned("longitudinal", map);
    const auto back = planFromJson(planToJson(plan));
    QVERIFY(back.has_value());
    QVERIFY(*back == plan);
    for (const char *bad : {"", "{}", "[]", "{\"document\":1}"})
        QVERIFY(planFromJson(bad).error().code == ErrorCode::DeidReportInvalid);
}

void PlanTest::reportTellsNoText()
{
    SurrogateMap map = SurrogateMap::seeded(1);
    const auto engine = Deidentifier::create(rulesOnly());
    QVERIFY(engine.has_value());
    DocumentOutcome outcome{
        "P-1.json", "P-1", "fhir.bundle", planned("longitudinal", map), {{"plain", 4, "name"}}, true};
    ReportContext context{(*engine)->info(), "2026-06-01T00:00:00Z", true, 10};
    const auto text = makeReportText(context, {outcome});
    for (const char *secret : {"Maria", "Delgado", "Okonkwo", "4711", "201-3344", "1950", "03/01/2020"})
        QVERIFY2(text.find(secret) == std::string::npos, secret);
    for (const auto &e : outcome.plan.edits)
        if (e.replacement.size() > 6)
            QVERIFY2(text.find(e.replacement) == std::string::npos, "a replacement stands in the report");
    QCOMPARE(text, makeReportText(context, {outcome}));
    const auto summary = readReport(text);
    QVERIFY(summary.has_value());
    QCOMPARE(summary->documents, std::size_t(1));
    QCOMPARE(summary->edits, outcome.plan.edits.size());
    QCOMPARE(summary->residues, std::size_t(1));
    QCOMPARE(summary->undecided, undecided(outcome.plan));
    QVERIFY(summary->modelHash.empty());
    context.sampleWanted = 0;
    QVERIFY(makeReportText(context, {outcome}).find("not sampled") != std::string::npos);
    for (const char *bad : {"", "{}", "{\"format\":\"other\"}"})
        QVERIFY(readReport(bad).error().code == ErrorCode::DeidReportInvalid);
}

void PlanTest::jsonLines()
{
    const auto engine = Deidentifier::create(rulesOnly());
    QVERIFY(engine.has_value());
    QByteArray given("{\"id\":\"a\",\"text\":\"\xF0\x9F\x98\x80 call 555-201-3344\",\"more\":1}\n\nnot "
                     "json\n{\"id\":2,\"text\":\"well\"}");
    QBuffer in(&given), out;
    QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::ReadWrite));
    const auto summary = annotateJsonLines(**engine, in, out, Progress());
    QVERIFY(summary.has_value());
    QCOMPARE(summary->lines, std::size_t(2));
    QCOMPARE(summary->problems.size(), std::size_t(1));
    QCOMPARE(summary->problems[0].param("line"), std::string("3"));
    const auto lines = out.data().split('\n');
    const auto first = nlohmann::json::parse(lines[0].toStdString()),
               second = nlohmann::json::parse(lines[1].toStdString());
    QCOMPARE(first.at("spans").size(), std::size_t(1));
    QCOMPARE(first.at("spans")[0].at("start").get<int>(), 7);
    QCOMPARE(first.at("spans")[0].at("end").get<int>(), 19);
    QCOMPARE(first.at("spans")[0].at("type").get<std::string>(), std::string("PHONE"));
    QVERIFY(!first.contains("more"));
    QVERIFY(second.at("id") == 2 && second.at("spans").empty());
}

void PlanTest::missingModelIsAnError()
{
    const QTemporaryDir folder;
    auto options = rulesOnly();
    options.useModel = true;
    options.modelPath = folder.filePath(QStringLiteral("none.safetensors"));
    auto made = Deidentifier::create(options);
    QVERIFY(!made && made.error().code == ErrorCode::DeidModelMissing);
    options.modelPath = QStringLiteral(AMANA_SOURCE_DIR "/resources/deid/model.safetensors");
    options.modulePath = folder.filePath(QStringLiteral("libamana-torch.so"));
    made = Deidentifier::create(options);
    QVERIFY(!made && made.error().code == ErrorCode::DeidModelMissing);
    QCOMPARE(made.error().param("path"), options.modulePath.toStdString());
}

void PlanTest::cancelled()
{
    const auto engine = Deidentifier::create(rulesOnly());
    QVERIFY(engine.has_value());
    SurrogateMap map = SurrogateMap::seeded(1);
    const std::atomic<bool> stop = true;
    const auto plan = (*engine)->plan(document(), map, Progress({}, &stop));
    QVERIFY(!plan && plan.error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(PlanTest)
#include "plan_test.moc"
